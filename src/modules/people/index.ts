import { migrationsOf } from '#platform/migrate.ts'
import type { Module } from '#web/module.ts'
import { addUnit } from './actions/add-unit.ts'
import { cancelUnitPlan } from './actions/cancel-unit-plan.ts'
import { changeMyName } from './actions/change-my-name.ts'
import { closeUnit } from './actions/close-unit.ts'
import { disablePerson } from './actions/disable-person.ts'
import { enablePerson } from './actions/enable-person.ts'
import { endSessions } from './actions/end-sessions.ts'
import { enterGroupRole } from './actions/enter-group-role.ts'
import { grantRole } from './actions/grant-role.ts'
import { inviteStaff } from './actions/invite-staff.ts'
import { movePerson } from './actions/move-person.ts'
import { moveUnit } from './actions/move-unit.ts'
import { removeGroupRole } from './actions/remove-group-role.ts'
import { renameUnit } from './actions/rename-unit.ts'
import { renewInvitation } from './actions/renew-invitation.ts'
import { revokeRole } from './actions/revoke-role.ts'
import { administrationLine } from './contributions.ts'
import { deliverInvitation } from './jobs.ts'
import { places } from './pages/people-words.ts'
import { fillSearchForms } from './queries/search-forms.ts'
import { routes } from './routes.tsx'
import { seed } from './seed.ts'
import { groupRoles } from './views/group-roles.ts'
import { myAccount, myOffices } from './views/my-account.ts'
import { persons } from './views/persons.ts'
import { unit, units } from './views/units.ts'
import { acts } from './words.acts.ja.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

export const people: Module = {
  name: 'people',
  called: { module: ja.module, acts },
  routes,
  actions: [
    addUnit,
    cancelUnitPlan,
    changeMyName,
    closeUnit,
    disablePerson,
    enablePerson,
    endSessions,
    enterGroupRole,
    grantRole,
    inviteStaff,
    movePerson,
    moveUnit,
    removeGroupRole,
    renameUnit,
    renewInvitation,
    revokeRole,
  ],
  views: [myAccount, myOffices, persons, groupRoles, units, unit],
  jobs: [deliverInvitation],
  migrations: migrationsOf(
    'people',
    import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
  ),
  rail: [
    administrationLine({ href: places.groups, label: { ja: ja.groups.title, en: en.groups.title }, order: 905 }),
    administrationLine({ href: places.units, label: { ja: ja.units.title, en: en.units.title }, order: 910 }),
  ],
  seed,
  fillSearchForms,
}

export { changeMyName } from './actions/change-my-name.ts'
export { disablePerson } from './actions/disable-person.ts'
export { enablePerson } from './actions/enable-person.ts'
export { endSessions } from './actions/end-sessions.ts'
export { grantRole } from './actions/grant-role.ts'
export { inviteStaff } from './actions/invite-staff.ts'
export { movePerson } from './actions/move-person.ts'
export { renewInvitation } from './actions/renew-invitation.ts'
export { revokeRole } from './actions/revoke-role.ts'
export { administrationLine } from './contributions.ts'
export { letterhead, signed } from './letters.ts'
export { useAccountCrumbs, useRoleWords } from './pages/people-words.ts'
export { asProvider, PlaceField, type Places, RoleField, useWholeOffice } from './pages/role-fields.tsx'
export { applyGroups } from './queries/groups.ts'
export { claimInvitation } from './queries/invitations.ts'
export {
  enterPerson,
  enterStaff,
  findBySignIn,
  holdBySignIn,
  insertPerson,
  keepVerified,
  linkSignIn,
  noteSignIn,
  profilesOf,
  signInsOf,
  unlinkSignIn,
  verifiedOf,
} from './queries/sign-ins.ts'
export {
  findByMail,
  findPerson,
  holdPerson,
  listUnits,
  namesOf,
  type Person,
  personsCalled,
  renameCompany,
  rolesGiven,
  rolesOf,
  sectionOf,
  type Unit,
  unitStates,
} from './queries.ts'
export { sectionsOf, unitsOf } from './routes/choices.ts'
export { nameOn } from './rules/units.ts'
export { demonstrationPersons, trialIssuer } from './seed.ts'
export type { PersonJoined } from './tables.ts'
export { aboutPerson, personShown } from './views/about-person.ts'
export { groupRoles } from './views/group-roles.ts'
export { myAccount, myOffices } from './views/my-account.ts'
export { persons } from './views/persons.ts'
export { ja as roleWords } from './words.roles.ja.ts'
