import { type SelectQueryBuilder, sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { isId } from '#core/ids.ts'
import type { Role, RoleName } from '#core/policy.ts'
import { likePattern, searchForm } from '#core/text.ts'
import { waitForLock } from '#platform/locks.ts'
import { type PersonKind, tables } from './tables.ts'

export type Person = {
  id: string
  kind: PersonKind
  name: string
  reading: string | null
  mail: string | null
  mail_verified_at: Date | null
  disabled_at: Date | null
}

const personColumns = ['id', 'kind', 'name', 'reading', 'mail', 'mail_verified_at', 'disabled_at'] as const

/** One person of this tenant, disabled or not. */
export const findPerson = (db: Db, id: string): Promise<Person | undefined> =>
  tables(db).selectFrom('person').select(personColumns).where('id', '=', id).executeTakeFirst()

/**
 * The same, held until the end of the transaction: whoever changes several rows of one person holds the person first, so that
 * two who do it at the same moment take turns, and neither holds a row that the other waits for. Of several people, residents
 * and staff are held before companies, and each before roles.
 */
export const holdPerson = (db: Db, id: string): Promise<Person | undefined> =>
  tables(db).selectFrom('person').select(personColumns).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()

/** The resident who has proved to read this mailbox. */
export const findByMail = (db: Db, mail: string): Promise<Person | undefined> =>
  tables(db)
    .selectFrom('person')
    .select(personColumns)
    .where(sql<string>`lower(mail)`, '=', mail.toLowerCase())
    .where('mail_verified_at', 'is not', null)
    .where('kind', '=', 'resident')
    .executeTakeFirst()

/** The roles that hold now, as they were granted. */
export const rolesOf = (db: Db, person: string): Promise<Role[]> =>
  tables(db)
    .selectFrom('role_grant')
    .select(['role as name', 'department', 'section'])
    .where('person', '=', person)
    .where('revoked_at', 'is', null)
    .execute()

/** The section somebody works in on a day: moves are entered before they happen. */
export const sectionOf = async (db: Db, person: string, on: string): Promise<string | null> =>
  (
    await tables(db)
      .selectFrom('membership')
      .select('section')
      .where('person', '=', person)
      .where('valid_from', '<=', on)
      .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', on)]))
      .orderBy('valid_from', 'desc')
      .executeTakeFirst()
  )?.section ?? null

/** Departments and sections as they stood on a day, in their order. */
export const listUnits = (db: Db, on: string) =>
  tables(db)
    .selectFrom('unit')
    .innerJoin('unit_state', 'unit_state.unit', 'unit.id')
    .select([
      'unit.id',
      'unit.kind',
      'unit_state.name',
      'unit_state.parent',
      'unit_state.valid_from',
      'unit_state.valid_to',
    ])
    .where('valid_from', '<=', on)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', on)]))
    .orderBy('unit_state.ordinal')
    .orderBy('unit_state.name')
    .execute()

/** Every state of every department and section, oldest first: a few hundred rows in the largest prefecture. */
export const unitStates = (db: Db) =>
  tables(db)
    .selectFrom('unit_state')
    .innerJoin('unit', 'unit.id', 'unit_state.unit')
    .select(['unit', 'kind', 'valid_from', 'valid_to', 'name', 'parent', 'ordinal'])
    .orderBy('ordinal')
    .orderBy('valid_from')
    .execute()

/** The same, held against changes until the end of the transaction: nothing is put into what is just being closed. */
export async function holdUnitStates(db: Db) {
  await waitForLock(db, 'units')
  return unitStates(db)
}

export type Unit = Awaited<ReturnType<typeof listUnits>>[number]

/**
 * How many could still administer the office if this person couldn't: those with the role who may sign in and have done
 * so. Locks the grants first, so that two administrators can't remove each other at the same moment.
 */
export async function otherAdministrators(db: Db, person: string): Promise<number> {
  const grants = tables(db).selectFrom('role_grant').where('role', '=', 'administrator').where('revoked_at', 'is', null)
  await grants.select('id').orderBy('id').forUpdate().execute()
  const { count } = await grants
    .innerJoin('person', 'person.id', 'role_grant.person')
    .select(({ fn }) => fn.count<number>('person.id').distinct().as('count'))
    .where('person.id', '<>', person)
    .where('disabled_at', 'is', null)
    .where((eb) => eb.exists(eb.selectFrom('sign_in').select('subject').whereRef('sign_in.person', '=', 'person.id')))
    .executeTakeFirstOrThrow()
  return count
}

/** What a person is searched by; stored beside the name whenever the name is. */
export const searchText = (person: {
  name: string
  reading: string | null
  mail: string | null
  number?: string | null
}): string =>
  searchForm([person.name, person.reading, person.mail, person.number].filter((part) => part != null).join(' '))

/** Calls a company by another name. */
export const renameCompany = (db: Db, id: string, { name, number }: { name: string; number: string }) =>
  tables(db)
    .updateTable('person')
    .set({ name, search: searchText({ name, reading: null, mail: null, number }) })
    .where('id', '=', id)
    .execute()

/** Names for ids, for lists that show who did what. What is nobody's id ("system") has no name. */
export async function namesOf(db: Db, actors: readonly (string | null)[]): Promise<Map<string, string>> {
  const ids = new Set(actors.filter((id) => id !== null && isId(id)))
  if (ids.size === 0) return new Map()
  const rows = await tables(db)
    .selectFrom('person')
    .select(['id', 'name'])
    // One parameter however many they are: an export of the trail names thousands.
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Every word typed must occur somewhere in name, reading or mail. */
export function matching<DB extends { person: { search: string } }, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  words: string,
) {
  return searchForm(words)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 8)
    .reduce((found, word) => found.where(sql<boolean>`search like ${likePattern(word)}`), query)
}

/** Ids of those whose name, reading or mail has these words in it, a thousand at most. */
export const personsCalled = async (db: Db, words: string): Promise<string[]> =>
  (await matching(tables(db).selectFrom('person'), words).select('id').limit(1000).execute()).map(({ id }) => id)

/** Which role was given, by the ids of the grants. */
export async function rolesGiven(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, RoleName>> {
  const rows = await tables(db)
    .selectFrom('role_grant')
    .select(['id', 'role'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, role }) => [id, role]))
}
