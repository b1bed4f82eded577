import { Hono } from 'hono'
import { perform } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import { newToken } from '#platform/sealing.ts'
import type { Ctx, Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { readForm, textOf } from '#web/input.ts'
import { localPath, page, seeOther } from '#web/render.tsx'
import { actFor } from './actions/act-for.ts'
import { linkSignIn, openPending } from './actions/link-sign-in.ts'
import { unlinkSignIn } from './actions/unlink-sign-in.ts'
import { ActingPage } from './pages/acting.tsx'
import { ConsentPage, LinkPage, UnlinkPage } from './pages/identity.tsx'
import { become, hashed } from './sign-in-parts.ts'
import { myActing, mySignIns } from './views/identity.ts'
import { en } from './words.identity.en.ts'
import { ja } from './words.identity.ja.ts'

const wordsOf = (c: Ctx) => (c.var.shell.language === 'en' ? en : ja)

const account = '/my/account'

const unlinkForm: Retry = async (c, _, errors) => {
  const { signIns } = await show(mySignIns, c.var.scene, {})
  const found = signIns.find(({ id }) => id === c.req.param('signIn'))
  if (!found) throw new Refusal('missing', 'no such sign-in')
  return <UnlinkPage profile={found.profile} errors={errors} />
}

const actingForm: Retry = async (c, typed, errors) => {
  const shown = await show(myActing, c.var.scene, {})
  return <ActingPage {...shown} now={textOf(typed.whom) || shown.now} errors={errors} />
}

/** Linking and taking away sign-ins, and choosing for whom one acts. */
export const identityRoutes = new Hono<Web>()
  .get(`${account}/link/:provider`, async (c) => {
    const { offers } = await show(mySignIns, c.var.scene, {})
    const found = offers.find(({ name }) => name === c.req.param('provider'))
    if (!found) throw new Refusal('missing', 'no such provider to link')
    const back = localPath(c.req.query('back') ?? account)
    const href = `/sign-in/with/${found.name}?link=yes&back=${encodeURIComponent(back)}`
    return page(c, <LinkPage label={found.label} profile={found.profile} href={href} back={back} />)
  })
  // Not by submitForm: the browser takes the token of the session that begins.
  .post(`${account}/link`, async (c) => {
    const typed = await readForm(c)
    const { scene, shell } = c.var
    const pending = openPending(scene, textOf(typed.pending))
    try {
      const token = newToken()
      await perform(linkSignIn, scene, {
        pending: textOf(typed.pending),
        consent: typed.consent,
        session: hashed(c, token),
      })
      await become(c, token)
      return seeOther(c, pending?.back ?? account, wordsOf(c).consent.done)
    } catch (error) {
      const asked = error instanceof Refusal && (error.kind === 'invalid' || error.kind === 'conflict')
      if (!asked || !pending) throw error
      return page(
        c,
        <ConsentPage
          pending={textOf(typed.pending)}
          account={shell.person?.name ?? ''}
          profile={pending.signedIn.profile}
          name={pending.signedIn.name}
          company={pending.signedIn.business?.company?.name ?? null}
          back={pending.back}
          errors={error.fields}
        />,
        error.kind === 'conflict' ? 409 : 422,
      )
    }
  })
  .get(`${account}/sign-ins/:signIn`, showForm(unlinkForm))
  .post(
    `${account}/sign-ins/:signIn`,
    submitForm(unlinkSignIn, {
      retry: unlinkForm,
      input: (_, c) => ({ session: c.var.session?.id }),
      next: (_, c) => ({ to: account, said: wordsOf(c).unlink.done }),
    }),
  )
  .get('/my/acting', showForm(actingForm))
  .post(
    '/my/acting',
    submitForm(actFor, {
      retry: actingForm,
      input: (typed, c) => ({ whom: typed.whom, session: c.var.session?.id }),
      next: () => '/my/acting',
    }),
  )
