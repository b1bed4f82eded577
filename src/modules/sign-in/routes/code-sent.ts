import { isId } from '#core/ids.ts'
import type { Ctx } from '#web/context.ts'
import { codeMinutes, codeTries } from '../actions/use-code.ts'
import { findCode } from '../queries.ts'
import { visitorOf } from './browser.ts'

/** Where a code went, for the browser that asked for it, and whether it still opens anything. */
export async function codeSent(c: Ctx, id: string): Promise<{ mail: string | null; over: boolean }> {
  const { scene, browser } = c.var
  const sent = isId(id) ? await scene.look((db) => findCode(db, id, browser.token ? visitorOf(c) : '')) : undefined
  const opened = sent && scene.outside.sealer.open('mail-code', sent.sealed)
  const live =
    sent &&
    !sent.used_at &&
    sent.tries < codeTries &&
    scene.now.getTime() - sent.sent_at.getTime() < codeMinutes * 60_000
  return { mail: opened ? (JSON.parse(opened) as { mail: string }).mail : null, over: !live }
}
