import { Hono } from 'hono'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import { dayTyped, listTyped } from '#ui/index.ts'
import type { Ctx, Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { page } from '#web/render.ts'
import { wordsFor } from '#web/words.ts'
import { acceptMandate } from '../actions/accept-mandate.ts'
import { grantMandate } from '../actions/grant-mandate.ts'
import { revokeMandate } from '../actions/revoke-mandate.ts'
import { EndMandatePage, GrantMandatePage, MandatesPage } from '../pages/mandates.tsx'
import { words } from '../pages/representation-words.ts'
import { myMandates } from '../views/my-mandates.ts'

const mine = (c: Ctx) => show(myMandates, c.var.scene, {})

const grantForm: Retry = async (c, typed, errors) => {
  const { principal, choices } = await mine(c)
  if (principal === null) throw new Refusal('forbidden', 'may not entrust others')
  return <GrantMandatePage principal={principal} choices={choices} typed={typed} errors={errors} />
}

const endForm: Retry = async (c, _, errors) => {
  const { given, offered, held } = await mine(c)
  const found = [...offered, ...held, ...given].find(({ id }) => id === c.req.param('mandate'))
  if (!found) throw new Refusal('missing', 'no such mandate')
  return <EndMandatePage mandate={found} errors={errors} />
}

const home = '/my/mandates'

/** Entrusting others, and taking it on. */
export const mandateRoutes = new Hono<Web>()
  .get(home, async (c) => page(c, <MandatesPage {...(await mine(c))} />))
  .get(`${home}/new`, showForm(grantForm))
  .post(
    `${home}/new`,
    submitForm(grantMandate, {
      retry: grantForm,
      input: (typed) => ({
        mail: typed.mail,
        scope: typed.scope,
        procedures: typed.scope === 'all' ? [] : listTyped(typed.procedures),
        until: dayTyped(typed, 'until'),
        reason: typed.reason,
      }),
      next: (_, c) => ({ to: home, said: wordsFor(c, words).mandates.offeredDone }),
    }),
  )
  .post(
    `${home}/accept`,
    submitForm(acceptMandate, {
      retry: async (c) => <MandatesPage {...(await mine(c))} />,
      next: (_, c) => ({ to: '/my/acting', said: wordsFor(c, words).mandates.accepted }),
    }),
  )
  .get(`${home}/:mandate/end`, showForm(endForm))
  .post(
    `${home}/:mandate/end`,
    submitForm(revokeMandate, {
      retry: endForm,
      next: (_, c) => ({ to: home, said: wordsFor(c, words).mandates.ended }),
    }),
  )
