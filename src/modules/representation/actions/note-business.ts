import type { Db } from '#core/database.ts'
import type { Business } from '#core/outside.ts'
import { Refusal } from '#core/refusal.ts'
import { limits } from '#web/sessions.ts'
import { endMembersOf, ensureCompany, noteMember } from '../queries/companies.ts'
import { noteDelegations } from '../queries/mandates.ts'

type Noted = { person: string; signIn: string; business: Business }

/**
 * Enters what a GビズID account says today: its company and the holder's place in it, and the companies that have
 * entrusted it. Gives the company's id. A self-asserted account is entrusted by nobody.
 */
export async function noteBusiness(db: Db, { person, signIn, business }: Noted, now: Date): Promise<string | null> {
  const proved = business.account !== 'entry'
  let company: string | null = null
  if (business.company) {
    const found = await ensureCompany(db, business.company, proved, now)
    if (found.disabled) throw new Refusal('forbidden', 'this company may no longer sign in')
    company = found.id
    await noteMember(db, { company, person, account: business.account, signIn }, now)
  } else await endMembersOf(db, signIn, 'system', now)

  const principals: string[] = []
  for (const entrusted of proved ? business.delegations : []) {
    const { id, disabled } = await ensureCompany(db, entrusted, true, now)
    if (!disabled && id !== company) principals.push(id)
  }
  await noteDelegations(db, person, principals, new Date(now.getTime() + limits.resident.absolute), now)
  return company
}
