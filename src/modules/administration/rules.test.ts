import { describe, expect, test } from 'vitest'
import { colourFault, ratio } from './rules.ts'

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
