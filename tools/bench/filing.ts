import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { newToken } from '#platform/sealing.ts'
import type { Bench } from './figure.ts'
import { beside } from './parts/beside.ts'
import { assertAll, generate, requestOf } from './parts/generate.ts'
import { median } from './parts/median.ts'
import { filledIn, listen, type Pattern, patternOf, plainly, type Query, replay } from './parts/statements.ts'
import { openTown, type Ready, type Town } from './parts/town.ts'

const connections = 64
/** As large as the application's own pool. */
const poolSize = 12
const rounds = 3
const perRound = Number(process.env.BENCH_FILINGS ?? 3_000)
/** Of 64 who ask again at once: so many that the moment in which all of them begin is less than one in a hundred. */
const manyPerRound = Number(process.env.BENCH_FILINGS ?? 10_000)

/** The post that files a draft, at 64 connections, against its own statements by the bare driver on the same server. */
export const bench: Bench = {
  name: 'filing',
  async run(report) {
    const town = await openTown()
    try {
      const pattern = await patternOfFiling(town)
      const told = pattern.talk.queries
      console.log(`one filing: ${told.flat().length} statements in ${told.length} round trips`)
      if (process.env.BENCH_SHOW)
        console.log(told.map((g) => g.map(({ text }) => text.slice(0, 160)).join('\n')).join('\n--\n'))
      // As in a town that has been open for a while: both are warm, and statements are planned for many rows.
      await byHttp(town, perRound)
      await byDriver(town, pattern, perRound)
      await town.admin.query('vacuum analyze')
      const ours: Awaited<ReturnType<typeof byHttp>>[] = []
      const floors: Awaited<ReturnType<typeof byDriver>>[] = []
      const plain: Awaited<ReturnType<typeof byDriver>>[] = []
      for (let round = 0; round < rounds; round++) {
        ours.push(await byHttp(town, manyPerRound))
        floors.push(await byDriver(town, pattern, manyPerRound))
        plain.push(await byDriver(town, pattern, perRound, plainly))
      }
      const size = `${rounds} × ${manyPerRound} filings, ${connections} connections`
      const value = median(ours.map(({ answers, seconds }) => answers / seconds))
      const floor = median(plain.map(({ perSecond }) => perSecond))
      const strict = median(floors.map(({ perSecond }) => perSecond))
      for (const [name, least] of [
        ['as it comes', floor],
        ['that names its statements and sends them together, as ours', strict],
      ] as const) {
        report({
          name: `filings by HTTP against the same statements by bare pg ${name}`,
          size,
          unit: 'per second',
          ...beside('more', value, least, 0.6),
        })
        const perSecond = 0.6 * least
        const p99s: number[] = []
        for (let round = 0; round < rounds; round++) p99s.push((await byHttp(town, perRound, { perSecond })).p99)
        report({
          name: `filing, p99 while ${perSecond.toFixed(0)} a second arrive by chance: 0.6 of bare pg ${name}`,
          size: `${rounds} × ${perRound} filings, ${connections} connections, counted from when each was due`,
          unit: 'ms',
          ...inTime(median(p99s)),
        })
      }
      report({
        name: 'filing, p50 of 64 who ask again at once',
        size,
        value: median(ours.map(({ p50 }) => p50)),
        unit: 'ms',
      })
      const p99 = median(ours.map((one) => one.p99))
      const least99 = median(floors.map((one) => one.p99))
      report({
        name: 'filing, p99 of 64 who ask again at once; the same statements by bare pg, asked by as many',
        size,
        unit: 'ms',
        floor: least99,
        ratio: least99 / p99,
        ...inTime(p99),
      })
      // What is left of it when others use the machine too: work, not time.
      const work = median(ours.map(({ application, database }) => application + database)) * 1000
      const least = median(floors.map(({ driver, database }) => driver + database)) * 1000
      report({
        name: 'processor time of one filing, application and database',
        size,
        unit: 'ms',
        ...beside('less', work, least, 0.6),
      })
      report({
        name: 'of it the application’s, beside the bare driver’s',
        size,
        value: median(ours.map(({ application }) => application)) * 1000,
        unit: 'ms',
        floor: median(floors.map(({ driver }) => driver)) * 1000,
        ratio: median(floors.map(({ driver }) => driver)) / median(ours.map(({ application }) => application)),
      })
      for (const few of [16, 32]) {
        const { p99: ms, answers, seconds } = await byHttp(town, perRound, { connections: few })
        report({
          name: `filing, p99 of ${few} at once, ${(answers / seconds).toFixed(0)} per second`,
          size: `${perRound} filings, ${few} connections`,
          value: ms,
          unit: 'ms',
        })
      }
      const bare = await byBareHono(town, perRound)
      report({
        name: 'beside it: a bare Hono handler with three inserts, no tenants, rights, trail or letters',
        size: `${perRound} posts, ${connections} connections`,
        value,
        unit: 'per second',
        floor: bare,
        ratio: value / bare,
      })
    } finally {
      await town.close()
    }
  },
}

const inTime = (value: number) => ({ value, aim: 'under 100 ms', met: value < 100 })

/** The least that somebody would write for it, in a process of its own on the same server. */
async function byBareHono({ adminUrl }: Town, count: number) {
  const child = fork(join(process.cwd(), 'tools/bench/parts/bare.ts'), { execArgv: [] })
  try {
    child.send({ adminUrl })
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]
    const request = requestOf(`http://127.0.0.1:${port}`, '/file', { fields: { name: 'bench', detail: 'ことば' } })
    const order = { ports: [port], connections }
    await generate({ ...order, requests: Array(300).fill(request) })
    const measured = await generate({ ...order, requests: Array(count).fill(request) })
    assertAll(303, measured)
    return measured.answers / measured.seconds
  } finally {
    child.kill()
  }
}

async function byHttp(town: Town, count: number, ways: { connections?: number; perSecond?: number } = {}) {
  const ready = await town.readyDrafts(count)
  const spent = town.spent()
  const measured = await generate({
    ports: [town.application.port],
    connections,
    requests: ready.map(({ request }) => request),
    ...ways,
  })
  const { application, database } = town.spent(spent)
  assertAll(303, measured)
  await assertFiled(town, ready)
  return { ...measured, application: application / count, database: database / count }
}

/** Two filings, listened to: what differs between them is filled in anew for each that is replayed. */
async function patternOfFiling(town: Town): Promise<Pattern & { ready: Ready }> {
  const ready = await town.readyDrafts(4)
  const talks = []
  for (const { request } of ready) {
    talks.push(
      await listen(async () => {
        const answer = await town.house.app.request(fetchOf(town, request))
        if (answer.status !== 303) throw new Error(`a filing was answered with ${answer.status}`)
      }),
    )
  }
  // The first ones also prepare what is prepared once.
  const [, , third, fourth] = talks
  if (!third || !fourth) throw new Error('nothing was listened to')
  return { ...patternOf(third, fourth), ready: ready[2] as Ready }
}

/** The same request, for the house in this process. */
function fetchOf({ application }: Town, request: string): Request {
  const [head = '', body] = request.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = new Headers(lines.map((line) => line.split(': ') as [string, string]))
  const [method = '', path = ''] = first.split(' ')
  return new Request(`${application.base}${path}`, { method, headers, ...(body && { body }) })
}

async function byDriver(
  town: Town,
  pattern: Pattern & { ready: Ready },
  count: number,
  as = (talk: Query[][]) => talk,
) {
  const ready = await town.readyDrafts(count)
  const talks = (function* () {
    for (const { draft, owner } of ready) {
      const filled = filledIn(pattern, (blank) => {
        if (blank === pattern.ready.draft) return draft
        if (blank === pattern.ready.owner) return owner
        if (/^[0-9a-f]{8}-/.test(blank)) return randomUUID()
        return newToken()
          .replace(/[^A-Za-z0-9]/g, 'x')
          .slice(0, blank.length)
      })
      yield as(filled)
    }
  })()
  const [spent, own] = [town.spent(), process.cpuUsage()]
  const ways = { connections: poolSize, pipeline: pattern.talk.pipeline, asking: connections }
  const measured = await replay(town.appUrl, talks, ways)
  const { user, system } = process.cpuUsage(own)
  const { database } = town.spent(spent)
  await assertFiled(town, ready)
  return { ...measured, driver: (user + system) / 1e6 / count, database: database / count }
}

/** Did it all really happen? Each draft has one filing with its edition, event, letter, job and entry in the trail. */
async function assertFiled({ admin }: Town, ready: readonly Ready[]) {
  const { rows } = await admin.query(
    `select count(distinct f.id)::int as filings,
       count(distinct f.id) filter (where e.filing is not null and v.filing is not null and a.id is not null
         and d.notice is not null and j.id is not null)::int as whole
     from filing f
       left join filing_edition e on e.filing = f.id
       left join filing_event v on v.filing = f.id
       left join audit a on a.act = 'procedures.submit-filing' and a.subjects -> 0 ->> 'id' = f.id::text
       left join notice n on n.about ->> 'id' = f.id::text
       left join delivery d on d.notice = n.id
       left join jobs.job j on j.name = 'notices.deliver' and j.data ->> 'id' = n.id::text
     where f.draft = any($1)`,
    [ready.map(({ draft }) => draft)],
  )
  if (rows[0].filings !== ready.length || rows[0].whole !== ready.length) {
    throw new Error(`${ready.length} drafts became ${rows[0].filings} filings, ${rows[0].whole} of them whole`)
  }
}
