import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scanJsonText } from './json-text.ts'

const parses = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('JSON as it is written', () => {
  test.each(['mie-plan', 'mie-plan-live', 'attaka-plan'])('is whole in %s, without doubled keys', (name) => {
    const text = readFileSync(new URL(`../seed-data/${name}.json`, import.meta.url), 'utf8')
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

  test('of any depth and size is looked at without a fault of ours', () => {
    expect(scanJsonText('['.repeat(500_000)).brokenAt).toBeNull()
    expect(scanJsonText(`"${'\\'.repeat(1_000_001)}`).brokenAt).not.toBeNull()
    expect(scanJsonText(`"${'a'.repeat(4_000_000)}"`)).toEqual({ brokenAt: null, faults: [] })
  })
})
