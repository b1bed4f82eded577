import type { Context, Next } from 'hono'
import type { Task } from '#core/contributions.ts'
import type { Db } from '#core/database.ts'
import type { Sealer } from '#core/outside.ts'
import { Refusal } from '#core/refusal.ts'
import type { Together } from '#platform/postgres.ts'
import { openAddress } from './address.ts'
import { openBrowser, visitorId } from './browser.ts'
import type { Ctx, Web } from './context.ts'
import { assertOwnOrigin, countPosts } from './guard.ts'
import type { House, Known } from './house.ts'
import { wellFormed } from './input.ts'
import { type Place, placeOf } from './places.ts'
import { type Opening, openRequests, touchSession } from './sessions.ts'
import { shellOf } from './shell.ts'
import { TooMany, Unreadable } from './trouble.ts'

const onConsole = (path: string) => /^\/console(\/|$)/.test(path)

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
  const work = (db: Db, asked: readonly Asked[]) => openAll(db, house, asked)
  const looks: Together<Asked, Opened | null> = { how: 'look', work }
  const posts: Together<Asked, Opened | null> = { how: 'note', work }
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
    const { note, together, ...doors } = house.database.doors(tenant, c.get('address'))
    const post = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
    const listed = house.tenants().find((one) => one.tenant === tenant)
    if (post && !api && listed) assertOwnOrigin(c, house.outside, listed)
    const asked: Asked = {
      tenant,
      path: place.path,
      // The API never looks at cookies: a page elsewhere can't make a browser act through it.
      session: !api && browser.token ? sealer.hashToken(browser.token) : null,
      bearer: api ? bearerOf(c, sealer) : null,
      address: c.get('address'),
      api,
      post,
      now,
    }
    const same = post ? posts : looks
    // The console also lists what waits for its people: nobody else is to wait for that.
    const opened = await together(same, asked, onConsole(place.path))
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
      ...doors,
    })
    const { session, known } = opened
    c.set('shell', shellOf({ house, c, tenant: opened.tenant, known, tasks: opened.tasks }))
    assertSurface(house, place.path, known)
    if (api && c.req.header('authorization') && !opened.token) throw new Refusal('signed-out', 'unknown token')
    if (opened.touch && session && known) await note((db) => touchSession(db, session.id, known.staff, now))
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

/** What is known of a request before the database is asked; tokens by their hashes. */
type Asked = {
  tenant: string
  path: string
  session: string | null
  bearer: string | null
  address: string
  api: boolean
  post: boolean
  now: Date
}
type Opened = Awaited<ReturnType<typeof askerOf>> & { over: boolean }

/** What a program says of itself. */
function bearerOf(c: Ctx, sealer: Sealer): string | null {
  const secret = c.req.header('authorization')?.match(/^Bearer ([\w-]{20,200})$/)?.[1]
  return secret === undefined ? null : sealer.hashToken(secret)
}

/**
 * Everything about requests to one tenant that the database knows, in one transaction for all that begin together; posts
 * are counted in it. Null where the tenant is unknown.
 */
async function openAll(db: Db, house: House, asked: readonly Asked[]): Promise<(Opened | null)[]> {
  const [{ tenant, post, now }] = asked as readonly [Asked, ...Asked[]]
  const opened = openRequests(
    db,
    tenant,
    asked.map(({ session: id, now }) => ({ id, now })),
  ).then((openings) => openings && Promise.all(openings.map((one, n) => askerOf(db, house, one, asked[n] as Asked))))
  const addresses = asked.map(({ address }) => address)
  const actors = async () => (await opened)?.map(({ sender }) => sender) ?? []
  const [all, over] = await Promise.all([opened, post ? countPosts(db, { addresses, actors }, now) : []])
  return asked.map((_, n) => (all?.[n] ? { ...all[n], over: over[n] ?? false } : null))
}

/** Who asks, and what waits for them. */
async function askerOf(db: Db, house: House, opening: Opening, { path, api, bearer, now }: Asked) {
  const found = opening.session?.live ? await house.actorOf(db, opening.session) : null
  const held = bearer ? await house.tokenActor(db, bearer, now) : null
  // Where only the public is served, nobody is staff, whatever they bring along.
  const known = house.surface === 'public' && found?.staff ? null : found
  const token = house.surface === 'public' && held?.roles.length ? null : held
  const tasks: Task[] = []
  if (known?.staff && onConsole(path)) {
    for (const list of house.registry.tasks) tasks.push(...(await list(db, known.actor)))
  }
  return { ...opening, known, token, tasks, sender: api ? token : (known?.actor ?? null) }
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
