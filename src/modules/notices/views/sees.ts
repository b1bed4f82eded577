import type { Reference } from '#core/reference.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { findDelivery } from '../queries.ts'

/**
 * Whether a member of staff may see the thing that a notice is about: its owner says. A letter carries what opens the
 * thing itself (receipt number and mail address), so whoever may not see the one may not read the other.
 */
export async function sees(
  { db, actor, registry }: Pick<Stage, 'db' | 'actor' | 'registry'>,
  about: Reference | null,
): Promise<boolean> {
  if (!about) return true
  const owner = registry.things.find(({ module, kind }) => module === about.module && kind === about.kind)
  return (await owner?.show(db, actor, about.id)) != null
}

/** The same for a delivery by its id. Throws `Refusal('missing')`. */
export async function seesDelivery(stage: Stage, { id }: { id: string }): Promise<boolean> {
  const found = await findDelivery(stage.db, id)
  if (!found) throw new Refusal('missing', 'no such delivery')
  return sees(stage, found.about)
}
