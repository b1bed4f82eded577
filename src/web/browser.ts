import { getCookie, setCookie } from 'hono/cookie'
import type { Sealer } from '#core/outside.ts'
import { newToken } from '#platform/sealing.ts'
import type { Browser, Ctx } from './context.ts'

/**
 * The names of the browser's own secret and of the one before. Plain HTTP (a trial on localhost) can't use the `__Host-`
 * prefix, nor can a cookie bound to a path; elsewhere it keeps neighbours below the same domain from planting either.
 */
const cookieNames = (base: string, tls: boolean) => {
  const name = tls && !base ? '__Host-attaka' : 'attaka'
  return { name, before: `${name}-before` }
}

/**
 * What a browser is remembered by, made of its secret: another value than the id of the session that the secret may stand
 * for, so that what a visitor owns can't be found from the table of sessions, nor the other way round.
 */
export const visitorId = (sealer: Pick<Sealer, 'sign'>, secret: string): string => sealer.sign('visitor', secret)

/** The browser's own secret. One cookie per tenant; renewed when somebody signs in, forgotten when they sign out. */
export function openBrowser(c: Ctx, base: string, tls: boolean): Browser {
  const { name, before } = cookieNames(base, tls)
  let token = shaped(getCookie(c, name))
  const options = { path: base || '/', httpOnly: true, sameSite: 'Lax', secure: tls } as const
  const set = (value: string, seconds?: number) => {
    setCookie(c, name, value, { ...options, ...(seconds && { maxAge: seconds }) })
    token = value
    return value
  }
  return {
    get token() {
      return token
    },
    secrets: () => [token, shaped(getCookie(c, before))].filter((secret) => secret !== null),
    claim: () => token ?? set(newToken()),
    keepFor: (days) => {
      // A session's secret is never prolonged: how long it opens anything is the session's to say.
      if (!c.get('session')) set(token ?? newToken(), days === null ? undefined : days * 86_400)
    },
    become: (fresh) => {
      // What was typed before signing in may be released to the same browser afterwards.
      if (token) setCookie(c, before, token, { ...options, maxAge: 900 })
      set(fresh)
    },
    forget: () => {
      for (const gone of [name, before]) setCookie(c, gone, '', { ...options, maxAge: 0 })
      token = null
    },
  }
}

const shaped = (given: string | undefined) => (given && /^[\w-]{40,60}$/.test(given) ? given : null)
