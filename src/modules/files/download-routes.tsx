import { Hono } from 'hono'
import type { Reference } from '#core/reference.ts'
import { Refusal } from '#core/refusal.ts'
import type { Ctx, Web } from '#web/context.ts'
import { problem } from '#web/errors.tsx'
import { page } from '#web/render.ts'
import { wordsOf } from './form-files.ts'
import { FileTrouble } from './pages/file-trouble.tsx'
import { type Opened, openFile, openStaged } from './views/open-file.ts'

export const downloadRoutes = new Hono<Web>()
  .get('/files/staged/:token', async (c) => answer(c, await openStaged(c.var.scene, tokenOf(c.req.param('token')))))
  .get('/files/:id', (c) => sendFile(c, c.req.param('id')))
  .get('/api/v1/files/:id/content', (c) => sendFile(c, c.req.param('id')))

/**
 * Answers with a kept file as a download. A neighbour's own route that has decided who may (a page reached by receipt
 * number) names the thing in `about`; then only files about that thing are sent.
 */
export const sendFile = async (c: Ctx, id: string, about?: Reference) =>
  answer(c, await openFile(c.var.scene, id, about))

async function answer(c: Ctx, opened: Opened) {
  if (opened.found === 'open') {
    if (c.req.method !== 'HEAD') return c.body(opened.stream, 200, opened.headers)
    await opened.stream.cancel()
    return c.body(null, 200, opened.headers)
  }
  const { found } = opened
  const [status, kind] = found === 'gone' ? ([404, 'missing'] as const) : ([503, 'away'] as const)
  if (c.req.path.startsWith('/api/') || c.req.header('accept')?.startsWith('application/json')) {
    return problem(c, { status, kind, detail: wordsOf(c)[found].text, fields: {} })
  }
  const headers: Record<string, string> = found === 'away' ? { 'retry-after': '60' } : {}
  return page(c, <FileTrouble found={found} again={c.var.shell.path} />, status, headers)
}

function tokenOf(given: string): string {
  if (!/^[\w-]{40,60}$/.test(given)) throw new Refusal('missing', 'not a token')
  return given
}
