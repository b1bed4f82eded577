import type { Address, ThingKind, ThingShown } from '#core/contributions.ts'
import type { Reference } from '#core/reference.ts'
import type { Stage } from '#core/scene.ts'
import { notify } from '#modules/notices/index.ts'
import { findPerson } from '#modules/people/index.ts'
import { actorOfPerson } from '#modules/representation/index.ts'
import { liveAt, type Trace } from '../queries.ts'
import { others } from '../rules.ts'
import { ja } from '../words.ja.ts'

/** The module's own words about one kind of its things. */
export const kindOf = ({ registry }: Pick<Stage, 'registry'>, { module, kind }: Reference): ThingKind | undefined =>
  registry.things.find((thing) => thing.module === module && thing.kind === kind)

/** A thing as whoever acts sees it; null where there is none or they may not. */
export const seen = async (stage: Stage, reference: Reference): Promise<ThingShown | null> =>
  (await kindOf(stage, reference)?.show(stage.db, stage.actor, reference.id)) ?? null

/** A thing as somebody else sees it: a bare mail address sees what the public sees. */
async function seenBy(stage: Stage, reference: Reference, to: Address): Promise<ThingShown | null> {
  const thing = kindOf(stage, reference)
  if (!thing) return null
  if ('mail' in to) return thing.show(stage.db, null, reference.id)
  const known = await actorOfPerson(stage.db, asThemselves(to.person), stage.now)
  return known ? thing.show(stage.db, known.actor, reference.id) : null
}

/** Somebody who isn't here: acting for nobody else, known by their mailbox. */
const asThemselves = (person: string) => ({
  person,
  assurance: 'mail',
  account: null,
  represents: null,
  mandate: null,
  signIn: null,
})

/** Who spoke at a thing, without whoever acts now. */
async function speakersAt(stage: Stage, reference: Reference): Promise<Address[]> {
  const { db, actor } = stage
  const told = (await kindOf(stage, reference)?.tell?.(db, reference.id)) ?? []
  const person = actor?.kind === 'person' ? actor.id : null
  return others(told, { person, mail: (person && (await findPerson(db, person))?.mail) || null })
}

/**
 * Tells whoever spoke at the things linked with this one that its state has changed. Call it in the transaction of the
 * change. Everybody once, never whoever acts, and only those who may see the thing that has changed.
 */
export async function tellTraced(
  stage: Stage,
  reference: Reference,
  news: { subject: string; text: string; href?: string | null; key?: string },
): Promise<void> {
  const told = new Set<string>()
  for (const { other } of await liveAt(stage.db, reference)) {
    for (const to of await speakersAt(stage, other)) {
      const reader = 'person' in to ? to.person : to.mail.toLowerCase()
      if (told.has(reader)) continue
      told.add(reader)
      if (await seenBy(stage, reference, to)) await notify(stage, { to, ...news, about: reference })
    }
  }
}

/** Tells whoever spoke at either end that the two are linked, as far as they may see the other end. */
export async function tellLinked(stage: Stage, { id, from, to, kind, reason }: Trace): Promise<void> {
  for (const { own, other, direction } of [
    { own: from, other: to, direction: 'there' as const },
    { own: to, other: from, direction: 'back' as const },
  ]) {
    for (const reader of await speakersAt(stage, own)) {
      const shown = await seenBy(stage, other, reader)
      // Whoever filed without signing in can't see their own filing as the public: its name they know.
      const mine = (await seenBy(stage, own, reader)) ?? (await seen(stage, own))
      if (!shown || !mine) continue
      await notify(stage, {
        to: reader,
        subject: ja.news.subject(mine.title),
        text: `${ja.kinds[kind][direction].news(mine.title, shown.title)}\n\n${ja.news.reason(reason)}`,
        href: shown.href,
        about: own,
        key: `traces.link:${id}`,
      })
    }
  }
}
