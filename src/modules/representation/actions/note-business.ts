import type { Db } from '#core/database.ts'
import type { Business } from '#core/outside.ts'
import { Refusal } from '#core/refusal.ts'
import { limits } from '#web/sessions.ts'
import { endMembersOf, ensureCompanies, noteMember } from '../queries/companies.ts'
import { noteDelegations } from '../queries/mandates.ts'

type Noted = { person: string; signIn: string; business: Business }

/**
 * Enters what a GビズID account says today: its company and the holder's place in it, and the companies that have
 * entrusted it. Gives the company's id. A self-asserted account is entrusted by nobody. Whoever calls it holds the person.
 */
export async function noteBusiness(db: Db, { person, signIn, business }: Noted, now: Date): Promise<string | null> {
  const proved = business.account !== 'entry'
  const delegations = proved ? business.delegations : []
  const own = business.company
  const known = await ensureCompanies(db, own ? [own, ...delegations] : delegations, proved, now)
  const company = own ? known.get(own.number) : undefined
  if (company?.disabled) throw new Refusal('forbidden', 'this company may no longer sign in')
  if (company) await noteMember(db, { company: company.id, person, account: business.account, signIn }, now)
  else await endMembersOf(db, signIn, 'system', now)

  const principals = new Set(delegations.flatMap(({ number }) => known.get(number) ?? []))
  if (company) principals.delete(company)
  const entrusting = [...principals].flatMap(({ id, disabled }) => (disabled ? [] : [id]))
  await noteDelegations(db, person, entrusting, new Date(now.getTime() + limits.resident.absolute), now)
  return company?.id ?? null
}
