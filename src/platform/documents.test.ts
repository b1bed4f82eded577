import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { readCoverage } from './documents/cmap.ts'
import { fontFiles } from './documents/fonts.ts'
import { readBack } from './documents/read-back.ts'
import { closeDocuments, missingGlyphs, renderDocument } from './documents.ts'

afterAll(closeDocuments)

const template = (body: string) => `#set document(title: inputs.title)\n${body}`
const render = (text: string, body = '= #inputs.title\n#inputs.text') =>
  renderDocument({ source: template(body), inputs: { title: '文書の題名', text } })
const raw = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1')

describe('a document', () => {
  test('is a tagged PDF/UA in Japanese with its title', async () => {
    const { pdf, missing } = await render('本文')
    const file = raw(pdf)
    expect(file.startsWith('%PDF-1.7')).toBe(true)
    expect(file).toContain('/StructTreeRoot')
    expect(file).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/)
    expect(file).toMatch(/\/Lang \(ja-JP\)/)
    expect(file).toContain('/DisplayDocTitle true')
    expect(file).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(file).toContain(
      '文書の題名'
        .split('')
        .map((one) => one.charCodeAt(0).toString(16).toUpperCase())
        .join(''),
    )
    expect(file).toContain('/S /H1')
    expect(file).toContain('BIZUDPGothic-Bold')
    expect(missing).toEqual([])
    expect(readBack(pdf)).toEqual(['文書の題名本文'])
  })

  test('prints what looks like markup as it is', async () => {
    const text = '#panic("x") *a* _b_ $x$ [c] \\ @d <e> `f` "g" // h /* i'
    const { pdf } = await render(text)
    expect(readBack(pdf).join('')).toContain(text)
  })

  test('says what is wrong with a template, and the next document is drawn', async () => {
    await expect(render('a', '#nowhere')).rejects.toThrow(/unknown variable: nowhere/)
    await expect(render('a', '#read("/etc/passwd")')).rejects.toThrow(/could not be drawn/)
    await expect(render('a', '😀')).rejects.toThrow(/U\+1F600/)
    expect(readBack((await render('つぎ')).pdf).join('')).toContain('つぎ')
  })

  test('is the same bytes for the same day, and many at once come out each with its own text', async () => {
    const at = new Date('2026-11-21T12:00:00+09:00')
    const body = '#set document(date: auto)\n#inputs.text'
    const made = await Promise.all(
      ['一', '二', '三', '一'].map((text) =>
        renderDocument({ source: template(body), inputs: { title: 'x', text }, createdAt: at }),
      ),
    )
    expect(made.map(({ pdf }) => readBack(pdf).join(''))).toEqual(['一', '二', '三', '一'])
    expect(Buffer.compare(made[0]!.pdf, made[3]!.pdf)).toBe(0)
    expect(raw(made[0]!.pdf)).toContain('D:20261121030000')
  })

  test('waiting when the documents are closed is refused; later ones are drawn again', async () => {
    const late = expect(render('a')).rejects.toThrow('documents are closed')
    await closeDocuments()
    await late
    expect(readBack((await render('ふたたび')).pdf).join('')).toContain('ふたたび')
  })

  test('leaves the server free while it is drawn', async () => {
    await render('あたためる')
    let beats = 0
    const beat = setInterval(() => {
      beats += 1
    }, 2)
    await render('長い文。'.repeat(20_000))
    clearInterval(beat)
    expect(beats).toBeGreaterThan(10)
  })
})

describe('a character that the fonts lack', () => {
  test('is named', () => {
    expect(missingGlyphs('三重県 ①㈱髙﨑𠮷〓')).toEqual([])
    expect(missingGlyphs('😀と\u{2a6df}と\ue000😀')).toEqual(['U+1F600', 'U+2A6DF', 'U+E000'])
    expect(missingGlyphs('a\u0001b\ud800')).toEqual(['U+0001', 'U+FFFD'])
    expect(missingGlyphs('一行\n二行\t三\u200b列')).toEqual([])
  })

  test('is printed as 〓, with its code point at the end', async () => {
    const { pdf, missing } = await render('県😀民')
    expect(missing).toEqual(['U+1F600'])
    expect(readBack(pdf).join('')).toMatch(/県〓民.*〓は、この文書の書体にない文字です：U\+1F600/)
  })
})

describe('a variation sequence', () => {
  const [biz, , noto] = fontFiles().map((file) => readCoverage(readFileSync(file)))
  test('is drawn by the font that knows it', async () => {
    expect([biz!.has(0x4efc), biz!.hasVariation(0x4efc, 0xe0100), noto!.hasVariation(0x4efc, 0xe0100)]).toEqual([
      true,
      false,
      true,
    ])
    const plain = await render('\u4efc')
    const { pdf, missing } = await render('\u4efc\u{e0100}')
    expect(missing).toEqual([])
    expect(raw(plain.pdf)).not.toContain('NotoSansJP')
    expect(raw(pdf)).toContain('NotoSansJP')
  })

  test('that no font knows is printed in its basic shape, and the document says so', async () => {
    const { pdf, missing } = await render('葛\u{e01ef}城市')
    expect(missing).toEqual(['U+845B U+E01EF'])
    expect(readBack(pdf).join('')).toMatch(/葛城市.*基本の字形で印刷しています：葛（U\+845B U\+E01EF）/)
  })

  test('that only asks for text or emoji style is no loss', () => {
    expect(missingGlyphs('①\ufe0e')).toEqual([])
  })
})

test('か with a combining mark is drawn as が; a compatibility ideograph stays itself', async () => {
  expect(missingGlyphs('か\u3099')).toEqual([])
  expect(readBack((await render('か\u3099き')).pdf).join('')).toContain('がき')
  expect(missingGlyphs('\ufa19')).toEqual([])
  expect(readBack((await render('\ufa19')).pdf).join('')).toContain('\ufa19')
})

test('bold draws what regular draws, so that one look at the regular font is enough', () => {
  const [bizRegular, bizBold, notoRegular, notoBold] = fontFiles().map((file) => readCoverage(readFileSync(file)))
  for (let code = 0x20; code < 0x32000; code += 1) {
    if (bizRegular!.has(code) !== bizBold!.has(code) || notoRegular!.has(code) !== notoBold!.has(code))
      expect.fail(`U+${code.toString(16)} is in one weight only`)
  }
})
