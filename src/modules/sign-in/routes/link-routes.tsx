import { Hono } from 'hono'
import { perform } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import { newToken } from '#platform/sealing.ts'
import type { Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { readForm, textOf } from '#web/input.ts'
import { localPath, page, seeOther } from '#web/render.ts'
import { wordsFor } from '#web/words.ts'
import { linkSignIn, openPending } from '../actions/link-sign-in.ts'
import { unlinkSignIn } from '../actions/unlink-sign-in.ts'
import { ConsentPage, LinkPage, UnlinkPage, words } from '../pages/identity.tsx'
import { mySignIns } from '../views/my-sign-ins.ts'
import { become, hashed } from './browser.ts'

const account = '/my/account'

const unlinkForm: Retry = async (c, _, errors) => {
  const { signIns } = await show(mySignIns, c.var.scene, {})
  const found = signIns.find(({ id }) => id === c.req.param('signIn'))
  if (!found) throw new Refusal('missing', 'no such sign-in')
  return <UnlinkPage profile={found.profile} errors={errors} />
}

/** Linking sign-ins and taking them away. */
export const linkRoutes = new Hono<Web>()
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
      return seeOther(c, pending?.back ?? account, wordsFor(c, words).consent.done)
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
      next: (_, c) => ({ to: account, said: wordsFor(c, words).unlink.done }),
    }),
  )
