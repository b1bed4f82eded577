import { Hono } from 'hono'
import { tokyoDate } from '#core/dates.ts'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import {
  disablePerson,
  enablePerson,
  endSessions,
  grantRole,
  inviteStaff,
  movePerson,
  persons,
  renewInvitation,
  revokeRole,
  sectionsOf,
  unitsOf,
} from '#modules/people/index.ts'
import { dayTyped, textTyped } from '#ui/index.ts'
import type { Ctx, Web } from '#web/context.ts'
import { showForm, submitForm } from '#web/form.tsx'
import type { Typed } from '#web/input.ts'
import { page } from '#web/render.ts'
import { wordsFor } from '#web/words.ts'
import { places, words } from '../pages/administration-words.ts'
import { InviteAgainPage, InvitePage } from '../pages/invitation-forms.tsx'
import { PeoplePage } from '../pages/people.tsx'
import { PersonPage } from '../pages/person.tsx'
import { AskPage, GrantPage, MovePage, RevokePage } from '../pages/person-forms.tsx'
import { person } from '../views/person.ts'

const list = places.people
const one = `${list}/:person` as const
const personOf = (c: Ctx) => show(person, c.var.scene, { person: c.req.param('person') })
/** Staff are invited by the office's own providers only. */
const providersOf = (c: Ctx) =>
  c.var.scene.outside.providers(c.var.scene.tenant).filter(({ profile }) => profile === 'office')
const backTo = (c: Ctx) => `${list}/${c.req.param('person')}`

const inviteForm = async (c: Ctx, typed: Typed, errors: Readonly<Record<string, string>>) => (
  <InvitePage typed={typed} errors={errors} providers={providersOf(c)} sections={await sectionsOf(c)} />
)
const againForm = async (c: Ctx, typed: Typed, errors: Readonly<Record<string, string>>) => {
  const found = await personOf(c)
  const entered = { name: found.name, reading: found.reading ?? '', mail: found.mail ?? '' }
  return <InviteAgainPage person={found} entered={entered} typed={typed} errors={errors} providers={providersOf(c)} />
}
const grantForm = async (c: Ctx, typed: Typed, errors: Readonly<Record<string, string>>) => (
  <GrantPage person={await personOf(c)} typed={typed} errors={errors} units={await unitsOf(c)} />
)
const moveForm = async (c: Ctx, typed: Typed, errors: Readonly<Record<string, string>>) => (
  <MovePage person={await personOf(c)} typed={typed} errors={errors} sections={await sectionsOf(c)} />
)
const askForm =
  (about: 'disable' | 'enable' | 'endSessions') =>
  async (c: Ctx, _: Typed, errors: Readonly<Record<string, string>>) => (
    <AskPage person={await personOf(c)} about={about} errors={errors} />
  )
const revokeForm = async (c: Ctx, _: Typed, errors: Readonly<Record<string, string>>) => {
  const found = await personOf(c)
  const held = [...found.roles, ...found.formerRoles].find(({ id }) => id === c.req.param('grant'))
  if (!held) throw new Refusal('missing', 'no such role')
  return <RevokePage person={found} held={held} errors={errors} />
}

/** People: list, one person, invitation, roles, section, access. */
export const peopleRoutes = new Hono<Web>()
  .get(list, async (c) => {
    const asked = { words: c.req.query('words') ?? '', kind: c.req.query('kind') || 'staff', page: c.req.query('page') }
    const shown = await show(persons, c.var.scene, asked)
    return page(c, <PeoplePage {...shown} words={asked.words} kind={asked.kind as 'staff'} />)
  })
  .get(`${list}/new`, showForm(inviteForm))
  .post(
    `${list}/new`,
    submitForm(inviteStaff, {
      retry: inviteForm,
      next: ({ person }, c) => ({ to: `${list}/${person}`, said: wordsFor(c, words).invite.done }),
    }),
  )
  .get(one, async (c) => page(c, <PersonPage {...(await personOf(c))} today={tokyoDate(c.var.scene.now)} />))
  .get(`${one}/invitation`, showForm(againForm))
  .post(
    `${one}/invitation`,
    submitForm(renewInvitation, {
      retry: againForm,
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).invite.againDone }),
    }),
  )
  .get(`${one}/roles`, showForm(grantForm))
  .post(
    `${one}/roles`,
    submitForm(grantRole, {
      retry: grantForm,
      input: ({ role, place, reason }) => ({ role, place, reason: textTyped(reason) }),
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).grant.done }),
    }),
  )
  .get(`${one}/roles/:grant/revoke`, showForm(revokeForm))
  .post(
    `${one}/roles/:grant/revoke`,
    submitForm(revokeRole, {
      retry: revokeForm,
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).revoke.done }),
    }),
  )
  .get(`${one}/section`, showForm(moveForm))
  .post(
    `${one}/section`,
    submitForm(movePerson, {
      retry: moveForm,
      input: (typed) => ({ section: typed.section, from: dayTyped(typed, 'from') }),
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).move.done }),
    }),
  )
  .get(`${one}/disable`, showForm(askForm('disable')))
  .post(
    `${one}/disable`,
    submitForm(disablePerson, {
      retry: askForm('disable'),
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).disable.done }),
    }),
  )
  .get(`${one}/enable`, showForm(askForm('enable')))
  .post(
    `${one}/enable`,
    submitForm(enablePerson, {
      retry: askForm('enable'),
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).enable.done }),
    }),
  )
  .get(`${one}/end-sessions`, showForm(askForm('endSessions')))
  .post(
    `${one}/end-sessions`,
    submitForm(endSessions, {
      retry: askForm('endSessions'),
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).endSessions.done }),
    }),
  )
