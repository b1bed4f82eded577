import { perform } from '#core/action.ts'
import type { Ctx } from '#web/context.ts'
import { signOut } from './actions/sign-out.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

export const wordsOf = (c: Ctx) => (c.var.shell.language === 'en' ? en : ja)
export const hashed = (c: Ctx, token: string) => c.var.scene.outside.sealer.hashToken(token)
export const providersOf = (c: Ctx) => c.var.scene.outside.providers(c.var.scene.tenant)

/** One browser, one session: whoever was signed in here before is signed out, and doesn't stay behind unseen. */
export async function become(c: Ctx, token: string) {
  const { session, scene, browser } = c.var
  if (session?.live && scene.actor) await perform(signOut, scene, { session: session.id })
  browser.become(token)
}
