import type { Db } from '#core/database.ts'
import { newId } from '#core/ids.ts'
import type { Corporation } from '#core/outside.ts'
import type { AccountType } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { insertPerson, keepVerified, renameCompany } from '#modules/people/index.ts'
import { actsWith } from '../rules.ts'
import { tables } from '../tables.ts'

export const findCompany = (db: Db, number: string) =>
  tables(db)
    .selectFrom('person')
    .select(['id', 'name', 'corporate_number', 'disabled_at'])
    .where('kind', '=', 'company')
    .where('corporate_number', '=', number)
    .executeTakeFirst()

type Known = { id: string; disabled: boolean }

/**
 * The companies with these numbers, by number, entered if they weren't there. `proved`: whether the account was checked by
 * the issuer of GビズID; what an entry account says of a company changes nothing that is known of it. In the order of their
 * numbers, so that of two who bring the same ones at the same moment neither holds what the other waits for.
 */
export async function ensureCompanies(db: Db, all: readonly Corporation[], proved: boolean, now: Date) {
  const known = new Map<string, Known>()
  for (const company of all.toSorted((one, other) => (one.number < other.number ? -1 : 1))) {
    if (!known.has(company.number)) known.set(company.number, await ensureCompany(db, company, proved, now))
  }
  return known
}

async function ensureCompany(db: Db, { number, name }: Corporation, proved: boolean, now: Date): Promise<Known> {
  const before = await findCompany(db, number)
  const entered = before ? null : await insertPerson(db, { kind: 'company', name, number }, now)
  // Read again: of two who bring the same company at the same moment, one finds what the other has entered.
  const known = before ?? (entered ? undefined : await findCompany(db, number))
  const id = entered ?? known?.id
  if (!id) throw new Refusal('conflict', 'the company went away')
  if (proved) {
    if (known && known.name !== name) await renameCompany(db, id, { name, number })
    await keepVerified(db, id, { name, corporate_number: number }, 'gbizid', now)
  }
  return { id, disabled: Boolean(known?.disabled_at) }
}

type Member = { company: string; person: string; account: AccountType; signIn: string }

/**
 * Notes what a GビズID account says today: whoever has left for another company, or has another type of account, is no
 * longer what they were.
 */
export async function noteMember(db: Db, { company, person, account, signIn }: Member, now: Date) {
  const open = await tables(db)
    .selectFrom('company_member')
    .select(['id', 'company', 'account', 'source', 'sign_in'])
    .where('person', '=', person)
    .where('until', 'is', null)
    .execute()
  for (const one of open) {
    const same = one.company === company && one.account === account && one.sign_in === signIn
    if (same) return
    if (one.sign_in === signIn || one.company === company) await endMember(db, one.id, 'system', now)
  }
  // Two sign-ins of one person may bring the same company at the same moment: they are its member once.
  await insertMember(db, { company, person, account, source: 'gbizid', sign_in: signIn, reason: null }, now)
}

type NewMember = {
  company: string
  person: string
  account: AccountType | null
  source: 'gbizid' | 'office'
  sign_in: string | null
  reason: string | null
}

/** Enters a member and gives the membership's id; undefined where they are one already. */
export async function insertMember(db: Db, member: NewMember, now: Date): Promise<string | undefined> {
  const entered = await tables(db)
    .insertInto('company_member')
    .values({ ...member, id: newId(now.getTime()), since: now, until: null, ended_by: null })
    .onConflict((found) => found.doNothing())
    .returning('id')
    .executeTakeFirst()
  return entered?.id
}

export const endMember = (db: Db, id: string, by: string, now: Date) =>
  tables(db)
    .updateTable('company_member')
    .set({ until: now, ended_by: by })
    .where('id', '=', id)
    .where('until', 'is', null)
    .execute()

/** Ends what a sign-in had made somebody a member of, when it is taken away or says something else. */
export const endMembersOf = (db: Db, signIn: string, by: string, now: Date) =>
  tables(db)
    .updateTable('company_member')
    .set({ until: now, ended_by: by })
    .where('sign_in', '=', signIn)
    .where('until', 'is', null)
    .execute()

/** As whose member somebody who came with such an account acts for a company now: its name, and the account they act by. */
export async function membershipIn(db: Db, company: string, person: string, came: AccountType | null) {
  const members = await tables(db)
    .selectFrom('company_member')
    .innerJoin('person', 'person.id', 'company_member.company')
    .select(['account', 'source', 'person.name'])
    .where('company', '=', company)
    .where('company_member.person', '=', person)
    .where('until', 'is', null)
    .where('disabled_at', 'is', null)
    .orderBy('source')
    .execute()
  for (const member of members) {
    const account = actsWith(member, came)
    if (account !== undefined) return { name: member.name, account }
  }
  return undefined
}

/** Whether somebody belongs to a company now, however we know. */
export const isMember = async (db: Db, company: string, person: string): Promise<boolean> =>
  (await tables(db)
    .selectFrom('company_member')
    .select('id')
    .where('company', '=', company)
    .where('person', '=', person)
    .where('until', 'is', null)
    .executeTakeFirst()) !== undefined

/** Whether a business account has made somebody a member of any company; a sole proprietor is of none. */
export const belongsByAccount = async (db: Db, person: string): Promise<boolean> =>
  (await tables(db)
    .selectFrom('company_member')
    .select('id')
    .where('person', '=', person)
    .where('source', '=', 'gbizid')
    .where('until', 'is', null)
    .executeTakeFirst()) !== undefined

/** The companies that somebody belongs to now. */
export const companiesOf = (db: Db, person: string) =>
  tables(db)
    .selectFrom('company_member')
    .innerJoin('person', 'person.id', 'company_member.company')
    .select(['person.id', 'person.name', 'corporate_number', 'account', 'source', 'since'])
    .where('company_member.person', '=', person)
    .where('until', 'is', null)
    .where('disabled_at', 'is', null)
    .orderBy('person.name')
    .execute()

/** One who acts for a company now, by the membership's id. */
export const memberOf = (db: Db, company: string, id: string) =>
  tables(db)
    .selectFrom('company_member')
    .innerJoin('person', 'person.id', 'company_member.person')
    .select(['company_member.person', 'person.name', 'source'])
    .where('company_member.id', '=', id)
    .where('company', '=', company)
    .where('until', 'is', null)
    .executeTakeFirst()

/** Everybody who acts or has acted for a company, those of today first. */
export const membersOf = (db: Db, company: string) =>
  tables(db)
    .selectFrom('company_member')
    .innerJoin('person', 'person.id', 'company_member.person')
    .select(['company_member.id', 'person', 'person.name', 'account', 'source', 'since', 'until', 'reason'])
    .where('company', '=', company)
    .orderBy('until', (order) => order.desc().nullsFirst())
    .orderBy('since', 'desc')
    .limit(500)
    .execute()
