import { getCookie, setCookie } from 'hono/cookie'
import { newToken } from '#platform/sealing.ts'
import type { Browser, Ctx } from './context.ts'

/** Plain HTTP (a trial on localhost) can't use the `__Host-` prefix, nor can a cookie bound to a path. */
export const cookieName = (base: string, tls: boolean) => (tls && !base ? '__Host-attaka' : 'attaka')

/** The browser's own secret. One cookie per tenant; renewed when somebody signs in or out. */
export function openBrowser(c: Ctx, base: string, tls: boolean): Browser {
  const name = cookieName(base, tls)
  const given = getCookie(c, name)
  let token = given && /^[\w-]{40,60}$/.test(given) ? given : null
  const options = { path: base || '/', httpOnly: true, sameSite: 'Lax', secure: tls } as const
  const set = (value: string) => {
    setCookie(c, name, value, options)
    token = value
    return value
  }
  return {
    get token() {
      return token
    },
    claim: () => token ?? set(newToken()),
    become: (fresh) => {
      // What was typed before signing in may be released to the same browser afterwards.
      if (token) setCookie(c, 'attaka-before', token, { ...options, maxAge: 900 })
      set(fresh)
    },
  }
}
