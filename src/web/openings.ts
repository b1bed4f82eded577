import type { Task } from '#core/contributions.ts'
import type { Db } from '#core/database.ts'
import type { Actor } from '#core/policy.ts'
import type { Doors } from '#platform/postgres.ts'
import type { Together } from '#platform/together.ts'
import { countPosts } from './guard.ts'
import type { House } from './house.ts'
import { type Opening, openRequests } from './sessions.ts'

export const onConsole = (path: string) => /^\/console(\/|$)/.test(path)

/**
 * What opens a request: finds everything about it that the database knows, together with others that wait for the same.
 * @returns null where the tenant is unknown
 */
export function openerOf(house: House) {
  const work = (db: Db, asked: readonly Asked[]) => openAll(db, house, asked)
  const looks: Together<Asked, Opened | null> = { how: 'look', work }
  const posts: Together<Asked, Opened | null> = { how: 'note', work }
  return ({ look, note, together }: Doors, asked: Asked): Promise<Opened | null> => {
    if (!onConsole(asked.path)) return together(asked.post ? posts : looks, asked)
    // The console also lists what waits for its people: nobody else is to wait for that.
    const alone = (db: Db) => work(db, [asked]).then(([opened]) => opened ?? null)
    return asked.post ? note(alone) : look(alone)
  }
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

/**
 * Everything about requests to one tenant that the database knows, in one transaction for all that begin together. They are
 * posts or none is; posts are counted in it, all in the minute of the first.
 */
async function openAll(db: Db, house: House, asked: readonly Asked[]): Promise<(Opened | null)[]> {
  const [{ tenant, post, now }] = asked as readonly [Asked, ...Asked[]]
  const opened = openRequests(
    db,
    tenant,
    asked.map(({ session: id, now }) => ({ id, now })),
  ).then((openings) => openings && Promise.all(openings.map((one, n) => askerOf(db, house, one, asked[n] as Asked))))
  const addresses = asked.map(({ address }) => address)
  const count = () => countPosts(db, { addresses, actors: opened.then((all) => all?.map(senderOf) ?? []) }, now)
  const [all, over] = await Promise.all([opened, post ? count() : []])
  return asked.map((_, n) => (all?.[n] ? { ...all[n], over: over[n] ?? false } : null))
}

const senderOf = ({ sender }: { sender: Actor | null }) => sender

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
