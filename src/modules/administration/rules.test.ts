import { describe, expect, test } from 'vitest'
import { colourFaults, enough, ratio } from './rules.ts'
import { says } from './words.refusals.ja.ts'

const sentence = (found: { text: number; rail: number }) => says.contrast('黄', colourFaults(found), enough)

describe('a key colour', () => {
  test('that can’t be read is refused with its numbers', () => {
    expect(sentence({ text: 4.46, rail: 7 })).toBe(
      '黄は白地の文字の差が4.4:1で、読みやすさの基準（4.5:1以上）に足りません。ほかの色を選んでください',
    )
    expect(sentence({ text: 2, rail: 3.1 })).toContain('2.0:1、濃い帯の白い文字の差が3.1:1')
    expect(colourFaults({ text: 4.5, rail: 4.5 })).toEqual([])
  })

  test('is never rounded up to enough', () => {
    expect(ratio(4.4999)).toBe('4.4:1')
  })
})
