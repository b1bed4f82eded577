import { Refusal } from '#core/refusal.ts'
import { says } from '../words.refusals.ja.ts'

/** Turns away whoever may no longer sign in here, and says so: asking for a role would not help them. */
export function assertEnabled(known: { disabled_at: Date | null } | undefined) {
  if (!known?.disabled_at) return
  throw new Refusal('forbidden', 'this person may no longer sign in', {
    person: says.disabled,
  })
}
