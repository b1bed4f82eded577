import { Hono } from 'hono'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import type { Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { page } from '#web/render.ts'
import { wordsFor } from '#web/words.ts'
import { enterGroupRole } from '../actions/enter-group-role.ts'
import { removeGroupRole } from '../actions/remove-group-role.ts'
import { EnterGroupPage, GroupsPage, RemoveGroupPage } from '../pages/groups.tsx'
import { places, words } from '../pages/people-words.ts'
import { groupRoles } from '../views/group-roles.ts'
import { unitsOf } from './choices.ts'

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

/** Roles by groups of the office’s provider. */
export const groupRoutes = new Hono<Web>()
  .get(places.groups, async (c) => page(c, <GroupsPage {...(await show(groupRoles, c.var.scene, {}))} />))
  .get(`${places.groups}/new`, showForm(groupForm))
  .post(
    `${places.groups}/new`,
    submitForm(enterGroupRole, {
      retry: groupForm,
      next: (_, c) => ({ to: places.groups, said: wordsFor(c, words).groups.done }),
    }),
  )
  .get(`${places.groups}/:line/remove`, showForm(removeForm))
  .post(
    `${places.groups}/:line/remove`,
    submitForm(removeGroupRole, {
      retry: removeForm,
      next: ({ ended }, c) => ({ to: places.groups, said: wordsFor(c, words).groups.removed(ended) }),
    }),
  )
