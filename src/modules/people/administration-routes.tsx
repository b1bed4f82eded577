import { Hono } from 'hono'
import { perform } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import type { Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { readForm } from '#web/input.ts'
import { keepTyped } from '#web/kept.ts'
import { page } from '#web/render.tsx'
import { changeSettings } from './actions/change-settings.ts'
import { issueToken, lastDay } from './actions/issue-token.ts'
import { revokeToken } from './actions/revoke-token.ts'
import { list, places } from './pages/administration.tsx'
import { SettingsPage } from './pages/settings.tsx'
import { IssueTokenPage, RevokeTokenPage, TokenIssuedPage } from './pages/token-forms.tsx'
import { TokensPage } from './pages/tokens.tsx'
import { administrationWords, dayOf } from './route-parts.ts'
import { settings } from './views/settings.ts'
import { tokens } from './views/tokens.ts'

const settingsForm: Retry = async (c, typed, errors) => {
  const { colours, ...now } = await show(settings, c.var.scene, {})
  const values = Object.entries(now).map(([name, value]) => [name, value ?? ''] as const)
  // An empty field that was typed empty stays empty: only a page that nobody has typed on shows what is stored.
  const shown = 'name' in typed ? typed : Object.fromEntries(values)
  return <SettingsPage typed={shown} errors={errors} colours={colours} />
}

const issueForm: Retry = async (c, typed, errors) => {
  const { modules } = await show(tokens, c.var.scene, {})
  return <IssueTokenPage typed={typed} errors={errors} modules={modules} lastDay={lastDay(c.var.scene.now)} />
}

const revokeForm: Retry = async (c, _, errors) => {
  const shown = await show(tokens, c.var.scene, {})
  const found = shown.tokens.find(({ id }) => id === c.req.param('token'))
  if (!found) throw new Refusal('missing', 'no such token')
  return <RevokeTokenPage name={found.name} errors={errors} />
}

/** API tokens and settings of the office. */
export const administrationRoutes = new Hono<Web>()
  .get(places.tokens, async (c) => page(c, <TokensPage {...(await show(tokens, c.var.scene, {}))} />))
  .get(`${places.tokens}/new`, showForm(issueForm))
  // Not by submitForm: the token is shown in the very answer, and must not travel in a cookie or an address.
  .post(`${places.tokens}/new`, async (c) => {
    const typed = await readForm(c)
    try {
      const issued = await perform(issueToken, c.var.scene, {
        name: typed.name,
        roles: list(typed.roles),
        scopes: list(typed.scopes),
        until: dayOf(typed, 'until'),
        confirmed: typed.confirmed === 'yes',
      })
      return page(c, <TokenIssuedPage {...issued} />)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.kind === 'signed-out') await keepTyped(c, typed)
      if (error.kind !== 'invalid' && error.kind !== 'conflict') throw error
      return page(c, await issueForm(c, typed, error.fields), error.kind === 'conflict' ? 409 : 422)
    }
  })
  .get(`${places.tokens}/:token/revoke`, showForm(revokeForm))
  .post(
    `${places.tokens}/:token/revoke`,
    submitForm(revokeToken, {
      retry: revokeForm,
      next: (_, c) => ({ to: places.tokens, said: administrationWords(c).revokeToken.done }),
    }),
  )
  .get(places.settings, showForm(settingsForm))
  .post(
    places.settings,
    submitForm(changeSettings, {
      retry: settingsForm,
      next: (_, c) => ({ to: places.settings, said: administrationWords(c).settings.done }),
    }),
  )
