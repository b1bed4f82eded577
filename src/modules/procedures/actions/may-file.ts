import { knownEnough } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import type { Procedure } from '../queries.ts'
import { covers } from '../rules.ts'
import { ja } from '../words.ja.ts'

/**
 * Whoever files or corrects must be known as surely as the procedure asks, and entrusted with it where they act by
 * mandate. Throws a `Refusal` that says which; a visitor is asked to sign in.
 */
export function assertMayFile({ actor }: Pick<Stage, 'actor'>, procedure: Procedure) {
  if (!knownEnough(actor, { assurance: procedure.least_assurance, account: procedure.least_account })) {
    throw new Refusal(actor ? 'forbidden' : 'signed-out', 'assurance', { assurance: ja.acting.assurance })
  }
  if (!covers(actor?.mandate ?? null, procedure.id)) {
    throw new Refusal('forbidden', 'outside the mandate', { mandate: ja.acting.outside })
  }
}
