import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWritten, type Json, readJsonText, scanJsonText } from './json-text.ts'

const parses = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** `__proto__` is a key like any other, and −0 is 0. */
const plainly = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(plainly)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainly(one)]))
      : value

describe('JSON as it is written', () => {
  test.each(['mie-plan', 'mie-plan-live', 'attaka-plan'])('is whole in %s, without doubled keys', (name) => {
    const text = readFileSync(new URL(`../modules/plans/seed-data/${name}.json`, import.meta.url), 'utf8')
    expect(scanJsonText(text)).toEqual({ brokenAt: null, faults: [] })
  })

  test('names keys that stand twice by their path', () => {
    const { brokenAt, faults } = scanJsonText(
      '{"plans": [{"id": "a"}, {"id": "b", "title": 1, "\\u0069d": "c"}], "plans": []}',
    )
    expect(brokenAt).toBeNull()
    expect(faults.map(({ path }) => path)).toEqual(['plans[1].id', 'plans'])
  })

  test.each([
    ['{"plans": [1,\n 2,,]}', { line: 2, column: 4 }],
    ['', { line: 1, column: 1 }],
    ['{"a": 01}', { line: 1, column: 8 }],
    ['[1] x', { line: 1, column: 5 }],
    ['{"a": "tab\there"}', { line: 1, column: 7 }],
  ])('says where %s breaks off', (text, place) => {
    expect(scanJsonText(text).brokenAt).toEqual(place)
  })

  test('is told apart from what is no JSON exactly as the parser does', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.nat(), fc.string({ maxLength: 2 }), (json, at, noise) => {
        const place = at % (json.length + 1)
        const text = json.slice(0, place) + noise + json.slice(place)
        expect(scanJsonText(text).brokenAt === null).toBe(parses(text))
      }),
    )
  })

  test('is read as the parser reads it, with numbers as they are written', () => {
    const plain = (value: Json | undefined): unknown =>
      isWritten(value)
        ? Number(value.digits)
        : Array.isArray(value)
          ? value.map(plain)
          : typeof value === 'object' && value !== null
            ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
            : value
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.json({ maxDepth: 3 }), (one, other) => {
        // Twice the same shape: what followed a key before is looked for first.
        const text = `[${one}, ${other}, ${one}]`
        expect(plain(readJsonText(text).value)).toEqual(plainly(JSON.parse(text)))
      }),
    )
  })

  test('whose keys hold quotes is never taken for another', () => {
    expect(scanJsonText('[{"a\\"b": 1}, {"a"b": 1}]').brokenAt).toEqual({ line: 1, column: 19 })
    expect(readJsonText('[{"x": 1, "y": 2}, {"x": 1, "yz": 3}, {"x": 1, "y": 4}, {"x": 1, y": 4}]').brokenAt).toEqual({
      line: 1,
      column: 66,
    })
  })

  test('can be taken entry by entry', () => {
    const entries: unknown[] = []
    const { value } = readJsonText('[{"a": [1]}, [2], "3"]', (one, index) => entries.push([index, one]))
    expect(value).toEqual([])
    expect(entries).toMatchObject([
      [0, { a: [{ digits: '1' }] }],
      [1, [{ digits: '2' }]],
      [2, '3'],
    ])
  })

  test('of any depth and size is looked at without a fault of ours', () => {
    expect(scanJsonText('['.repeat(500_000)).brokenAt).toBeNull()
    expect(scanJsonText(`"${'\\'.repeat(1_000_001)}`).brokenAt).not.toBeNull()
    expect(scanJsonText(`"${'a'.repeat(4_000_000)}"`)).toEqual({ brokenAt: null, faults: [] })
  })
})
