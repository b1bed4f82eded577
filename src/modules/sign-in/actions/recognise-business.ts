import { z } from 'zod'
import { action } from '#core/action.ts'
import { isCorporateNumber } from '#core/identifiers.ts'
import { type AccountType, type Assurance, accountTypes } from '#core/policy.ts'
import { enterPerson, holdBySignIn, linkSignIn, noteSignIn } from '#modules/people/index.ts'
import { noteBusiness } from '#modules/representation/index.ts'
import { startSession } from '#web/sessions.ts'
import { says } from '../words.refusals.ja.ts'
import { assertEnabled } from './assert-enabled.ts'

const corporation = z.object({ number: z.string().refine(isCorporateNumber), name: z.string().min(1).max(200) })

/** What GビズID says of an account. */
export const business = z.object({
  account: z.enum(accountTypes),
  person: z.string().max(200),
  company: corporation.nullable(),
  delegations: z.array(corporation).max(200),
})

/** An entry account is what somebody wrote about themselves: no more than a mailbox that is read. */
export const assuranceOf = (account: AccountType): Assurance => (account === 'entry' ? 'mail' : 'account')

/**
 * Recognises the holder of a GビズID account, and begins a session in which they act for their company. The company is
 * known by its 法人番号; a sole proprietor has none and acts for themselves.
 */
export const recogniseBusiness = action({
  name: 'people.recognise-business',
  title: 'Sign in somebody by their GビズID account, acting for their company',
  pagesOnly: 'only after the provider’s answer has been verified',
  input: z.object({
    issuer: z.string().min(1),
    subject: z.string().min(1).max(255),
    business,
    provider: z.string(),
    session: z.string(),
  }),
  output: z.object({ person: z.string(), company: z.string().nullable() }),
  allow: () => true,

  async run({ db, now }, { issuer, subject, business, provider, session }) {
    const known = await holdBySignIn(db, { issuer, subject })
    assertEnabled(known)
    const name = business.person || says.nameless
    const person = known?.id ?? (await enterPerson(db, { kind: 'resident', name }, now))
    const identity = { issuer, subject, provider, profile: 'gbizid' as const }
    const signIn = known?.signIn ?? (await linkSignIn(db, identity, person, now))
    if (known) await noteSignIn(db, known.signIn, provider, now)
    const { account } = business
    const company = await noteBusiness(db, { person, signIn, business }, now)
    await startSession(
      db,
      {
        id: session,
        person,
        assurance: assuranceOf(account),
        account,
        represents: company,
        provider,
        signIn,
        staff: false,
      },
      now,
    )
    return { person, company }
  },
  subjects: (_, { person, company }) => [
    { module: 'people', kind: 'person', id: person },
    ...(company ? [{ module: 'people', kind: 'person', id: company }] : []),
  ],
})
