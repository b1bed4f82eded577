import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cell, csv } from './rules.ts'

describe('a cell of a file', () => {
  test('is never taken for a formula', () => {
    for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1+1', '＠x']) {
      expect(cell(evil)).toMatch(/^"?'/)
    }
    expect(cell(-1)).toBe('-1')
    expect(cell(null)).toBe('')
  })

  test('keeps commas, quotation marks and line breaks', () => {
    expect(csv([['a,b', 'say "x"', 'one\ntwo']])).toBe('"a,b","say ""x""","one\ntwo"\r\n')
    expect(csv([['a']], { bom: true })).toBe('\ufeffa\r\n')
  })

  test('reads back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = cell(text)
        const read = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written
        expect(read === text || read === `'${text}`).toBe(true)
        if (!written.startsWith('"')) expect(written).not.toMatch(/[",\r\n]/)
      }),
    )
  })
})
