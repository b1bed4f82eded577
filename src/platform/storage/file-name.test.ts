import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanFileName } from './file-name.ts'

test('Japanese names stay as they are, with rare kanji and variation sequences', () => {
  for (const name of [
    '委任状（写し）.pdf',
    '葛\u{E0100}城市 𠮷田 髙﨑.docx',
    '令和８年度　計画.xlsx',
    '神\uFA19社.txt',
    '👨‍👩‍👧.png',
    'README',
  ])
    expect(cleanFileName(name)).toBe(name.replace('　', ' '))
})

test('paths, control, bidirectional and invisible characters go', () => {
  expect(cleanFileName('../../etc/passwd')).toBe('passwd')
  expect(cleanFileName('C:\\Users\\mie\\図面.pdf')).toBe('図面.pdf')
  expect(cleanFileName('申請\u202Efdp.exe')).toBe('申請fdp.exe')
  expect(cleanFileName('a\u2066\u200b\ufeff\0\r\n\t\u007fb.pdf')).toBe('ab.pdf')
  expect(cleanFileName('a\ud800b.pdf')).toBe('a\ufffdb.pdf')
})

test('what a system could not save is mended', () => {
  expect(cleanFileName('a<b>:"c"|?*.pdf')).toBe('a_b___c____.pdf')
  expect(cleanFileName('.htaccess')).toBe('htaccess')
  expect(cleanFileName('report.pdf. . ')).toBe('report.pdf')
  expect(cleanFileName('CON.txt')).toBe('_CON.txt')
  for (const name of ['', '   ', '...', '/', '\u202e']) expect(cleanFileName(name)).toBe('ファイル')
  expect(cleanFileName('/.pdf')).toBe('pdf')
})

test('names that a Mac took apart are put together, kana only', () => {
  expect(cleanFileName('ガイド.pdf'.normalize('NFD'))).toBe('ガイド.pdf')
})

test('long names end at a whole character and keep their ending', () => {
  const long = cleanFileName(`${'葛\u{E0100}'.repeat(300)}.pdf`)
  expect(long).toMatch(/^(?:葛\u{E0100})+\.pdf$/u)
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(240)
  expect(cleanFileName(`${'x'.repeat(500)}.pdf`)).toBe(`${'x'.repeat(96)}.pdf`)
  expect(cleanFileName(`e${'\u0301'.repeat(5000)}.pdf`)).toBe('ファイル.pdf')
})

test('any name gives a safe one, and a safe one is left alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const clean = cleanFileName(name)
      expect(clean).not.toBe('')
      expect(clean).not.toMatch(/[\\/<>:"|?*\p{Cc}\u202a-\u202e\u2066-\u2069]|^\.|[. ]$/u)
      expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(240)
      expect(clean.isWellFormed()).toBe(true)
      expect(cleanFileName(clean)).toBe(clean)
    }),
    { numRuns: 2000 },
  )
})
