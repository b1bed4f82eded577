import { Hono } from 'hono'
import { perform } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { newToken } from '#platform/sealing.ts'
import type { Web } from '#web/context.ts'
import { showForm, submitForm } from '#web/form.tsx'
import { readForm, textOf } from '#web/input.ts'
import { localPath, page, seeOther } from '#web/render.ts'
import { countTry } from '../actions/count-try.ts'
import { sendCode } from '../actions/send-code.ts'
import { signOut } from '../actions/sign-out.ts'
import { useCode } from '../actions/use-code.ts'
import { CodePage, SignInPage } from '../pages/sign-in.tsx'
import { become, hashed, providersOf, visitorOf, wordsOf } from './browser.ts'
import { codeSent } from './code-sent.ts'

/** A code by mail, and signing out. Providers are spoken to in `provider-routes.tsx`. */
export const signInRoutes = new Hono<Web>()
  .get(
    '/sign-in',
    showForm((c) => <SignInPage back={localPath(c.req.query('back'))} providers={providersOf(c)} />),
  )
  .post(
    '/sign-in/mail',
    submitForm(sendCode, {
      retry: (c, typed, errors) => (
        <SignInPage
          back={localPath(textOf(typed.back))}
          mail={textOf(typed.mail)}
          providers={providersOf(c)}
          errors={errors}
        />
      ),
      input: (typed, c) => ({
        mail: textOf(typed.mail),
        browser: visitorOf(c),
        from: c.var.address,
      }),
      next: ({ id }, _c, typed) => `/sign-in/code?id=${id}&back=${encodeURIComponent(localPath(textOf(typed.back)))}`,
    }),
  )
  .get(
    '/sign-in/code',
    showForm(async (c) => {
      const id = textOf(c.req.query('id'))
      return <CodePage id={id} back={localPath(c.req.query('back'))} {...(await codeSent(c, id))} />
    }),
  )
  .post('/sign-in/code', async (c) => {
    const typed = await readForm(c)
    const back = localPath(textOf(typed.back))
    const browser = visitorOf(c)
    try {
      await perform(countTry, c.var.scene, { id: typed.id, browser })
      const token = newToken()
      await perform(useCode, c.var.scene, { id: typed.id, code: typed.code, browser, session: hashed(c, token) })
      await become(c, token)
      return seeOther(c, back, wordsOf(c).signedIn)
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
      return page(
        c,
        <CodePage
          id={textOf(typed.id)}
          back={back}
          code={textOf(typed.code)}
          errors={error.fields}
          {...(await codeSent(c, textOf(typed.id)))}
        />,
        422,
      )
    }
  })
  .post('/sign-out', async (c) => {
    const typed = await readForm(c)
    const everywhere = typed.everywhere === 'yes'
    const { session, scene } = c.var
    if (session?.live && scene.actor) await perform(signOut, scene, { session: session.id, everywhere })
    c.var.browser.forget()
    return seeOther(c, '/', everywhere ? wordsOf(c).signedOutEverywhere : wordsOf(c).signedOut)
  })
