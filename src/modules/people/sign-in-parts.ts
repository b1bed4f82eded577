import { perform } from '#core/action.ts'
import { isId } from '#core/ids.ts'
import type { Ctx } from '#web/context.ts'
import { signOut } from './actions/sign-out.ts'
import { codeMinutes, codeTries } from './actions/use-code.ts'
import { findCode } from './queries/sign-ins.ts'
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

/** Where a code went, for the browser that asked for it, and whether it still opens anything. */
export async function codeSent(c: Ctx, id: string): Promise<{ mail: string | null; over: boolean }> {
  const { scene, browser } = c.var
  const sent = isId(id)
    ? await scene.look((db) => findCode(db, id, browser.token ? hashed(c, browser.token) : ''))
    : undefined
  const opened = sent && scene.outside.sealer.open('mail-code', sent.sealed)
  const live =
    sent &&
    !sent.used_at &&
    sent.tries < codeTries &&
    scene.now.getTime() - sent.sent_at.getTime() < codeMinutes * 60_000
  return { mail: opened ? (JSON.parse(opened) as { mail: string }).mail : null, over: !live }
}
