import { Hono } from 'hono'
import { perform } from '#core/action.ts'
import type { SignInFlow } from '#core/outside.ts'
import { Refusal } from '#core/refusal.ts'
import { newToken } from '#platform/sealing.ts'
import { SignInFailed } from '#platform/sign-in.ts'
import type { Ctx, Web } from '#web/context.ts'
import { showForm, submitForm } from '#web/form.tsx'
import { countPost } from '#web/guard.ts'
import { readForm, textOf } from '#web/input.ts'
import { localPath, page, seeOther } from '#web/render.tsx'
import { countTry } from './actions/count-try.ts'
import { recognise } from './actions/recognise.ts'
import { rememberFlow } from './actions/remember-flow.ts'
import { sendCode } from './actions/send-code.ts'
import { signOut } from './actions/sign-out.ts'
import { takeFlow } from './actions/take-flow.ts'
import { useCode } from './actions/use-code.ts'
import { CodePage, SignInPage } from './pages/sign-in.tsx'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

const wordsOf = (c: Ctx) => (c.var.shell.language === 'en' ? en : ja)
const hashed = (c: Ctx, token: string) => c.var.scene.outside.sealer.hashToken(token)
const providersOf = (c: Ctx) => c.var.scene.outside.providers(c.var.scene.tenant)

/** One browser, one session: whoever was signed in here before is signed out, and doesn't stay behind unseen. */
async function become(c: Ctx, token: string) {
  const { session, scene, browser } = c.var
  if (session?.live && scene.actor) await perform(signOut, scene, { session: session.id })
  browser.become(token)
}

/** Where the identity provider sends people back to. */
const callback = '/sign-in/back'

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
      input: (typed, c) => ({ mail: textOf(typed.mail), browser: hashed(c, c.var.browser.claim()) }),
      next: ({ id }, _c, typed) => `/sign-in/code?id=${id}&back=${encodeURIComponent(localPath(textOf(typed.back)))}`,
    }),
  )
  .get(
    '/sign-in/code',
    showForm((c) => <CodePage id={textOf(c.req.query('id'))} back={localPath(c.req.query('back'))} />),
  )
  .post('/sign-in/code', async (c) => {
    const typed = await readForm(c)
    const back = localPath(textOf(typed.back))
    const browser = hashed(c, c.var.browser.claim())
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
        <CodePage id={textOf(typed.id)} back={back} code={textOf(typed.code)} errors={error.fields} />,
        422,
      )
    }
  })
  // By GET: the content policy's form-action would block a POST that leads to the provider.
  .get('/sign-in/with/:provider', async (c) => {
    const { scene, browser } = c.var
    const { signIn, sealer } = scene.outside
    const provider = c.req.param('provider')
    if (!providersOf(c).some(({ name }) => name === provider)) throw new Refusal('missing', 'no such provider')
    // It writes, so it counts as a post, although it's asked for by GET.
    await countPost(c)
    try {
      const { url, flow } = await signIn.begin(scene.tenant, provider, callback)
      const sealed = sealer.seal('sign-in-flow', JSON.stringify({ flow, back: localPath(c.req.query('back')) }))
      await perform(rememberFlow, scene, {
        id: sealer.hashToken(flow.state),
        browser: hashed(c, browser.claim()),
        sealed,
      })
      return c.redirect(url, 303)
    } catch (error) {
      return failed(c, error)
    }
  })
  .get(callback, async (c) => {
    const { scene, browser } = c.var
    const { signIn, sealer, address } = scene.outside
    try {
      const { sealed } = await perform(takeFlow, scene, {
        id: sealer.hashToken(textOf(c.req.query('state'))),
        browser: hashed(c, browser.token ?? ''),
      })
      const opened = sealer.open('sign-in-flow', sealed)
      if (!opened) throw new Refusal('conflict', 'the flow can’t be read')
      const { flow, back } = JSON.parse(opened) as { flow: SignInFlow; back: string }
      const url = new URL(address(scene.tenant, callback))
      url.search = new URL(c.req.url).search
      const { issuer, subject, name, mail, mailVerified } = await signIn.finish(scene.tenant, url, flow)
      const token = newToken()
      const session = hashed(c, token)
      const { staff } = await perform(recognise, scene, {
        issuer,
        subject,
        name,
        mail,
        mailVerified,
        provider: flow.provider,
        session,
      })
      await become(c, token)
      return seeOther(c, back === '/' && staff ? '/console' : back, wordsOf(c).signedIn)
    } catch (error) {
      return failed(c, error)
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

/** What a person can do about each fault of signing in; whatever isn't listed is the provider's answer not holding up. */
const sayOf: Record<string, keyof typeof ja.failed.reasons> = {
  denied: 'refused',
  state: 'expired',
  code: 'expired',
  expired: 'expired',
  unreachable: 'unreachable',
  timeout: 'unreachable',
}

/** A sign-in that could not be completed: says why, as far as a person can use it, and offers to begin again. */
function failed(c: Ctx, error: unknown) {
  const lost = error instanceof Refusal && error.kind !== 'forbidden'
  if (!lost && !(error instanceof SignInFailed)) throw error
  const say = error instanceof SignInFailed ? (sayOf[error.fault] ?? 'untrusted') : 'expired'
  return page(c, <SignInPage back="/" providers={providersOf(c)} failed={say} />, 400)
}
