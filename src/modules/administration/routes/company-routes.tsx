import { Hono } from 'hono'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import { groupRoles } from '#modules/people/index.ts'
import { addMember, endMember, enterCompany, enterLegalMandate, revokeMandate } from '#modules/representation/index.ts'
import { dayTyped } from '#ui/index.ts'
import type { Ctx, Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { wordsFor } from '#web/words.ts'
import { places, words } from '../pages/administration-words.ts'
import { AddMemberPage, EndPage, EnterCompanyPage, LegalMandatePage } from '../pages/company-forms.tsx'
import { person } from '../views/person.ts'

const personOf = (c: Ctx) => show(person, c.var.scene, { person: c.req.param('person') })
const backTo = (c: Ctx) => `${places.people}/${c.req.param('person')}`
const said = (c: Ctx) => wordsFor(c, words).company.saved

const companyForm: Retry = (_, typed, errors) => <EnterCompanyPage typed={typed} errors={errors} />

/** The blank form too is for those who administer: the list that it belongs to says who that is. */
const newCompany = async (c: Ctx) => {
  await show(groupRoles, c.var.scene, {})
  return showForm(companyForm)(c)
}

const memberForm: Retry = async (c, typed, errors) => {
  const found = await personOf(c)
  if (found.kind !== 'company') throw new Refusal('missing', 'no such company')
  return <AddMemberPage person={found} typed={typed} errors={errors} />
}

const endMemberForm: Retry = async (c, _, errors) => {
  const found = await personOf(c)
  const member = found.members.find(({ id, until }) => id === c.req.param('member') && until === null)
  if (!member) throw new Refusal('missing', 'no such member')
  return <EndPage person={found} who={member.name} mandate={false} errors={errors} />
}

const legalForm: Retry = async (c, typed, errors) => {
  const found = await personOf(c)
  if (found.kind !== 'resident') throw new Refusal('missing', 'no such resident')
  return <LegalMandatePage person={found} typed={typed} errors={errors} />
}

const endMandateForm: Retry = async (c, _, errors) => {
  const found = await personOf(c)
  const mandate = found.mandates.find(({ id, source }) => id === c.req.param('mandate') && source !== 'gbizid')
  if (!mandate) throw new Refusal('missing', 'no such mandate')
  return <EndPage person={found} who={mandate.agent?.name ?? mandate.mail ?? ''} mandate errors={errors} />
}

/** Companies and who acts for them, and legal representatives. */
export const companyRoutes = new Hono<Web>()
  .get(`${places.companies}/new`, newCompany)
  .post(
    `${places.companies}/new`,
    submitForm(enterCompany, {
      retry: companyForm,
      next: ({ company }, c) => ({ to: `${places.people}/${company}`, said: said(c) }),
    }),
  )
  .get(`${places.companies}/:person/members/new`, showForm(memberForm))
  .post(
    `${places.companies}/:person/members/new`,
    submitForm(addMember, { retry: memberForm, next: (_, c) => ({ to: backTo(c), said: said(c) }) }),
  )
  .get(`${places.companies}/:person/members/:member/end`, showForm(endMemberForm))
  .post(
    `${places.companies}/:person/members/:member/end`,
    submitForm(endMember, {
      retry: endMemberForm,
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).company.ended }),
    }),
  )
  .get(`${places.people}/:person/mandates/new`, showForm(legalForm))
  .post(
    `${places.people}/:person/mandates/new`,
    submitForm(enterLegalMandate, {
      retry: legalForm,
      input: (typed) => ({ mail: typed.mail, until: dayTyped(typed, 'until'), reason: typed.reason }),
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).company.legalDone }),
    }),
  )
  .get(`${places.people}/:person/mandates/:mandate/end`, showForm(endMandateForm))
  .post(
    `${places.people}/:person/mandates/:mandate/end`,
    submitForm(revokeMandate, {
      retry: endMandateForm,
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).company.ended }),
    }),
  )
