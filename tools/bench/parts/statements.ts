import pg from 'pg'

/**
 * What the application says to its database while it answers one request, to say the same again without the application.
 * Queries that are sent before the ones before them are answered stay together: the floor may do it as the application does.
 */
export type Query = { text: string; values: readonly unknown[]; name?: string }
export type Talk = { queries: readonly Query[][]; pipeline: boolean }

/** Listens to the pools of this process that call themselves `attaka`, while `work` runs. */
export async function listen(work: () => Promise<unknown>): Promise<Talk> {
  const queries: Query[][] = []
  let open = 0
  let pipeline = false
  const client = pg.Client.prototype as unknown as { query(this: pg.Client, ...given: unknown[]): unknown }
  const original = client.query
  client.query = function (...given) {
    const asked = original.apply(this, given)
    const settings = this as unknown as { connectionParameters: { application_name?: string }; pipeline?: boolean }
    if (settings.connectionParameters.application_name !== 'attaka') return asked
    pipeline ||= settings.pipeline === true
    const [first, second] = given as [string | Query, unknown[]?]
    const query =
      typeof first === 'string'
        ? { text: first, values: second ?? [] }
        : { text: first.text, values: first.values ?? second ?? [], ...(first.name && { name: first.name }) }
    if (open === 0) queries.push([query])
    else queries.at(-1)?.push(query)
    open++
    const over = () => {
      open--
    }
    ;(asked as Promise<unknown>).then(over, over)
    return asked
  }
  try {
    await work()
  } finally {
    client.query = original
  }
  return { queries, pipeline }
}

/** A talk with its blanks: `fill` gives what stands in them, which must differ each time. */
export type Pattern = { talk: Talk; blanks: readonly string[] }

/**
 * What differs between two talks about two like things: ids, numbers, hashes, times. Everything else stays as it is.
 * @throws when they don't differ in words only
 */
export function patternOf(one: Talk, other: Talk): Pattern {
  const blanks = new Set<string>()
  const shape = (talk: Talk) => talk.queries.flat().map(({ text }) => text.replace(words, '·'))
  if (JSON.stringify(shape(one)) !== JSON.stringify(shape(other))) {
    throw new Error('the application said different things about two like requests')
  }
  const rest = other.queries.flat()
  one.queries.flat().forEach((query, n) => {
    const like = rest[n] as Query
    const pairs = [[query.text, like.text], ...query.values.map((value, at) => [value, like.values[at]])]
    for (const [here, there] of pairs.map((pair) => pair.map(asText))) {
      if (typeof here !== 'string' || typeof there !== 'string' || here === there) continue
      const [mine, theirs] = [here.match(words) ?? [], there.match(words) ?? []]
      mine.forEach((word, at) => {
        if (word !== theirs[at]) blanks.add(word)
      })
    }
  })
  return { talk: one, blanks: [...blanks] }
}

const words = /[\w-]{6,}/g

/** JSON is looked into like text; times, numbers and the like stand for themselves. */
const isJson = (value: unknown) => typeof value === 'object' && value !== null && !(value instanceof Date)
const asText = (value: unknown) => (isJson(value) ? JSON.stringify(value) : value)

/** The talk with its blanks filled in, and the present time where there was a time. */
export function filledIn({ talk, blanks }: Pattern, fill: (blank: string) => string): Query[][] {
  const filled = new Map(blanks.map((blank) => [blank, fill(blank)]))
  const put = (text: string) => text.replace(words, (word) => filled.get(word) ?? word)
  const now = new Date()
  return talk.queries.map((group) =>
    group.map(({ text, values, name }) => ({
      text: put(text),
      values: values.map((value) => {
        if (value instanceof Date) return now
        if (isJson(value)) return JSON.parse(put(JSON.stringify(value)))
        return typeof value === 'string' ? put(value) : value
      }),
      ...(name && { name }),
    })),
  )
}

/** The same as the driver says it by itself: one statement after another, each planned anew. */
export const plainly = (talk: Query[][]): Query[][] => talk.flat().map(({ text, values }) => [{ text, values }])

type Ways = { connections: number; pipeline: boolean; asking?: number }

/**
 * Says it all to the server by the bare driver, on so many connections, and gives how many a second and the times. Where more
 * ask than there are connections, they wait for one in the order in which they came, and their times count from then.
 */
export async function replay(
  appUrl: string,
  talks: Iterator<Query[][]>,
  { connections, pipeline, asking = connections }: Ways,
) {
  const times: number[] = []
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: appUrl, pipeline } as pg.ClientConfig)
      await client.connect()
      return client
    }),
  )
  const free = [...clients]
  const waiting: ((client: pg.Client) => void)[] = []
  const take = () => free.pop() ?? new Promise<pg.Client>((given) => waiting.push(given))
  const giveBack = (client: pg.Client) => {
    const next = waiting.shift()
    if (next) next(client)
    else free.push(client)
  }
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: asking }, async () => {
      for (let next = talks.next(); !next.done; next = talks.next()) {
        const since = performance.now()
        const client = await take()
        for (const group of next.value) await Promise.all(group.map((query) => client.query(query as pg.QueryConfig)))
        giveBack(client)
        times.push(performance.now() - since)
      }
    }),
  )
  const seconds = (performance.now() - begun) / 1000
  await Promise.all(clients.map((client) => client.end()))
  times.sort((a, b) => a - b)
  return {
    perSecond: times.length / seconds,
    p50: times[Math.floor(times.length * 0.5)] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  }
}
