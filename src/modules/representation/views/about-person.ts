import { z } from 'zod'
import { accountTypes } from '#core/policy.ts'
import type { Stage } from '#core/scene.ts'
import type { Person } from '#modules/people/index.ts'
import { companiesOf, membersOf } from '../queries/companies.ts'
import { mandatesAbout } from '../queries/mandates.ts'
import { tables } from '../tables.ts'

const member = z.object({
  id: z.string(),
  person: z.string(),
  name: z.string(),
  account: z.enum(accountTypes).nullable(),
  source: z.enum(['gbizid', 'office']),
  since: z.date(),
  until: z.date().nullable(),
  reason: z.string().nullable(),
})

const mandate = z.object({
  id: z.string(),
  kind: z.enum(['delegated', 'legal']),
  source: z.enum(['granted', 'office', 'gbizid']),
  principal: z.object({ id: z.string(), name: z.string() }),
  /** Null until somebody has accepted. */
  agent: z.object({ id: z.string(), name: z.string() }).nullable(),
  mail: z.string().nullable(),
  accepted: z.boolean(),
  until: z.date(),
  reason: z.string().nullable(),
})

/** What is known here of one person or company, for those who administer. */
export const representationShown = z.object({
  /** Of a company: its 法人番号 and who acts for it. */
  number: z.string().nullable(),
  members: z.array(member),
  /** For whom a resident acts, and who acts for them. */
  companies: z.array(z.object({ id: z.string(), name: z.string(), number: z.string().nullable() })),
  mandates: z.array(mandate),
})

/** Who acts for whom, about one person or company, for those who administer. */
export async function representationOf(
  { db, now }: Pick<Stage, 'db' | 'now'>,
  { id, kind }: Pick<Person, 'id' | 'kind'>,
) {
  const company = kind === 'company'
  const [row, members, companies, mandates] = await Promise.all([
    tables(db).selectFrom('person').select('corporate_number').where('id', '=', id).executeTakeFirst(),
    company ? membersOf(db, id) : [],
    company ? [] : companiesOf(db, id),
    mandatesAbout(db, id, now),
  ])
  return {
    number: row?.corporate_number ?? null,
    members,
    companies: companies.map(({ id, name, corporate_number }) => ({ id, name, number: corporate_number })),
    mandates: mandates.map((one) => ({
      id: one.id,
      kind: one.kind,
      source: one.source,
      principal: { id: one.principal, name: one.principalName },
      agent: one.agent && one.agentName !== null ? { id: one.agent, name: one.agentName } : null,
      mail: one.mail,
      accepted: one.accepted_at !== null,
      until: new Date(one.expires_at.getTime() - 1),
      reason: one.reason,
    })),
  }
}
