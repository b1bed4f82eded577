import { Hono } from 'hono'
import { perform } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import { dayTyped, listTyped } from '#ui/index.ts'
import type { Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { readForm } from '#web/input.ts'
import { keepTyped } from '#web/kept.ts'
import { page } from '#web/render.ts'
import { wordsFor } from '#web/words.ts'
import { issueToken, lastDay } from './actions/issue-token.ts'
import { revokeToken } from './actions/revoke-token.ts'
import { IssueTokenPage, RevokeTokenPage, TokenIssuedPage } from './pages/token-forms.tsx'
import { TokensPage } from './pages/tokens.tsx'
import { place, words } from './pages/tokens-words.ts'
import { tokens } from './views/tokens.ts'

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

/** API tokens: the list, issuing, revoking. */
export const routes = new Hono<Web>()
  .get(place, async (c) => page(c, <TokensPage {...(await show(tokens, c.var.scene, {}))} />))
  .get(`${place}/new`, showForm(issueForm))
  // Not by submitForm: the token is shown in the very answer, and must not travel in a cookie or an address.
  .post(`${place}/new`, async (c) => {
    const typed = await readForm(c)
    try {
      const issued = await perform(issueToken, c.var.scene, {
        name: typed.name,
        roles: listTyped(typed.roles),
        scopes: listTyped(typed.scopes),
        until: dayTyped(typed, 'until'),
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
  .get(`${place}/:token/revoke`, showForm(revokeForm))
  .post(
    `${place}/:token/revoke`,
    submitForm(revokeToken, {
      retry: revokeForm,
      next: (_, c) => ({ to: place, said: wordsFor(c, words).revokeToken.done }),
    }),
  )
