import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { newId } from '#core/ids.ts'
import type { AccountType, Assurance } from '#core/policy.ts'
import { tables } from '../tables.ts'

const columns = [
  'mandate.id',
  'mandate.kind',
  'mandate.source',
  'mandate.principal',
  'mandate.agent',
  'mandate.mail',
  'mandate.procedures',
  'mandate.assurance',
  'mandate.account',
  'mandate.reason',
  'mandate.granted_at',
  'mandate.granted_by',
  'mandate.accepted_at',
  'mandate.expires_at',
  'mandate.revoked_at',
] as const

export const findMandate = (db: Db, id: string) =>
  tables(db).selectFrom('mandate').select(columns).where('id', '=', id).executeTakeFirst()

export type Mandate = NonNullable<Awaited<ReturnType<typeof findMandate>>>

/** A mandate that holds now for this agent, with the name of whom it is for. */
export const mandateInForce = (db: Db, id: string, agent: string, now: Date) =>
  inForce(db, agent, now).where('mandate.id', '=', id).executeTakeFirst()

/** Whom somebody may act for now. */
export const mandatesHeld = (db: Db, agent: string, now: Date) =>
  inForce(db, agent, now).orderBy('person.name').execute()

const inForce = (db: Db, agent: string, now: Date) =>
  tables(db)
    .selectFrom('mandate')
    .innerJoin('person', 'person.id', 'mandate.principal')
    .select([...columns, 'person.name'])
    .where('agent', '=', agent)
    .where('accepted_at', 'is not', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('person.disabled_at', 'is', null)

/** What somebody has been offered and hasn't accepted: by the mailbox that they have proved to read, or by the office. */
export const mandatesOffered = (db: Db, { id, mail }: { id: string; mail: string | null }, now: Date) =>
  tables(db)
    .selectFrom('mandate')
    .innerJoin('person', 'person.id', 'mandate.principal')
    .select([...columns, 'person.name'])
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('principal', '<>', id)
    .where((eb) =>
      eb.or([
        eb('agent', '=', id),
        ...(mail ? [eb.and([eb('agent', 'is', null), eb(sql`lower(mandate.mail)`, '=', mail.toLowerCase())])] : []),
      ]),
    )
    .orderBy('granted_at')
    .execute()

/** What somebody has given to others, newest first, with the agents' names. */
export const mandatesGiven = (db: Db, principal: string) =>
  tables(db)
    .selectFrom('mandate')
    .leftJoin('person', 'person.id', 'mandate.agent')
    .select([...columns, 'person.name'])
    .where('principal', '=', principal)
    .where('source', '<>', 'gbizid')
    .orderBy('granted_at', 'desc')
    .limit(200)
    .execute()

export type NewMandate = {
  id: string
  kind: 'delegated' | 'legal'
  source: 'granted' | 'office' | 'gbizid'
  principal: string
  /** To which mailbox it is offered. */
  mail: string | null
  /** Who holds it from the beginning, where nobody has to accept it. */
  agent?: string | null
  procedures: string[] | null
  assurance: Assurance
  account: AccountType | null
  reason: string | null
  granted_at: Date
  granted_by: string
  expires_at: Date
}

/** Enters an offer, which nobody holds until somebody has accepted it; or what an agent holds at once. */
export const insertMandate = (db: Db, { agent = null, ...mandate }: NewMandate) =>
  tables(db)
    .insertInto('mandate')
    .values({
      ...mandate,
      agent,
      accepted_at: agent ? mandate.granted_at : null,
      revoked_at: null,
      revoked_by: null,
    })
    .execute()

/** What was offered in the very same words since then and waits to be accepted. */
export const sameOffer = (db: Db, offer: NewMandate, since: Date) =>
  tables(db)
    .selectFrom('mandate')
    .select('id')
    .where('principal', '=', offer.principal)
    .where('kind', '=', offer.kind)
    .where('source', '=', offer.source)
    .where('mail', '=', offer.mail)
    .where('assurance', '=', offer.assurance)
    .where('granted_by', '=', offer.granted_by)
    .where('expires_at', '=', offer.expires_at)
    .where('granted_at', '>', since)
    .where(sql<boolean>`procedures is not distinct from ${offer.procedures}::uuid[]`)
    .where(sql<boolean>`account is not distinct from ${offer.account}`)
    .where(sql<boolean>`reason is not distinct from ${offer.reason}`)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()

/** Mandates for and of somebody that still hold or are offered, for the office, with both names. */
export const mandatesAbout = (db: Db, person: string, now: Date) =>
  tables(db)
    .selectFrom('mandate')
    .innerJoin('person as principal', 'principal.id', 'mandate.principal')
    .leftJoin('person as agent', 'agent.id', 'mandate.agent')
    .select([...columns, 'principal.name as principalName', 'agent.name as agentName'])
    .where((eb) => eb.or([eb('principal', '=', person), eb('agent', '=', person)]))
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('granted_at', 'desc')
    .limit(200)
    .execute()

/**
 * What GビズID says today of companies that have entrusted an account: those it no longer names end, those it names hold
 * for as long as a session can last.
 */
export async function noteDelegations(db: Db, agent: string, principals: readonly string[], until: Date, now: Date) {
  const open = await tables(db)
    .selectFrom('mandate')
    .select(['id', 'principal'])
    .where('agent', '=', agent)
    .where('source', '=', 'gbizid')
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .execute()
  for (const { id } of open.filter(({ principal }) => !principals.includes(principal))) {
    await tables(db)
      .updateTable('mandate')
      .set({ revoked_at: now, revoked_by: 'system' })
      .where('id', '=', id)
      .execute()
  }
  for (const principal of principals) {
    const known = open.find((one) => one.principal === principal)
    if (known) await tables(db).updateTable('mandate').set({ expires_at: until }).where('id', '=', known.id).execute()
    else {
      await insertMandate(db, {
        id: newId(now.getTime()),
        kind: 'delegated',
        source: 'gbizid',
        principal,
        agent,
        mail: null,
        procedures: null,
        assurance: 'account',
        // GビズID lets only representatives entrust others.
        account: 'prime',
        reason: null,
        granted_at: now,
        granted_by: 'system',
        expires_at: until,
      })
    }
  }
}
