import { z } from 'zod'
import { action } from '#core/action.ts'
import { id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { endMember as end, memberOf } from '../queries/companies.ts'

/**
 * Ends that somebody acts for a company, from this moment. Who comes with a GビズID account of the company again, is a
 * member again: that is taken back at GビズID.
 */
export const endMember = action({
  name: 'people.end-member',
  title: 'End that somebody acts for a company',
  input: z.object({ person: id, member: id }),
  output: z.object({ who: z.string() }),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now, actor }, { person: company, member }) {
    const found = await memberOf(db, company, member)
    if (!found) throw new Refusal('missing', 'no such member')
    await end(db, member, actor?.id ?? 'system', now)
    return { who: found.person }
  },
  subjects: ({ person }, { who }) => [
    { module: 'people', kind: 'person', id: person },
    { module: 'people', kind: 'person', id: who },
  ],
})
