import { type Child, drawIn } from '#ui/index.ts'
import type { Ctx } from './context.ts'
import { packed } from './pack.ts'

/** Renders a page in its shell and sends it whole: a status can't be corrected once a stream has begun. */
export async function page(c: Ctx, content: Child, status = 200, headers: Record<string, string> = {}) {
  const text = drawIn(c.get('shell'), content, c.get('base'))
  const zip = text.length > 1_400 && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
  return c.body(zip ? await packed(text) : text, status as 200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    vary: 'accept-encoding',
    ...(zip && { 'content-encoding': 'gzip' }),
    ...headers,
  })
}

/** 303 to another page of the same tenant, with a sentence to show there once. */
export function seeOther(c: Ctx, path: string, said?: string) {
  if (said) {
    const { sealer } = c.get('scene').outside
    c.header('set-cookie', sayCookie(c, sealer.seal('said', said)), { append: true })
  }
  return c.body(null, 303, { location: c.get('base') + localPath(path), 'cache-control': 'no-store' })
}

/**
 * Only paths of this very site: what others may have put into a link can't lead elsewhere. Escaped where needed, since
 * a header carries nothing but ASCII.
 */
export function localPath(path: string | null | undefined): string {
  if (!path?.startsWith('/') || path.startsWith('//') || path.includes('\\')) return '/'
  for (const character of path) if (character < ' ' || character === '\x7f') return '/'
  return path.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent)
}

const sayCookie = (c: Ctx, value: string) =>
  `attaka-said=${value}; Path=${c.get('base') || '/'}; Max-Age=60; HttpOnly; SameSite=Lax${overTls(c) ? '; Secure' : ''}`

/** Cookies are marked Secure wherever the page came by TLS (the proxy says so through BASE_URL). */
export const overTls = (c: Ctx): boolean =>
  c.get('scene').outside.address(c.get('tenant').tenant, '/').startsWith('https:')
