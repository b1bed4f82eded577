import { sql } from 'kysely'
import { isId } from '#core/ids.ts'
import { mailSignIn } from '#core/policy.ts'

// Conditions on entries of the trail.

/** Leaving for a provider and coming back: two entries before that of the sign-in itself. */
export const signInSteps = ['people.remember-flow', 'people.take-flow']

/** By this mandate, or through this sign-in. */
export const heldBy = (right: string) => {
  if (right !== mailSignIn && !isId(right)) return sql<boolean>`false`
  return isId(right) ? sql<boolean>`(mandate = ${right}::uuid or sign_in = ${right})` : sql<boolean>`sign_in = ${right}`
}
