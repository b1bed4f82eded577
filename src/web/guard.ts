import { randomUUID } from 'node:crypto'
import type { Db } from '#core/database.ts'
import type { Outside, Sealer } from '#core/outside.ts'
import type { Actor } from '#core/policy.ts'
import { countHits, type Tenant } from '#platform/tenants.ts'
import type { Ctx } from './context.ts'
import { Forged, TooMany } from './trouble.ts'

/**
 * How many posts a minute: people type, programs fetch. Many people share one address (a whole office behind its proxy,
 * phones behind their carrier), so that limit is wide; signing in has its own, stricter ones in `people`.
 */
const postsPerMinute = { address: 600, account: 120, token: 1_200 }

/** Refuses a post whose origin or form token isn't ours. Programs with a bearer token send no cookies, so they're exempt. */
export function assertOwnForm(c: Ctx, typed: Readonly<Record<string, unknown>>) {
  const token = c.get('browser').token
  const given = typeof typed._csrf === 'string' ? typed._csrf : ''
  if (!token || !isFormToken(c.get('outside').sealer, token, given)) throw new Forged()
}

/** The browser says where a post comes from; anything but this very site is refused before anything else is done. */
export function assertOwnOrigin(c: Ctx, outside: Pick<Outside, 'address'>, { tenant, hosts }: Tenant) {
  const origin = c.req.header('origin')
  const own = new URL(outside.address(tenant, '/'))
  // Behind a proxy with TLS the request itself came by plain HTTP: how the site is reached counts, not how we were.
  const ours = [own.host, new URL(c.req.url).host, ...hosts].map((host) => `${own.protocol}//${host}`)
  if (origin && !ours.includes(origin)) throw new Forged()
  if (!origin && !['same-origin', 'none', undefined].includes(c.req.header('sec-fetch-site'))) throw new Forged()
}

/** Weaker than the form's token: the browser itself says that a post comes from this very site (`assertOwnOrigin` ran before). */
export function assertSameSite(c: Ctx) {
  if (!c.req.header('origin') && c.req.header('sec-fetch-site') !== 'same-origin') throw new Forged()
}

/**
 * The token that a form carries: bound to the browser's cookie, worthless without it. Different on every page, so that
 * compressed pages give nothing away of it (BREACH).
 */
export function formTokenOf(sealer: Pick<Sealer, 'sign'>, token: string): string {
  const salt = randomUUID().slice(-12)
  return `${salt}.${sealer.sign('form', `${salt} ${token}`)}`
}

const isFormToken = (sealer: Sealer, token: string, given: string): boolean => {
  const [salt = '', signature = ''] = given.split('.')
  return sealer.verify('form', `${salt} ${token}`, signature)
}

const overAddress = (count: number, actor: Actor | null) =>
  count > (actor?.kind === 'token' ? postsPerMinute.token : postsPerMinute.address)

/** Posts, each with its address and who sends it; who that is may be told while the addresses are being counted. */
type Posts = { addresses: readonly string[]; actors: Promise<readonly (Actor | null)[]> | readonly (Actor | null)[] }

/**
 * Counts posts for their addresses and accounts.
 * @returns for each: were there too many from this address, or from this account? Then no more until the minute is over
 */
export async function countPosts(db: Db, { addresses, actors }: Posts, now: Date): Promise<boolean[]> {
  const from = addresses.map((address) => `post:${address}`)
  const [counts, senders] = await Promise.all([countHits(db, from, now, 60), actors])
  const over = senders.map((actor, n) => overAddress(counts[n] ?? 0, actor))
  const persons = senders.flatMap((actor, n) => (actor?.kind === 'person' && !over[n] ? { n, id: actor.id } : []))
  const accounts = persons.map(({ id }) => `post:${id}`)
  const posts = await countHits(db, accounts, now, 60)
  for (const [at, { n }] of persons.entries()) over[n] = (posts[at] ?? 0) > postsPerMinute.account
  return over
}

/** Counts what is as costly as a post, for address and account; too many are refused until the minute is over. */
export async function countPost({ var: { scene, address } }: Ctx) {
  const { actor, now } = scene
  const posts = { addresses: [address], actors: [actor] }
  const [over] = await scene.change((db) => countPosts(db, posts, now))
  if (over) throw new TooMany()
}
