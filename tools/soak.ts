import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../tests/crash/application.ts'
import { crashRun, type Outcome, spoilt } from '../tests/crash/run.ts'
import { type Foreign, foreignIds } from './soak/foreign.ts'
import { type Requested, randomRequests } from './soak/requests.ts'

const usage = `npm run soak -- [--kills N] [--minutes M] [--acknowledgements A] [--what application|database|both]
                [--clients C] [--batch B] [--between G] [--requests R] [--ids I] [--seed TEXT]

Kills the application, its database server or both under load, until N kills or M minutes are over or until Ctrl-C, and
then looks for every acknowledged filing. C clients go the whole way from the page of a procedure to the receipt; B more
file complete drafts as fast as they can, and G filings are acknowledged before each blow. Without blows it goes on
until A are acknowledged. Then R requests by chance to every page and operation of the API, and I tries with names of
things in one town at another. Ends with 1 when a filing is lost, doubled or written by half, when an answer was wrong,
at a server error or a leak. The same seed plans the same faults; what they hit depends on the machine.`

/** What the command line asks for. Throws one sentence. */
function readArguments() {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string' },
      minutes: { type: 'string' },
      clients: { type: 'string', default: '8' },
      batch: { type: 'string', default: '0' },
      between: { type: 'string', default: '1' },
      acknowledgements: { type: 'string', default: '0' },
      requests: { type: 'string', default: '0' },
      ids: { type: 'string', default: '0' },
      what: { type: 'string', default: 'both' },
      seed: { type: 'string', default: randomBytes(6).toString('hex') },
      help: { type: 'boolean', default: false },
    },
  })
  const number = (name: Exclude<keyof typeof values, 'what' | 'seed' | 'help'>) => {
    const given = values[name] === undefined ? Infinity : Number(values[name])
    if (!(given >= 0)) throw new Error(`--${name} must be a number, 0 or more.`)
    return given
  }
  const { seed, help } = values
  const what = kinds[values.what as keyof typeof kinds]
  if (!what) throw new Error('--what must be application, database or both.')
  return {
    ...{ what, seed, help, kills: number('kills'), minutes: number('minutes') },
    ...{ clients: Math.max(1, number('clients')), batch: number('batch'), between: Math.max(1, number('between')) },
    ...{ acknowledgements: number('acknowledgements'), requests: number('requests'), ids: number('ids') },
  } as const
}

const kinds = { application: 'app', database: 'database', both: 'both' } as const

async function soak({ minutes, requests, ids, ...plan }: ReturnType<typeof readArguments>) {
  await ensureBuilt()
  let asked = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(130)
      asked = true
      console.log('Looking at what is there; once more to leave at once.')
    })
  }
  console.log(`seed ${plan.seed}, ${plan.clients} clients`)
  const began = Date.now()
  let requested: Requested | null = null
  let foreign: Foreign | null = null
  const outcome = await crashRun({
    ...plan,
    // Who asks stands in a header, as behind a proxy: otherwise thousands would seem to come from one address.
    settings: { PROXY_HOPS: '1' },
    async afterwards(application) {
      if (requests > 0) requested = await randomRequests(application, requests, plan.seed)
      if (ids > 0) foreign = await foreignIds(application, ids, plan.seed)
    },
    until: Date.now() + minutes * 60_000,
    keep: true,
    stop: () => asked,
    told(kills, { acknowledged }) {
      const total = Object.values(kills).reduce((sum, one) => sum + one, 0)
      if (total % 10 === 0) console.log(`${total} kills, ${acknowledged.size} acknowledged`)
    },
  })
  report(outcome, plan.seed)
  const wrong = reportProbes(requested, foreign)
  console.log(`${((Date.now() - began) / 60_000).toFixed(1)} minutes`)
  return wrong || spoilt(outcome) || outcome.faults.length > 0 || outcome.exitCode !== 0 || outcome.leftBehind > 0
    ? 1
    : 0
}

/** @returns whether something was wrong */
function reportProbes(requested: Requested | null, foreign: Foreign | null) {
  const counts = (byStatus: Record<string, number>) =>
    Object.entries(byStatus)
      .map(([status, count]) => `${status}: ${count}`)
      .join(', ')
  if (requested) {
    console.log(`requests by chance: ${requested.requests} (${counts(requested.byStatus)})`)
    for (const fault of requested.faults) console.log(`  fault: ${fault}`)
  }
  if (foreign) {
    const { asked, names, ways, leaks } = foreign
    console.log(`foreign names: ${asked} asked, of ${names}, at ${ways} addresses (${counts(foreign.byStatus)})`)
    console.log(`  ${leaks.length} leaks`)
    for (const leak of leaks.slice(0, 50)) console.log(`  leak: ${leak}`)
  }
  return (requested?.faults.length ?? 0) + (foreign?.leaks.length ?? 0) > 0
}

function report(outcome: Outcome, seed: string) {
  const table = (counts: Record<string, number>) =>
    Object.entries(counts).map(([name, count]) => `  ${String(count).padStart(8)}  ${name}`)
  const list = (title: string, found: readonly string[]) =>
    found.length > 0 ? [`${title}:`, ...found.slice(0, 50).map((one) => `  ${one}`)] : []
  const { acknowledged, untold, lost, doubled, halfWritten, letters, outages, longestOutage } = outcome
  const lines = [
    '',
    'kills',
    ...table(outcome.kills),
    'filings',
    ...table({
      acknowledged,
      'filed without anybody being told': untold,
      lost: lost.length,
      doubled: doubled.length,
      'half-written': halfWritten.length,
      'letters tried': letters,
    }),
    'answers',
    ...table(outcome.answers),
    ...(outages > 0 ? [`${outages} outages of the database, the longest ${(longestOutage / 1_000).toFixed(1)} s`] : []),
    ...list('lost', lost),
    ...list('doubled', doubled),
    ...list('half-written', halfWritten),
    ...list('faults', outcome.faults),
    ...(outcome.exitCode === 0 && outcome.leftBehind === 0
      ? []
      : [`the last stop ended with ${outcome.exitCode} and left ${outcome.leftBehind} processes behind`]),
    ...(spoilt(outcome) ? [`The data are kept in ${outcome.dataDir} (seed ${seed}).`] : []),
  ]
  console.log(lines.join('\n'))
}

try {
  const plan = readArguments()
  if (plan.help) console.log(usage)
  process.exit(plan.help ? 0 : await soak(plan))
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}
