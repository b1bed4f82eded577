import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountTypes, assurances, knownEnough, type Mandate } from './policy.ts'

const assurance = fc.constantFrom(...assurances)
const account = fc.option(fc.constantFrom(...accountTypes))
const represents = fc.option(fc.constant('company'))
const mandate: fc.Arbitrary<Mandate | null> = fc.option(
  fc.record({ id: fc.constant('m'), procedures: fc.constant(null), assurance, account }),
)
const actor = fc.record({ assurance, account, represents, sole: fc.boolean(), mandate })
const least = fc.record({ assurance, account })
const stronger = <T>(order: readonly T[], one: T, other: T) => order.indexOf(one) >= order.indexOf(other)

test('who is known more surely may do no less, and a procedure that asks for more lets in no more', () => {
  fc.assert(
    fc.property(actor, least, assurance, assurance, (who, asked, more, harder) => {
      if (stronger(assurances, more, who.assurance) && knownEnough(who, asked)) {
        expect(knownEnough({ ...who, assurance: more }, asked)).toBe(true)
      }
      const harderAsked = { ...asked, assurance: harder }
      if (stronger(assurances, harder, asked.assurance) && knownEnough(who, harderAsked)) {
        expect(knownEnough(who, asked)).toBe(true)
      }
    }),
    { numRuns: 5000 },
  )
})

test('a mandate never lets in whom its own grantor could not have been', () => {
  fc.assert(
    fc.property(actor, least, (who, asked) => {
      if (!who.mandate) return
      const grantor = { ...who.mandate, represents: 'principal', mandate: null }
      if (!knownEnough(grantor, asked)) expect(knownEnough(who, asked)).toBe(false)
    }),
    { numRuns: 5000 },
  )
})

test.each([
  [null, { assurance: 'none', account: null }, true],
  [null, { assurance: 'mail', account: null }, false],
  [{ assurance: 'mail', account: 'entry', represents: 'c' }, { assurance: 'none', account: null }, true],
  [{ assurance: 'mail', account: 'entry', represents: 'c' }, { assurance: 'card', account: null }, false],
  [{ assurance: 'account', account: 'member', represents: 'c' }, { assurance: 'card', account: null }, true],
  [{ assurance: 'account', account: 'member', represents: 'c' }, { assurance: 'none', account: 'prime' }, false],
  // The same account acting for its holder alone is a person's.
  [{ assurance: 'account', account: 'prime', represents: null }, { assurance: 'card', account: 'prime' }, false],
  [
    { assurance: 'account', account: 'prime', represents: null, sole: true },
    { assurance: 'card', account: 'prime' },
    true,
  ],
  [{ assurance: 'card', represents: null }, { assurance: 'card', account: 'prime' }, true],
] as const)('%j against %j: %s', (who, asked, expected) => {
  expect(knownEnough(who, asked)).toBe(expected)
})
