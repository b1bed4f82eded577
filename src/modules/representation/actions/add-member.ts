import { z } from 'zod'
import { action } from '#core/action.ts'
import { id, mailAddress, reason } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { findByMail, findPerson } from '#modules/people/index.ts'
import { insertMember, isMember } from '../queries/companies.ts'
import { says } from '../words.refusals.ja.ts'

/**
 * Lets somebody act for a company without GビズID: whom the office has checked at the window, known here by the mailbox
 * that they have proved to read. What they file is measured by how surely they themselves are known. Not by a token: behind
 * one it couldn't be told who checked.
 */
export const addMember = action({
  name: 'people.add-member',
  title: 'Let somebody act for a company',
  input: z.object({ person: id, mail: mailAddress, reason }),
  output: z.object({ member: z.string(), who: z.string() }),
  allow: ({ actor }) => actor?.kind === 'person' && holds(actor, 'administrator'),

  async run({ db, now }, { person: company, mail, reason }) {
    const found = await findPerson(db, company)
    if (found?.kind !== 'company' || found.disabled_at) throw new Refusal('missing', 'no such company')
    const who = await findByMail(db, mail)
    if (!who || who.disabled_at) {
      throw new Refusal('invalid', 'unknown', {
        mail: says.addMember.unknown,
      })
    }
    const already = new Refusal('conflict', 'a member already', { mail: says.addMember.aMemberAlready })
    if (await isMember(db, company, who.id)) throw already
    const entry = { company, person: who.id, account: null, source: 'office', sign_in: null, reason } as const
    const member = await insertMember(db, entry, now)
    if (!member) throw already
    return { member, who: who.id }
  },
  subjects: ({ person }, { who }) => [
    { module: 'people', kind: 'person', id: person },
    { module: 'people', kind: 'person', id: who },
  ],
})
