import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { tokyoDate } from '#core/dates.ts'
import { isId, newId } from '#core/ids.ts'
import type { Profile } from '#core/outside.ts'
import { Refusal } from '#core/refusal.ts'
import { holdPerson, searchText } from '../queries.ts'
import { type AttributeName, type PersonKind, tables } from '../tables.ts'

/** Whom a provider vouches for: known again by issuer and subject together. */
export type Identity = { issuer: string; subject: string; profile: Profile; provider: string }

const bySignIn = (db: Db, { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>) =>
  tables(db)
    .selectFrom('sign_in')
    .innerJoin('person', 'person.id', 'sign_in.person')
    .select(['sign_in.id as signIn', 'person.id', 'kind', 'name', 'reading', 'mail', 'mail_verified_at', 'disabled_at'])
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)

/** The person whom a provider knows under this name. */
export const findBySignIn = (...[db, identity]: Parameters<typeof bySignIn>) =>
  bySignIn(db, identity).executeTakeFirst()

/** The same, held until the end of the transaction, as `holdPerson` does: of several sign-ins of one person, one at a time. */
export const holdBySignIn = (...[db, identity]: Parameters<typeof bySignIn>) =>
  bySignIn(db, identity).forNoKeyUpdate('person').executeTakeFirst()

/** Links a sign-in to a person. What is linked already is refused, so that of two who come at once one is told. */
export async function linkSignIn(db: Db, identity: Identity, person: string, now: Date): Promise<string> {
  const linked = await tables(db)
    .insertInto('sign_in')
    .values({ ...identity, id: newId(now.getTime()), person, linked_at: now, last_at: now })
    .onConflict((found) => found.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!linked) throw new Refusal('conflict', 'this sign-in is linked already')
  return linked.id
}

/** Notes that a sign-in is used. One that was taken away at this very moment is refused. */
export async function noteSignIn(db: Db, id: string, provider: string, now: Date) {
  const { numUpdatedRows } = await tables(db)
    .updateTable('sign_in')
    .set({ last_at: now, provider })
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new Refusal('conflict', 'this sign-in was taken away')
}

/** The ways in which somebody can sign in, oldest first. Mail codes are no row of their own. */
export const signInsOf = (db: Db, person: string) =>
  tables(db)
    .selectFrom('sign_in')
    .select(['id', 'profile', 'provider', 'linked_at', 'last_at'])
    .where('person', '=', person)
    .orderBy('linked_at')
    .orderBy('id')
    .execute()

/** What kinds of sign-ins these are, of those that there still are. What is no id of a row is passed over. */
export async function profilesOf(db: Db, signIns: readonly (string | null)[]): Promise<Map<string, Profile>> {
  const ids = [...new Set(signIns)].filter((id) => id !== null && isId(id))
  const rows = await tables(db)
    .selectFrom('sign_in')
    .select(['id', 'profile'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, profile }) => [id, profile]))
}

type NewPerson = {
  kind: PersonKind
  name: string
  mail?: string | null
  mailVerifiedAt?: Date | null
  number?: string | null
}

/** Enters a person or a company; gives the id. Somebody else of the same mailbox or number who came first is a conflict. */
export async function enterPerson(db: Db, person: NewPerson, now: Date): Promise<string> {
  const id = await insertPerson(db, person, now)
  if (!id) throw new Refusal('conflict', 'entered by somebody else meanwhile')
  return id
}

/** The same, giving null where a company of this number or a resident of this mailbox is there already. */
export async function insertPerson(
  db: Db,
  { kind, name, mail = null, mailVerifiedAt = null, number = null }: NewPerson,
  now: Date,
): Promise<string | null> {
  const id = newId(now.getTime())
  const entered = await tables(db)
    .insertInto('person')
    .values({
      id,
      kind,
      name,
      reading: null,
      mail,
      mail_verified_at: mailVerifiedAt,
      corporate_number: number,
      created_at: now,
      disabled_at: null,
      search: searchText({ name, reading: null, mail, number }),
    })
    .onConflict((found) => found.doNothing())
    .returning('id')
    .executeTakeFirst()
  return entered?.id ?? null
}

/** Enters a member of staff who came without an invitation: in no section, and without any role. */
export async function enterStaff(db: Db, { name, mail, mailVerified }: NewStaff, now: Date): Promise<string> {
  const mailVerifiedAt = mail && mailVerified ? now : null
  const person = await enterPerson(db, { kind: 'staff', name, mail, mailVerifiedAt }, now)
  await tables(db)
    .insertInto('membership')
    .values({ id: newId(), person, section: null, valid_from: tokyoDate(now), valid_to: null })
    .execute()
  return person
}

type NewStaff = { name: string; mail: string | null; mailVerified: boolean }

/** Keeps what a provider has vouched for, in place of what it said the last time. What it no longer says goes. */
export async function keepVerified(
  db: Db,
  person: string,
  attributes: Partial<Record<AttributeName, string | null>>,
  method: string,
  now: Date,
) {
  const rows = Object.entries(attributes).flatMap(([name, value]) =>
    value ? [{ person, name: name as AttributeName, value, verified_at: now, method }] : [],
  )
  await holdPerson(db, person)
  await tables(db).deleteFrom('verified_attribute').where('person', '=', person).where('method', '=', method).execute()
  for (const row of rows) {
    // Another method may have vouched for the same.
    await tables(db)
      .insertInto('verified_attribute')
      .values(row)
      .onConflict((found) => found.columns(['tenant', 'person', 'name'] as never).doUpdateSet(row))
      .execute()
  }
}

/** What providers have vouched for about somebody. */
export const verifiedOf = (db: Db, person: string) =>
  tables(db)
    .selectFrom('verified_attribute')
    .select(['name', 'value', 'verified_at', 'method'])
    .where('person', '=', person)
    .orderBy(sql`array_position(array['name', 'address', 'birthdate', 'gender', 'corporate_number'], name)`)
    .execute()

/** Takes a way to sign in away from somebody. */
export const unlinkSignIn = (db: Db, id: string, person: string) =>
  tables(db).deleteFrom('sign_in').where('id', '=', id).where('person', '=', person).execute()
