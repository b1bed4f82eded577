import type { Context, Next } from 'hono'
import type { Sealer } from '#core/outside.ts'
import { Refusal } from '#core/refusal.ts'
import { openAddress } from './address.ts'
import { openBrowser, visitorId } from './browser.ts'
import type { Ctx, Web } from './context.ts'
import { assertOwnOrigin } from './guard.ts'
import type { House, Known } from './house.ts'
import { wellFormed } from './input.ts'
import { onConsole, openerOf } from './openings.ts'
import { type Place, placeOf } from './places.ts'
import { touchSession } from './sessions.ts'
import { shellOf } from './shell.ts'
import { TooMany, Unreadable } from './trouble.ts'

/** Those who ask now ask again in a moment; beyond so many, all are signed anew. */
const mostSigned = 1_000

/** Signs the same text once. */
function signedOnce(sign: (text: string) => string) {
  const known = new Map<string, string>()
  return (text: string): string => {
    const found = known.get(text)
    if (found) return found
    if (known.size >= mostSigned) known.clear()
    const signed = sign(text)
    known.set(text, signed)
    return signed
  }
}

/** An address under which limits may be written down. */
function hashed(addressOf: (c: Ctx) => string, sealer: Sealer) {
  const hash = signedOnce((address) => sealer.sign('address', address))
  return (c: Ctx) => hash(addressOf(c))
}

/** Finds the tenant and who asks, and opens the scene that everything else works through. */
export function openScene(house: House) {
  const addressOf = hashed(openAddress(house.proxyHops, house.log), house.outside.sealer)
  const open = openerOf(house)
  return async (c: Context<Web>, next: Next) => {
    const place = await findPlace(house, c)
    c.set('base', place.base)
    c.set('outside', house.outside)
    c.set('address', addressOf(c))
    const { pathname, search } = new URL(c.req.url)
    const readable = wellFormed(decoded(pathname + search))
    if (!place.tenant) {
      if (!readable) throw new Unreadable(400, 'not well-formed text')
      c.set('shell', shellOf({ house, c, tenant: null, known: null, tasks: [] }))
      if (house.byPath && place.path === '/') return next()
      throw new Refusal('missing', 'no such tenant')
    }

    const now = house.clock()
    const { tenant } = place
    const { sealer } = house.outside
    const api = place.path.startsWith('/api/')
    const idOf = signedOnce((secret) => visitorId(sealer, secret))
    const browser = openBrowser(c, place.base, house.outside.address('', '/').startsWith('https:'))
    c.set('browser', browser)
    // Only now, so that the page that says so knows whose it is.
    if (!readable) throw new Unreadable(400, 'not well-formed text')
    const doors = house.database.doors(tenant, c.get('address'))
    const post = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
    const listed = house.tenants().find((one) => one.tenant === tenant)
    if (post && !api && listed) assertOwnOrigin(c, house.outside, listed)
    const opened = await open(doors, {
      tenant,
      path: place.path,
      // The API never looks at cookies: a page elsewhere can't make a browser act through it.
      session: !api && browser.token ? sealer.hashToken(browser.token) : null,
      bearer: api ? bearerOf(c, sealer) : null,
      address: c.get('address'),
      api,
      post,
      now,
    })
    if (!opened) throw new Refusal('missing', 'no such tenant')
    c.set('tenant', opened.tenant)
    c.set('session', opened.session)
    c.set('scene', {
      tenant,
      actor: api ? opened.token : (opened.known?.actor ?? null),
      // A getter: a page that needs it may have given the browser its secret meanwhile.
      get visitor() {
        return api ? [] : browser.secrets().map(idOf)
      },
      now,
      registry: house.registry,
      outside: house.outside,
      send: house.send(tenant),
      look: doors.look,
      change: doors.change,
      along: doors.along,
    })
    const { session, known } = opened
    c.set('shell', shellOf({ house, c, tenant: opened.tenant, known, tasks: opened.tasks }))
    assertSurface(house, place.path, known)
    if (api && c.req.header('authorization') && !opened.token) throw new Refusal('signed-out', 'unknown token')
    if (opened.touch && session && known) await doors.note((db) => touchSession(db, session.id, known.staff, now))
    if (opened.over) throw new TooMany()
    return next()
  }
}

/** Which tenant and path; an address that names no known tenant lets the registry be asked again. */
async function findPlace(house: House, c: Ctx): Promise<Place> {
  const url = new URL(c.req.url)
  const place = placeOf(url, house.tenants(), house.byPath)
  // In a trial the bare address is the instance's own front page; in production it names a tenant that may be new.
  if (place.tenant || (house.byPath && place.path === '/')) return place
  await house.refreshTenants()
  return placeOf(url, house.tenants(), house.byPath)
}

/** What a program says of itself. */
function bearerOf(c: Ctx, sealer: Sealer): string | null {
  const secret = c.req.header('authorization')?.match(/^Bearer ([\w-]{20,200})$/)?.[1]
  return secret === undefined ? null : sealer.hashToken(secret)
}

/** Public pages and the staff console may run as separate processes on separate networks, from the same code. */
function assertSurface({ surface }: House, path: string, known: Known | null) {
  if (surface === 'public' && onConsole(path)) throw new Refusal('missing', 'the console is elsewhere')
  if (surface !== 'staff' || known?.staff || path.startsWith('/api/')) return
  if (/^\/(sign-in|sign-out|language|accessibility|my)(\/|$)/.test(path)) return
  throw new Refusal(known ? 'forbidden' : 'signed-out', 'this surface is for staff')
}

/** The address as its reader meant it; what can't be decoded is no text. */
function decoded(text: string) {
  try {
    return decodeURIComponent(text)
  } catch {
    return '\0'
  }
}
