import { Hono } from 'hono'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import type { Ctx, Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { page } from '#web/render.tsx'
import { addMember } from './actions/add-member.ts'
import { endMember } from './actions/end-member.ts'
import { enterCompany } from './actions/enter-company.ts'
import { enterGroupRole } from './actions/enter-group-role.ts'
import { enterLegalMandate } from './actions/enter-legal-mandate.ts'
import { removeGroupRole } from './actions/remove-group-role.ts'
import { revokeMandate } from './actions/revoke-mandate.ts'
import { places } from './pages/administration.tsx'
import { EnterGroupPage, GroupsPage, RemoveGroupPage } from './pages/groups.tsx'
import { AddMemberPage, EndPage, EnterCompanyPage, LegalMandatePage } from './pages/representation-forms.tsx'
import { administrationWords, dayOf, unitsOf } from './route-parts.ts'
import { groupRoles } from './views/group-roles.ts'
import { person } from './views/person.ts'

const personOf = (c: Ctx) => show(person, c.var.scene, { person: c.req.param('person') })
const backTo = (c: Ctx) => `${places.people}/${c.req.param('person')}`
const said = (c: Ctx) => administrationWords(c).company.saved

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

const groupForm: Retry = async (c, typed, errors) => {
  const { providers } = await show(groupRoles, c.var.scene, {})
  return <EnterGroupPage typed={typed} errors={errors} providers={providers} units={await unitsOf(c)} />
}

const removeForm: Retry = async (c, _, errors) => {
  const { lines } = await show(groupRoles, c.var.scene, {})
  const line = lines.find(({ id }) => id === c.req.param('line'))
  if (!line) throw new Refusal('missing', 'no such line')
  return <RemoveGroupPage line={line} errors={errors} />
}

/** Companies and who acts for them, legal representatives, and roles by groups. */
export const representationRoutes = new Hono<Web>()
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
      next: (_, c) => ({ to: backTo(c), said: administrationWords(c).company.ended }),
    }),
  )
  .get(`${places.people}/:person/mandates/new`, showForm(legalForm))
  .post(
    `${places.people}/:person/mandates/new`,
    submitForm(enterLegalMandate, {
      retry: legalForm,
      input: (typed) => ({ mail: typed.mail, until: dayOf(typed, 'until'), reason: typed.reason }),
      next: (_, c) => ({ to: backTo(c), said: administrationWords(c).company.legalDone }),
    }),
  )
  .get(`${places.people}/:person/mandates/:mandate/end`, showForm(endMandateForm))
  .post(
    `${places.people}/:person/mandates/:mandate/end`,
    submitForm(revokeMandate, {
      retry: endMandateForm,
      next: (_, c) => ({ to: backTo(c), said: administrationWords(c).company.ended }),
    }),
  )
  .get(places.groups, async (c) => page(c, <GroupsPage {...(await show(groupRoles, c.var.scene, {}))} />))
  .get(`${places.groups}/new`, showForm(groupForm))
  .post(
    `${places.groups}/new`,
    submitForm(enterGroupRole, {
      retry: groupForm,
      next: (_, c) => ({ to: places.groups, said: administrationWords(c).groups.done }),
    }),
  )
  .get(`${places.groups}/:line/remove`, showForm(removeForm))
  .post(
    `${places.groups}/:line/remove`,
    submitForm(removeGroupRole, {
      retry: removeForm,
      next: ({ ended }, c) => ({ to: places.groups, said: administrationWords(c).groups.removed(ended) }),
    }),
  )
