import { perform } from '#core/action.ts'
import { visitorId } from '#web/browser.ts'
import type { Ctx } from '#web/context.ts'
import { wordsFor } from '#web/words.ts'
import { signOut } from '../actions/sign-out.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'

/** The words of the page that answers. */
export const wordsOf = (c: Ctx) => wordsFor(c, { ja, en })

/** What is kept of a secret of this browser. */
export const hashed = (c: Ctx, token: string) => c.var.scene.outside.sealer.hashToken(token)

/** The browser that asks, known by its secret; it gets one if it has none. */
export const visitorOf = (c: Ctx) => visitorId(c.var.scene.outside.sealer, c.var.browser.claim())

/** Who vouches for people in this office. */
export const providersOf = (c: Ctx) => c.var.scene.outside.providers(c.var.scene.tenant)

/** One browser, one session: whoever was signed in here before is signed out, and doesn't stay behind unseen. */
export async function become(c: Ctx, token: string) {
  const { session, scene, browser } = c.var
  if (session?.live && scene.actor) await perform(signOut, scene, { session: session.id })
  browser.become(token)
}
