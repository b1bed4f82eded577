import { type Actor, holds } from '#core/policy.ts'
import { migrationsOf } from '#platform/migrate.ts'
import type { Module } from '#web/module.ts'
import { acceptMandate } from './actions/accept-mandate.ts'
import { actFor } from './actions/act-for.ts'
import { addMember } from './actions/add-member.ts'
import { addUnit } from './actions/add-unit.ts'
import { cancelUnitPlan } from './actions/cancel-unit-plan.ts'
import { changeMyName } from './actions/change-my-name.ts'
import { changeSettings } from './actions/change-settings.ts'
import { closeUnit } from './actions/close-unit.ts'
import { countTry } from './actions/count-try.ts'
import { disablePerson } from './actions/disable-person.ts'
import { enablePerson } from './actions/enable-person.ts'
import { endMember } from './actions/end-member.ts'
import { endSessions } from './actions/end-sessions.ts'
import { enterCompany } from './actions/enter-company.ts'
import { enterGroupRole } from './actions/enter-group-role.ts'
import { enterLegalMandate } from './actions/enter-legal-mandate.ts'
import { grantMandate } from './actions/grant-mandate.ts'
import { grantRole } from './actions/grant-role.ts'
import { inviteStaff } from './actions/invite-staff.ts'
import { issueToken } from './actions/issue-token.ts'
import { linkSignIn } from './actions/link-sign-in.ts'
import { movePerson } from './actions/move-person.ts'
import { moveUnit } from './actions/move-unit.ts'
import { noteFailedSignIn } from './actions/note-failed-sign-in.ts'
import { recognise } from './actions/recognise.ts'
import { recogniseBusiness } from './actions/recognise-business.ts'
import { recogniseCard } from './actions/recognise-card.ts'
import { rememberFlow } from './actions/remember-flow.ts'
import { removeGroupRole } from './actions/remove-group-role.ts'
import { renameUnit } from './actions/rename-unit.ts'
import { renewInvitation } from './actions/renew-invitation.ts'
import { revokeMandate } from './actions/revoke-mandate.ts'
import { revokeRole } from './actions/revoke-role.ts'
import { revokeToken } from './actions/revoke-token.ts'
import { sendCode } from './actions/send-code.ts'
import { signOut } from './actions/sign-out.ts'
import { takeFlow } from './actions/take-flow.ts'
import { unlinkSignIn } from './actions/unlink-sign-in.ts'
import { useCode } from './actions/use-code.ts'
import { deliverCode, deliverInvitation, deliverOffer, sweep } from './jobs.ts'
import { places } from './pages/administration.tsx'
import { routes } from './routes.tsx'
import { seed } from './seed.ts'
import { auditEntries } from './views/audit-entries.ts'
import { auditExport } from './views/audit-export.ts'
import { groupRoles } from './views/group-roles.ts'
import { myActing, mySignIns } from './views/identity.ts'
import { myMandates } from './views/mandates.ts'
import { myAccount, myOffices } from './views/my-account.ts'
import { person } from './views/person.ts'
import { persons } from './views/persons.ts'
import { settings } from './views/settings.ts'
import { tokens } from './views/tokens.ts'
import { unit, units } from './views/units.ts'
import { acts } from './words.acts.ja.ts'
import { en } from './words.administration.en.ts'
import { ja } from './words.administration.ja.ts'

const administers = (actor: Actor) => holds(actor, 'administrator')

/** A line of the rail's group 管理. */
const line = (
  what: 'people' | 'groups' | 'units' | 'tokens' | 'settings' | 'audit',
  order: number,
  allow = administers,
) => ({
  group: ja.administration,
  href: places[what],
  label: { ja: ja[what].title, en: en[what].title },
  order,
  allow,
})

export const people: Module = {
  name: 'people',
  called: { module: '人と所属', acts },
  routes,
  actions: [
    ...[
      countTry,
      recognise,
      recogniseBusiness,
      recogniseCard,
      rememberFlow,
      sendCode,
      signOut,
      takeFlow,
      useCode,
      changeMyName,
    ],
    ...[inviteStaff, renewInvitation, grantRole, revokeRole, movePerson, disablePerson, enablePerson, endSessions],
    ...[enterCompany, addMember, endMember, enterGroupRole, removeGroupRole],
    ...[grantMandate, enterLegalMandate, acceptMandate, revokeMandate],
    ...[noteFailedSignIn, linkSignIn, unlinkSignIn, actFor],
    ...[addUnit, renameUnit, moveUnit, closeUnit, cancelUnitPlan],
    ...[issueToken, revokeToken, changeSettings],
  ],
  views: [
    myAccount,
    myOffices,
    mySignIns,
    myActing,
    myMandates,
    persons,
    groupRoles,
    person,
    units,
    unit,
    tokens,
    settings,
    auditEntries,
    auditExport,
  ],
  jobs: [deliverCode, deliverInvitation, deliverOffer, sweep],
  migrations: migrationsOf(
    'people',
    import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
  ),
  rail: [
    line('people', 900),
    line('groups', 905),
    line('units', 910),
    line('tokens', 920),
    line('settings', 930),
    line('audit', 940, (actor) => holds(actor, 'auditor')),
  ],
  seed,
}

export { mailAddress } from './actions/send-code.ts'
export { letterhead } from './letterhead.ts'
export { actorOfPerson, actorOfToken } from './queries/actors.ts'
export { findPerson, isOneself, listUnits, namesOf, type Person, type Unit } from './queries.ts'
export { demonstrationPersons, trialIssuer } from './seed.ts'
export { surerSignIn } from './surer-sign-in.tsx'
export { trialAccounts, trialCards } from './trial-persons.ts'
