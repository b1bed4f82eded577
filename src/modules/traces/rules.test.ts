import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choices, nameOf, ordered, others, readChoice, readName, traceKinds } from './rules.ts'

describe('a thing’s name in one line', () => {
  test('comes back as it was, whatever its id holds', () => {
    const word = fc.stringMatching(/^[a-z][a-z-]{1,10}$/)
    fc.assert(
      fc.property(word, word, fc.string({ minLength: 1 }), (module, kind, id) => {
        expect(readName(nameOf({ module, kind, id }))).toEqual({ module, kind, id })
      }),
    )
  })

  test.each(['', 'plans', 'plans/measure', 'plans/measure/', '//x'])('is not %o', (text) => {
    expect(readName(text)).toBeNull()
  })
})

describe('the picker’s choices', () => {
  test('mean every kind in both directions, and one that reads the same both ways once', () => {
    expect(choices).toHaveLength(traceKinds.length * 2 - 1)
    for (const choice of choices) expect(readChoice(choice)).not.toBeNull()
    expect(readChoice('led-to:back')).toEqual({ kind: 'led-to', direction: 'back' })
    expect(readChoice('related:back')).toBeNull()
    expect(readChoice('toString')).toBeNull()
  })
})

test('a relation is kept one way only, everything else as it was said', () => {
  const [a, b] = ['a', 'b'].map((id) => ({ module: 'plans', kind: 'measure', id })) as [never, never]
  expect(ordered({ from: b, to: a, kind: 'related' })).toEqual({ from: a, to: b, kind: 'related' })
  expect(ordered({ from: b, to: a, kind: 'led-to' })).toEqual({ from: b, to: a, kind: 'led-to' })
})

test('whoever acts is not told, by neither address', () => {
  const told = [{ person: '1' }, { person: '2' }, { mail: 'A@example.jp' }, { mail: 'b@example.jp' }]
  expect(others(told, { person: '1', mail: 'a@example.jp' })).toEqual([{ person: '2' }, { mail: 'b@example.jp' }])
  expect(others(told, { person: null, mail: null })).toEqual(told)
})
