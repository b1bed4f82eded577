import { setTimeout as sleep } from 'node:timers/promises'
import { type Chance, chance } from '../chance.ts'
import { type Application, openApplication } from './application.ts'
import { openDrafts } from './drafts.ts'
import { type Evidence, evidence, lettersSent } from './evidence.ts'
import { blame, type Ledger, type Load, startLoad, unhelpful } from './load.ts'
import { procedurePath, tenantPath } from './visitor.ts'
import { until } from './waiting.ts'
import { type Answer, ask } from './wire.ts'

export type RunOptions = {
  /** What is killed: the application, its database server while it stays up, or now one, now the other. */
  what: 'app' | 'database' | 'both'
  kills: number
  /** No further kill is begun after this. */
  until?: number
  clients: number
  seed: string
  /** Besides the clients, so many who file complete drafts as fast as they can. */
  batch?: number
  /** So many are acknowledged before each blow. */
  between?: number
  /** The run goes on without blows until so many are acknowledged. */
  acknowledgements?: number
  /** Settings of the application besides those it needs. */
  settings?: Record<string, string>
  /** What else is to be done with the application before it is stopped, once no more is killed. */
  afterwards?(application: Application): Promise<void>
  /** Asked before every kill: true ends the run as if it were over. */
  stop?(): boolean
  /** Told after each kill, with the count so far. */
  told?(kills: Record<string, number>, ledger: Ledger): void
  /** Leaves the data folder behind when something is wrong with what is in it. */
  keep?: boolean
}

/** After so many kills a long run looks whether it's still worth going on. */
const lookEvery = 50

export type Outcome = Evidence & {
  kills: Record<string, number>
  answers: Record<string, number>
  /** What should never happen, besides losing and doubling. */
  faults: string[]
  /** Killings of the database after which the application said "come back later" before it was well again. */
  outages: number
  /** The longest time, in milliseconds, from a kill of the database until pages came again. */
  longestOutage: number
  /** How it ended when it was asked to stop; 0 is right. */
  exitCode: number | null
  /** Processes of the database server left behind by a stop. */
  leftBehind: number
  /** Where the data were, or, if they were kept, still are. */
  dataDir: string
}

type Run = {
  application: Application
  load: Load
  luck: Chance
  between: number
  kills: Record<string, number>
  outages: number
  longestOutage: number
}

/**
 * Kills the real application or its database server under load, again and again, and then asks the database for every
 * filing that was acknowledged. Everything is on a folder and a port of its own, and gone afterwards.
 */
export async function crashRun(options: RunOptions): Promise<Outcome> {
  const { what, clients, seed, batch = 0, between = 1, acknowledgements = 0 } = options
  const { stop = () => false, told = () => {}, keep = false } = options
  const application = await openApplication(options.settings ? { settings: options.settings } : {})
  const luck = chance(seed)
  let wrong = true
  try {
    application.start()
    await application.ready()
    const { base } = application
    const drafts = openDrafts(application)
    const load = startLoad({ base, clients, chance: chance(`${seed} clients`), prefix: 'soak-', batch, drafts })
    const run: Run = { application, load, luck, between, kills: {}, outages: 0, longestOutage: 0 }
    const enough = () => sum(run.kills) >= options.kills || Date.now() > (options.until ?? Infinity) || stop()
    let looked = 0
    while (!enough()) {
      const app = what === 'app' || (what === 'both' && luck.often(0.5))
      await (app ? killApplication(run, options.kills) : killDatabase(run))
      told(run.kills, load.ledger)
      if (sum(run.kills) < looked + lookEvery) continue
      looked = sum(run.kills)
      if (spoilt(await look(run))) break
    }
    const { acknowledged } = load.ledger
    while (acknowledged.size < acknowledgements && Date.now() < (options.until ?? Infinity) && !stop()) {
      await load.next('acknowledged')
    }
    const outcome = await conclude(run, options.afterwards)
    wrong = spoilt(outcome)
    return outcome
  } finally {
    await application.remove({ keep: keep && wrong })
  }
}

/** Is anything lost, doubled or written by half? */
export const spoilt = ({ lost, doubled, halfWritten }: Evidence) =>
  lost.length + doubled.length + halfWritten.length > 0

/** What is acknowledged now must be found a moment later; more may have come meanwhile. */
const look = ({ application, load: { ledger } }: Run) =>
  evidence(application.adminUrl(), { ...ledger, acknowledged: structuredClone(ledger.acknowledged) })

const count = (run: Run, kind: string) => {
  run.kills[kind] = (run.kills[kind] ?? 0) + 1
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, one) => total + one, 0)

/** Lets the load get through once, then waits for a moment worth striking at. */
async function aim({ load, luck, between }: Run) {
  const enough = load.ledger.acknowledged.size + between
  while (load.ledger.acknowledged.size < enough) await load.next('acknowledged')
  // Half of the blows fall while a filing is on its way: the longest of them ends in some 30 ms.
  if (luck.often(0.5)) {
    await load.next('submitting')
    await sleep(luck.below(30))
  } else await sleep(luck.below(300))
}

/** Kills the application, now and then together with its database server, and some of the starts after it as well. */
async function killApplication(run: Run, limit: number) {
  const { application, luck, load } = run
  await aim(run)
  if (!application.living()) {
    blame(load.ledger, `the application ended by itself: ${application.words()}`)
  }
  const both = luck.often(0.2)
  const postmaster = both ? application.postmaster() : null
  if (postmaster) kill(postmaster)
  await application.kill()
  count(run, both ? 'application and database server' : 'application')
  while (sum(run.kills) < limit && luck.often(0.3)) {
    application.start()
    await sleep(luck.below(1_200))
    await application.kill()
    count(run, 'application while it starts')
  }
  application.start()
  await application.ready()
}

/** Kills the database server, or one process of it, and watches the application until it is well again. */
async function killDatabase(run: Run) {
  const { application, luck, load } = run
  await aim(run)
  const postmaster = await until('the database server to run', () => application.postmaster())
  const whole = luck.often(0.75)
  const others = application.servers().filter((pid) => pid !== postmaster)
  kill(whole ? postmaster : (others[Math.floor(luck.below(others.length))] ?? postmaster))
  count(run, whole ? 'database server' : 'one process of the database server')

  const began = Date.now()
  let away = 0
  let round = 0
  await until(
    'pages to come again',
    async () => {
      // Away is away for people and for programs, while the application itself says that it lives.
      const path = [procedurePath, '/readyz', `${tenantPath}/api/v1/procedures/catalogue`][round++ % 3] ?? '/'
      const [answer, alive] = await Promise.all([probe(application, path), probe(application, '/healthz')])
      if (alive?.status !== 200) throw new Error(`the application did not survive: ${application.words()}`)
      if (answer?.status === 503) {
        away++
        for (const lack of unhelpful(answer)) blame(load.ledger, lack)
      }
      return path === procedurePath && answer?.status === 200 && (away > 0 || Date.now() - began > 1_000)
    },
    60_000,
  )
  if (away > 0) run.outages++
  run.longestOutage = Math.max(run.longestOutage, Date.now() - began)
}

const probe = ({ base }: Application, path: string): Promise<Answer | null> => ask({ base, path }).catch(() => null)

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // It had ended by itself in between: a backend whose connection was given up.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Lets the load end, sees that letters still go out, reads the database, and stops in good order. */
async function conclude(
  { application, load, kills, outages, longestOutage }: Run,
  afterwards: RunOptions['afterwards'] = async () => {},
): Promise<Outcome> {
  const before = await lettersSent(application.adminUrl())
  await until('letters to go out again', async () => (await lettersSent(application.adminUrl())) > before)
  await load.stop()
  const { ledger } = load
  const found = await evidence(application.adminUrl(), ledger)
  await afterwards(application)
  const exitCode = await application.stop()
  return {
    ...found,
    kills,
    answers: Object.fromEntries([...ledger.answers].sort()),
    faults: [...ledger.faults, ...application.faults],
    outages,
    longestOutage,
    exitCode,
    leftBehind: application.servers().length,
    dataDir: application.dataDir,
  }
}
