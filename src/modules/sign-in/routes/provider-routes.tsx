import { Hono } from 'hono'
import { perform } from '#core/action.ts'
import type { SignedIn, SignInFlow } from '#core/outside.ts'
import { Refusal } from '#core/refusal.ts'
import { newToken } from '#platform/sealing.ts'
import { SignInFailed } from '#platform/sign-in.ts'
import type { Ctx, Web } from '#web/context.ts'
import { countPost } from '#web/guard.ts'
import { textOf } from '#web/input.ts'
import { localPath, page, seeOther } from '#web/render.ts'
import { sealPending } from '../actions/link-sign-in.ts'
import { noteFailedSignIn } from '../actions/note-failed-sign-in.ts'
import { recognise } from '../actions/recognise.ts'
import { recogniseBusiness } from '../actions/recognise-business.ts'
import { recogniseCard } from '../actions/recognise-card.ts'
import { rememberFlow } from '../actions/remember-flow.ts'
import { takeFlow } from '../actions/take-flow.ts'
import { ConsentPage } from '../pages/identity.tsx'
import { SignInPage } from '../pages/sign-in.tsx'
import type { ja } from '../words.ja.ts'
import { become, hashed, providersOf, visitorOf, wordsOf } from './browser.ts'

/** Where the identity provider sends people back to. */
const callback = '/sign-in/back'

/** What is remembered of a flow: where it leads, and whose account the sign-in is to be linked to, if any. */
type Remembered = { flow: SignInFlow; back: string; link: string | null }

/** Leaving for an identity provider and coming back, and our public keys there. */
export const providerRoutes = new Hono<Web>()
  // By GET: the content policy's form-action would block a POST that leads to the provider.
  .get('/sign-in/with/:provider', async (c) => {
    const { scene } = c.var
    const { signIn, sealer } = scene.outside
    const provider = c.req.param('provider')
    if (!providersOf(c).some(({ name }) => name === provider)) throw new Refusal('missing', 'no such provider')
    // It writes, so it counts as a post, although it's asked for by GET.
    await countPost(c)
    const linking = c.req.query('link') === 'yes'
    if (linking && scene.actor?.kind !== 'person') throw new Refusal('signed-out', 'linking needs an account')
    try {
      const { url, flow } = await signIn.begin(scene.tenant, provider, callback)
      const remembered: Remembered = {
        flow,
        back: localPath(c.req.query('back')),
        link: linking ? (scene.actor?.id ?? null) : null,
      }
      await perform(rememberFlow, scene, {
        id: sealer.hashToken(flow.state),
        browser: visitorOf(c),
        sealed: sealer.seal('sign-in-flow', JSON.stringify(remembered)),
      })
      return c.redirect(url, 303)
    } catch (error) {
      return failed(c, error, provider)
    }
  })
  .get(callback, async (c) => {
    const { scene } = c.var
    const { signIn, address } = scene.outside
    let provider: string | null = null
    try {
      const { flow, back, link } = await remembered(c)
      provider = flow.provider
      const url = new URL(address(scene.tenant, callback))
      url.search = new URL(c.req.url).search
      const signedIn = await signIn.finish(scene.tenant, url, flow)
      if (link) return askConsent(c, { signedIn, provider, back, link })
      const token = newToken()
      const { staff } = await recognised(c, signedIn, provider, hashed(c, token))
      await become(c, token)
      return seeOther(c, back === '/' && staff ? '/console' : back, wordsOf(c).signedIn)
    } catch (error) {
      return failed(c, error, provider)
    }
  })
  // Providers fetch it to check our signatures; the name of the provider is no secret.
  .get('/sign-in/keys/:provider', (c) => {
    const { scene } = c.var
    const keys = scene.outside.keys(scene.tenant, c.req.param('provider'))
    if (!keys) throw new Refusal('missing', 'no keys')
    return c.body(JSON.stringify(keys), 200, {
      'content-type': 'application/jwk-set+json',
      'cache-control': 'public, max-age=300',
    })
  })

/** What this browser was remembered to have left for. Works once. */
async function remembered(c: Ctx): Promise<Remembered> {
  const { scene } = c.var
  const { sealer } = scene.outside
  const { sealed } = await perform(takeFlow, scene, {
    id: sealer.hashToken(textOf(c.req.query('state'))),
    browser: visitorOf(c),
  })
  const opened = sealer.open('sign-in-flow', sealed)
  if (!opened) throw new Refusal('conflict', 'the flow can’t be read')
  return JSON.parse(opened) as Remembered
}

/** Begins the session of whoever the provider vouches for, each profile in its own way. */
async function recognised(c: Ctx, signedIn: SignedIn, provider: string, session: string): Promise<{ staff: boolean }> {
  const { scene } = c.var
  const { issuer, subject, attributes, business } = signedIn
  if (signedIn.profile === 'card') {
    await perform(recogniseCard, scene, { issuer, subject, attributes, provider, session })
    return { staff: false }
  }
  if (signedIn.profile === 'gbizid') {
    await perform(recogniseBusiness, scene, { issuer, subject, business, provider, session })
    return { staff: false }
  }
  const { name, mail, mailVerified, groups } = signedIn
  return perform(recognise, scene, {
    issuer,
    subject,
    name,
    mail,
    mailVerified,
    groups: [...groups],
    provider,
    session,
  })
}

/** Nothing is linked by coming back: the person is asked, in the session that began it. */
function askConsent(
  c: Ctx,
  { signedIn: all, provider, back, link }: { signedIn: SignedIn; provider: string; back: string; link: string },
) {
  const { scene, shell } = c.var
  if (scene.actor?.id !== link) throw new Refusal('conflict', 'somebody else is signed in now')
  const at = scene.now.getTime()
  // What is needed and no more: tokens of the provider don't travel.
  const { issuer, subject, name, mail, mailVerified, groups, profile, attributes, business } = all
  const signedIn = { issuer, subject, name, mail, mailVerified, groups, profile, attributes, business }
  return page(
    c,
    <ConsentPage
      pending={sealPending(scene, { person: link, provider, at, back, signedIn })}
      account={shell.person?.name ?? ''}
      profile={signedIn.profile}
      name={signedIn.name}
      company={signedIn.business?.company?.name ?? null}
      back={back}
    />,
  )
}

/** What a person can do about each fault of signing in; whatever isn't listed is the provider's answer not holding up. */
const sayOf: Record<string, keyof typeof ja.failed.reasons> = {
  denied: 'refused',
  state: 'expired',
  code: 'expired',
  expired: 'expired',
  unreachable: 'unreachable',
  timeout: 'unreachable',
  acr: 'weak',
  claims: 'incomplete',
}

/** A sign-in that could not be completed: says why, as far as a person can use it, and offers to begin again. */
async function failed(c: Ctx, error: unknown, provider: string | null) {
  const lost = error instanceof Refusal && error.kind === 'conflict'
  if (!lost && !(error instanceof SignInFailed)) throw error
  if (provider && error instanceof SignInFailed) {
    await perform(noteFailedSignIn, c.var.scene, { provider, fault: error.fault })
  }
  const say = error instanceof SignInFailed ? (sayOf[error.fault] ?? 'untrusted') : 'expired'
  return page(c, <SignInPage back="/" providers={providersOf(c)} failed={say} />, 400)
}
