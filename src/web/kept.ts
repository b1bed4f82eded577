import { keepable } from '#core/identifiers.ts'
import { visitorId } from './browser.ts'
import type { Ctx } from './context.ts'
import type { Typed } from './input.ts'
import { localPath } from './render.ts'
import { keepInput, releaseInput } from './sessions.ts'

const kept = new WeakMap<Request, string>()

/** Keeps what was typed, encrypted, for the person whose sign-in ran out; without one, for this browser. */
export async function keepTyped(c: Ctx, typed: Typed) {
  const { scene, session, browser } = c.var
  const { sealer } = scene.outside
  const { _csrf: _, ...given } = typed
  // What looks like an 個人番号 is kept nowhere, not even encrypted.
  const values = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(keepable) : keepable(value ?? ''),
    ]),
  )
  const id = await scene.change((db) =>
    keepInput(
      db,
      {
        person: session?.person ?? null,
        browser: session ? null : visitorId(sealer, browser.claim()),
        path: c.req.path,
        sealed: sealer.seal('kept-input', JSON.stringify(values)),
      },
      scene.now,
    ),
  )
  kept.set(c.req.raw, id)
  // Whichever way to sign in people choose on the page, also the one in its head, it leads back with what was kept.
  c.get('shell').path = returnPath(c)
}

/** Where to come back to after signing in: this page, with what was kept. */
export function returnPath(c: Ctx): string {
  const id = kept.get(c.req.raw)
  if (c.req.method === 'GET') return c.get('shell').path
  const path = localPath(c.req.path)
  return id ? `${path}?kept=${id}` : path
}

/** What was kept for this page, if the link names it and it is this person's. */
export async function releaseTyped(c: Ctx): Promise<Typed | null> {
  const id = c.req.query('kept')
  if (!id || !/^[0-9a-f-]{36}$/.test(id)) return null
  const { scene, session } = c.var
  const { sealer } = scene.outside
  const person = session?.live ? session.person : null
  const sealed = await scene.change((db) => releaseInput(db, id, { person, browsers: scene.visitor, path: c.req.path }))
  const text = sealed && sealer.open('kept-input', sealed)
  return text ? (JSON.parse(text) as Typed) : null
}
