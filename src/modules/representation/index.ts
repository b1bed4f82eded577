import type { Module } from '#web/module.ts'
import { acceptMandate } from './actions/accept-mandate.ts'
import { actFor } from './actions/act-for.ts'
import { addMember } from './actions/add-member.ts'
import { endMember } from './actions/end-member.ts'
import { enterCompany } from './actions/enter-company.ts'
import { enterLegalMandate } from './actions/enter-legal-mandate.ts'
import { grantMandate } from './actions/grant-mandate.ts'
import { revokeMandate } from './actions/revoke-mandate.ts'
import { deliverOffer } from './jobs.ts'
import { routes } from './routes.tsx'
import { myActing } from './views/my-acting.ts'
import { myMandates } from './views/my-mandates.ts'
import { acts } from './words.acts.ja.ts'

export const representation: Module = {
  name: 'representation',
  knownAs: 'people',
  called: { acts },
  routes,
  actions: [acceptMandate, actFor, addMember, endMember, enterCompany, enterLegalMandate, grantMandate, revokeMandate],
  views: [myActing, myMandates],
  jobs: [deliverOffer],
  migrations: [],
  async seed() {},
}

export { addMember } from './actions/add-member.ts'
export { endMember } from './actions/end-member.ts'
export { enterCompany } from './actions/enter-company.ts'
export { enterLegalMandate } from './actions/enter-legal-mandate.ts'
export { noteBusiness } from './actions/note-business.ts'
export { revokeMandate } from './actions/revoke-mandate.ts'
export { AgentMailField, UntilField } from './pages/mandate-fields.tsx'
export { actorOfPerson } from './queries/actors.ts'
export { endMembersOf } from './queries/companies.ts'
export { representationOf, representationShown } from './views/about-person.ts'
