import type { Db } from './database.ts'
import { newId } from './ids.ts'
import type { AccountType, Actor } from './policy.ts'
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
type AuditTables = { audit: AuditEntry & { subjects: string } }

export type AuditKind = 'act' | 'read' | 'refusal'

type Entry = { act: string; kind: AuditKind; subjects?: readonly Reference[] }

/** Writes what was done, read or refused, in the transaction of `db`. */
export const record = (db: Db, scene: Pick<Scene, 'actor' | 'now'>, entry: Entry) =>
  recording(db, scene, entry).execute()

/** The same as a statement that is still to be said. */
export const recording = (db: Db, scene: Pick<Scene, 'actor' | 'now'>, entry: Entry) =>
  db
    .withTables<AuditTables>()
    .insertInto('audit')
    .values({
      id: newId(),
      at: scene.now,
      act: entry.act,
      kind: entry.kind,
      actor: scene.actor?.id ?? null,
      actor_kind: scene.actor?.kind ?? 'visitor',
      represents: scene.actor?.represents ?? null,
      assurance: scene.actor?.assurance ?? 'none',
      account: scene.actor?.account ?? null,
      mandate: scene.actor?.mandate?.id ?? null,
      sign_in: scene.actor?.signIn ?? null,
      subjects: JSON.stringify(entry.subjects ?? []),
    })
