import type { Db } from './database.ts'
import { newId } from './ids.ts'
import type { AccountType, Actor } from './policy.ts'
import { pick, preparedRows } from './prepared.ts'
import type { Reference } from './reference.ts'
import type { Scene } from './scene.ts'

/** One entry of the trail. No names, no contents: ids only. The application's login can add, never alter. */
export type AuditEntry = {
  id: string
  at: Date
  act: string
  kind: AuditKind
  actor: string | null
  actor_kind: Actor['kind'] | 'visitor'
  represents: string | null
  /** How surely the house knew who acted; null in entries from before it was noted. */
  assurance: Actor['assurance'] | null
  /** By which kind of business account, by which mandate and through which sign-in they acted; null in older entries too. */
  account: AccountType | null
  mandate: string | null
  sign_in: string | null
}

/** References are written as JSON text. */
type Written = AuditEntry & { subjects: string }

export type AuditKind = 'act' | 'read' | 'refusal'

type Entry = { act: string; kind: AuditKind; subjects?: readonly Reference[] }

const columns = [
  'id',
  'at',
  'act',
  'kind',
  'actor',
  'actor_kind',
  'represents',
  'assurance',
  'account',
  'mandate',
  'sign_in',
  'subjects',
] as const

const write = preparedRows((db, entries: readonly Written[]) =>
  db
    .withTables<{ audit: Written }>()
    .insertInto('audit')
    .values(entries.map((entry) => pick(entry, ...columns))),
)

const written = ({ actor, now }: Pick<Scene, 'actor' | 'now'>, { act, kind, subjects = [] }: Entry): Written => ({
  id: newId(),
  at: now,
  act,
  kind,
  actor: actor?.id ?? null,
  actor_kind: actor?.kind ?? 'visitor',
  represents: actor?.represents ?? null,
  assurance: actor?.assurance ?? 'none',
  account: actor?.account ?? null,
  mandate: actor?.mandate?.id ?? null,
  sign_in: actor?.signIn ?? null,
  subjects: JSON.stringify(subjects),
})

/** Writes what was done, read or refused, in the transaction of `db`. */
export const record = (db: Db, scene: Pick<Scene, 'actor' | 'now'>, entry: Entry) =>
  write.all(db, written(scene, entry))

/** The same as a statement that is still to be said. */
export const recording = (db: Db, scene: Pick<Scene, 'actor' | 'now'>, entry: Entry) =>
  write.statement(db, written(scene, entry))
