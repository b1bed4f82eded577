import { type Context, Hono } from 'hono'
import { type Action, perform } from '#core/action.ts'
import { show, type View } from '#core/view.ts'
import type { Ctx, Web } from './context.ts'
import { readJson, wellFormed } from './input.ts'
import type { Module } from './module.ts'
import { openapi } from './openapi.ts'
import { Unreadable } from './trouble.ts'

/** "procedures.submit-filing" is asked at /api/v1/procedures/submit-filing. */
const apiPath = (name: string) => `/api/v1/${name.replace('.', '/')}`

/** Performs an action for a program: JSON in, JSON out; refusals become problem documents. */
const answerAction = (act: Action) => async (c: Ctx) =>
  c.json((await perform(act, c.get('scene'), await readJson(c))) as object, 200, { 'cache-control': 'no-store' })

/** Shows a view to a program; its input comes from the query. */
const answerView = (shown: View) => async (c: Ctx) => {
  const query = c.req.query()
  if (!wellFormed(query)) throw new Unreadable(400, 'not well-formed text')
  return c.json((await show(shown, c.get('scene'), query)) as object, 200, { 'cache-control': 'no-store' })
}

/** Every action and view of every module, at an address of its own, with the same rights as the pages have. */
export function apiRoutes(modules: readonly Module[]) {
  const api = new Hono<Web>()
  for (const module of modules) {
    for (const act of module.actions) if (!act.pagesOnly) api.post(apiPath(act.name), answerAction(act))
    for (const shown of module.views) api.get(apiPath(shown.name), answerView(shown))
  }
  const printed = openapi(modules)
  return api.get('/api/v1/openapi.json', (c: Context<Web>) =>
    c.json({ ...printed, servers: [{ url: c.get('scene').outside.address(c.get('tenant').tenant, '/') }] }),
  )
}
