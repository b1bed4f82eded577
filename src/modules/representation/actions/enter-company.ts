import { z } from 'zod'
import { action } from '#core/action.ts'
import { isCorporateNumber } from '#core/identifiers.ts'
import { line } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { insertPerson } from '#modules/people/index.ts'
import { says } from '../words.refusals.ja.ts'

/** A 法人番号 as people type it: full-width digits, spaces and hyphens are taken as meant. */
export const corporateNumber = z
  .string({ error: says.enterCompany.number })
  .max(40, says.enterCompany.wrong)
  .transform((typed) => typed.normalize('NFKC').replace(/[\s\p{Dash_Punctuation}\u2212ー]/gu, ''))
  .pipe(z.string().min(1, says.enterCompany.number).refine(isCorporateNumber, { error: says.enterCompany.wrong }))

/** Enters a company that hasn't come by GビズID, known by its 法人番号. */
export const enterCompany = action({
  name: 'people.enter-company',
  title: 'Enter a company',
  input: z.object({ number: corporateNumber, name: line({ label: says.enterCompany.name, max: 200 }) }),
  output: z.object({ company: z.string() }),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now }, { number, name }) {
    const company = await insertPerson(db, { kind: 'company', name, number }, now)
    if (!company) {
      throw new Refusal('conflict', 'entered already', { number: says.enterCompany.enteredAlready })
    }
    return { company }
  },
  subjects: (_, { company }) => [{ module: 'people', kind: 'person', id: company }],
})
