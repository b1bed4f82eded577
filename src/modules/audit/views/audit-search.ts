import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#core/database.ts'
import { addDays, dayBegins } from '#core/dates.ts'
import { isId } from '#core/ids.ts'
import { profiles } from '#core/outside.ts'
import { accountTypes, assurances, type RoleName } from '#core/policy.ts'
import type { Reference } from '#core/reference.ts'
import type { Stage } from '#core/scene.ts'
import { nameOn, namesOf, personsCalled, profilesOf, rolesGiven, roleWords, unitStates } from '#modules/people/index.ts'
import { namesOfTokens, tokensCalled } from '#modules/tokens/index.ts'
import { heldBy, signInSteps } from '../queries.ts'
import { trail } from '../tables.ts'

export const entryShown = z.object({
  id: z.string(),
  at: z.date(),
  act: z.string(),
  /** What people call the act. */
  title: z.string(),
  kind: z.enum(['act', 'read', 'refusal']),
  actor: z.string().nullable(),
  actorKind: z.enum(['person', 'token', 'system', 'visitor']),
  /** Null where nobody of that id is known (any more). */
  actorName: z.string().nullable(),
  represents: z.string().nullable(),
  /** The mandate by which, the kind of business account with which, and the sign-in through which they acted. */
  mandate: z.string().nullable(),
  account: z.enum(accountTypes).nullable(),
  signIn: z.string().nullable(),
  /** What kind of sign-in that is; null for a code by mail, and where it was taken away since. */
  signInProfile: z.enum(profiles).nullable(),
  /** How surely the house knew who acted; null in entries from before it was noted. */
  assurance: z.enum(assurances).nullable(),
  subjects: z.array(z.object({ module: z.string(), kind: z.string(), id: z.string(), name: z.string().nullable() })),
})

type Asked = Record<'from' | 'to' | 'who' | 'whom' | 'right' | 'act' | 'kind' | 'subject', string> & {
  steps: 'yes' | 'no'
}

/** What somebody means who types the number of a thing: "module/kind/id", a number that people know it by, or its id. */
async function meant({ db, registry }: Stage, typed: string): Promise<Partial<Reference>> {
  const parts = typed.split('/')
  if (parts.length >= 3) return { module: parts[0] ?? '', kind: parts[1] ?? '', id: parts.slice(2).join('/') }
  for (const { module, kind, numbered } of isId(typed) ? [] : registry.things) {
    const id = await numbered?.(db, typed)
    if (id) return { module, kind, id }
  }
  return { id: typed }
}

/** The rows that a search means, neither sorted nor limited. */
export async function matchingEntries(stage: Stage, asked: Asked) {
  const { db } = stage
  const { from, to, who, whom, right, act, kind, subject, steps } = asked
  let found = trail(db).selectFrom('audit').where('at', '>=', dayBegins(from))
  // The last day that dates can say has none after it.
  if (to < '9999-12-31') found = found.where('at', '<', dayBegins(addDays(to, 1)))
  if (kind) found = found.where('kind', '=', kind as 'act')
  // By prefix and not by `like`: what people type must not become a pattern.
  if (act) found = found.where((eb) => eb.or([eb('act', '=', act), eb(sql`starts_with(act, ${`${act}.`})`, '=', true)]))
  if (steps === 'no' && !act) found = found.where('act', 'not in', signInSteps)
  if (who.trim()) found = found.where('actor', 'in', await actorsCalled(db, who.trim()))
  if (whom.trim()) found = found.where('represents', 'in', await actorsCalled(db, whom.trim()))
  if (right.trim()) found = found.where(heldBy(right.trim()))
  if (subject.trim()) {
    const reference = await meant(stage, subject.trim())
    found = found.where(sql<boolean>`subjects @> ${JSON.stringify([reference])}::jsonb`)
  }
  return found
}

type Found = Awaited<ReturnType<typeof matchingEntries>>

/** One page of them, newest first, with names for ids. */
export async function entriesOf(
  stage: Stage,
  found: Found,
  { before, limit }: { before?: string | undefined; limit: number },
) {
  let page = found
  if (before) {
    const [at, id] = before.split('_') as [string, string]
    page = found.where(sql<boolean>`(at, id) < (${new Date(Number(at))}::timestamptz, ${id}::uuid)`)
  }
  const rows = await page
    .select(['id', 'at', 'act', 'kind', 'actor', 'actor_kind', 'represents', 'assurance', 'subjects'])
    .select(['account', 'mandate', 'sign_in'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const [nameOf, profileOf] = await Promise.all([
    namesFor(stage, shown),
    profilesOf(
      stage.db,
      shown.map((row) => row.sign_in),
    ),
  ])
  return {
    entries: shown.map((row) => ({
      id: row.id,
      at: row.at,
      act: row.act,
      title: stage.registry.titles.get(row.act) ?? row.act,
      kind: row.kind,
      actor: row.actor,
      actorKind: row.actor_kind,
      actorName: row.actor && nameOf({ module: 'people', kind: row.actor_kind, id: row.actor }),
      represents:
        row.represents && (nameOf({ module: 'people', kind: 'person', id: row.represents }) ?? row.represents),
      mandate: row.mandate,
      account: row.account,
      signIn: row.sign_in,
      signInProfile: profileOf.get(row.sign_in ?? '') ?? null,
      assurance: row.assurance,
      subjects: row.subjects.map((subject) => ({ ...subject, name: nameOf(subject) })),
    })),
    next: last ? `${last.at.getTime()}_${last.id}` : null,
  }
}

/** Ids of those whose name fits, or the id itself. */
async function actorsCalled(db: Db, who: string): Promise<string[]> {
  if (who === 'system' || isId(who)) return [who]
  const ids = (await Promise.all([personsCalled(db, who), tokensCalled(db, who)])).flat()
  // An empty list is no SQL; nobody has this id.
  return ids.length > 0 ? ids : ['']
}

type Row = { actor: string | null; actor_kind: string; represents: string | null; subjects: readonly Reference[] }

/** How many things of other modules are asked for their title, page by page. */
const asked = 60

/** Names of persons, tokens and units, and the titles that other modules give their things. */
async function namesFor({ db, actor, registry }: Stage, rows: readonly Row[]) {
  const all = rows.flatMap((row): Reference[] => [
    ...row.subjects,
    ...(row.actor ? [{ module: 'people', kind: row.actor_kind, id: row.actor }] : []),
    ...(row.represents ? [{ module: 'people', kind: 'person', id: row.represents }] : []),
  ])
  const idsOf = (wanted: string) => [
    ...new Set(
      all.filter(({ module, kind, id }) => module === 'people' && kind === wanted && isId(id)).map(({ id }) => id),
    ),
  ]
  const [people, programs, grants, states] = await Promise.all([
    namesOf(db, idsOf('person')),
    namesOfTokens(db, idsOf('token')),
    rolesGiven(db, idsOf('role')),
    idsOf('unit').length === 0 ? [] : unitStates(db),
  ])
  const found = new Map<string, string | null>()
  for (const { module, kind, id } of all) {
    const key = `${module}/${kind}/${id}`
    if (found.has(key)) continue
    if (module === 'people') {
      if (kind === 'person') found.set(key, people.get(id) ?? null)
      if (kind === 'token') found.set(key, programs.get(id) ?? null)
      if (kind === 'role') found.set(key, roleName(grants.get(id)))
      if (kind === 'unit') found.set(key, nameOn(states, id, '9999-12-31'))
      continue
    }
    const thing = registry.things.find((one) => one.module === module && one.kind === kind)
    if (!thing || found.size >= asked + people.size) continue
    const called = await thing.called?.(db, id)
    found.set(key, called ? `${thing.label} ${called}` : ((await thing.show(db, actor, id))?.title ?? null))
  }
  return ({ module, kind, id }: Reference) => found.get(`${module}/${kind}/${id}`) ?? null
}

const roleName = (role: RoleName | undefined) => (role ? roleWords[role].name : null)
