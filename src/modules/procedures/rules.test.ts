import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canBecome,
  daysUsed,
  type FilingState,
  isOpen,
  opening,
  readReceiptNumber,
  receiptNumber,
  waitsFor,
} from './rules.ts'

const states: FilingState[] = ['received', 'reviewing', 'correcting', 'approved', 'rejected', 'withdrawn']
const any = fc.constantFrom(...states)

describe('the states of a filing', () => {
  test('every open state has somebody who acts and a way to be closed', () => {
    const closable = (state: FilingState, seen: FilingState[] = []): boolean =>
      !isOpen(state) ||
      states.some((to) => canBecome(state, to) && !seen.includes(to) && closable(to, [...seen, state]))
    for (const state of states) {
      expect(closable(state)).toBe(true)
      expect(waitsFor(state) !== null).toBe(isOpen(state))
    }
  })

  test('a closed filing never changes', () => {
    fc.assert(fc.property(any, any, (from, to) => isOpen(from) || !canBecome(from, to)))
  })

  test('a decision needs a review', () => {
    expect(states.filter((from) => canBecome(from, 'approved'))).toEqual(['reviewing'])
    expect(states.filter((from) => canBecome(from, 'rejected'))).toEqual(['reviewing'])
  })
})

describe('the receipt number', () => {
  const arrived = new Date('2026-11-21T05:00:00Z')

  test('begins with the fiscal year and reads back as people type it', () => {
    const number = receiptNumber(arrived, randomInt)
    expect(number).toMatch(/^R8-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    const full = number.toLowerCase().replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
    expect(readReceiptNumber(` ${full} `)).toBe(number)
    expect(readReceiptNumber(number.replaceAll('-', ''))).toBe(number)
  })

  test('belongs to the fiscal year of Tokyo, also an hour after midnight on the first of April', () => {
    expect(receiptNumber(new Date('2027-03-31T15:00:00Z'), () => 0)).toMatch(/^R9-/)
    expect(receiptNumber(new Date('2027-03-31T14:59:59Z'), () => 0)).toMatch(/^R8-/)
  })

  test('any single wrong letter is found', () => {
    const letters = '2346789BCDFGHJKMNPQRTWXYZ'
    fc.assert(
      fc.property(
        fc.array(fc.nat(24), { minLength: 7, maxLength: 7 }),
        fc.nat(7),
        fc.nat(24),
        (drawn, place, other) => {
          const draw = [...drawn]
          const number = receiptNumber(arrived, () => draw.shift() ?? 0)
          const at = 3 + place + (place > 3 ? 1 : 0)
          const wrong = number.slice(0, at) + letters[other] + number.slice(at + 1)
          return wrong === number || readReceiptNumber(wrong) === null
        },
      ),
    )
  })

  test('whatever is typed, reading it never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => readReceiptNumber(typed) !== undefined),
    )
  })
})

describe('the standard processing period', () => {
  const day = (n: number) => new Date(Date.parse('2026-11-01T00:00:00+09:00') + n * 86_400_000)

  test('stands still while a correction is awaited', () => {
    const events = [
      { at: day(3), kind: 'correction-asked' },
      { at: day(13), kind: 'corrected' },
    ]
    expect(daysUsed(day(0), events, day(15))).toBe(5)
    expect(daysUsed(day(0), events.slice(0, 1), day(9))).toBe(3)
  })

  test('never runs backwards', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(40), fc.boolean())), fc.nat(60), fc.nat(60), (steps, a, b) => {
        const events = steps
          .map(([n, asked]) => ({ at: day(n), kind: asked ? 'correction-asked' : 'corrected' }))
          .sort((x, y) => x.at.getTime() - y.at.getTime())
        const last = Math.max(0, ...steps.map(([n]) => n))
        const [early, late] = [last + Math.min(a, b), last + Math.max(a, b)]
        return daysUsed(day(0), events, day(early)) <= daysUsed(day(0), events, day(late))
      }),
    )
  })
})

test('a procedure is open from its first moment to just before its last', () => {
  const procedure = { state: 'published', opens_at: new Date(1000), closes_at: new Date(2000) }
  expect([999, 1000, 1999, 2000].map((at) => opening(procedure, new Date(at)))).toEqual([
    'not-yet',
    'open',
    'open',
    'over',
  ])
  expect(opening({ ...procedure, state: 'draft' }, new Date(1500))).toBe('closed')
})
