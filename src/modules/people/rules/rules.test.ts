import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { colourFault, ratio } from './colour.ts'
import { cell, csv } from './csv.ts'
import { followsOn, isOpenFrom, nameOn, stateOn, type UnitState } from './units.ts'

const state = (unit: string, valid_from: string, valid_to: string | null, name: string): UnitState => ({
  unit,
  kind: 'section',
  valid_from,
  valid_to,
  name,
  parent: null,
})

const states = [
  state('a', '2021-04-01', '2024-04-01', '情報政策課'),
  state('a', '2024-04-01', null, 'デジタル戦略課'),
  state('b', '2021-04-01', '2023-04-01', '統計課'),
]

describe('a section', () => {
  test('has the name of the day', () => {
    expect(nameOn(states, 'a', '2024-03-31')).toBe('情報政策課')
    expect(nameOn(states, 'a', '2024-04-01')).toBe('デジタル戦略課')
    expect(nameOn(states, 'a', '2020-01-01')).toBe('情報政策課')
    expect(nameOn(states, 'b', '2026-01-01')).toBe('統計課')
    expect(nameOn(states, 'c', '2026-01-01')).toBeNull()
  })

  test('is not there before its first day and after its last', () => {
    expect(stateOn(states, 'b', '2023-03-31')?.name).toBe('統計課')
    expect(stateOn(states, 'b', '2023-04-01')).toBeUndefined()
    expect(isOpenFrom(states, 'a', '2021-03-31')).toBe(false)
    expect(isOpenFrom(states, 'a', '2021-04-01')).toBe(true)
    expect(isOpenFrom(states, 'b', '2022-04-01')).toBe(false)
  })

  test('is changed behind its latest state only', () => {
    const latest = { valid_from: '2024-04-01', valid_to: null }
    expect(followsOn(latest, '2024-03-31')).toBe('too-early')
    expect(followsOn(latest, '2024-04-01')).toBe('instead')
    expect(followsOn(latest, '2024-04-02')).toBe('after')
    expect(followsOn({ ...latest, valid_to: '2025-04-01' }, '2026-01-01')).toBe('closed')
  })
})

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

describe('a key colour', () => {
  test('that can’t be read is refused with its numbers', () => {
    expect(colourFault('黄', { text: 4.46, rail: 7 })).toBe(
      '黄は白地の文字の差が4.4:1で、読みやすさの基準（4.5:1以上）に足りません。ほかの色を選んでください',
    )
    expect(colourFault('黄', { text: 2, rail: 3.1 })).toContain('2.0:1、濃い帯の白い文字の差が3.1:1')
    expect(colourFault('青', { text: 4.5, rail: 4.5 })).toBeNull()
  })

  test('is never rounded up to enough', () => {
    expect(ratio(4.4999)).toBe('4.4:1')
  })
})
