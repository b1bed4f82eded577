import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../tests/crash/application.ts'
import { crashRun, type Outcome, spoilt } from '../tests/crash/run.ts'

const usage = `npm run soak -- [--kills N] [--minutes M] [--clients C] [--what app|database|both] [--seed TEXT]

Kills the application, its database server or both under load, until N kills or M minutes are over or until Ctrl-C, and
then looks for every acknowledged filing. Ends with 1 when one is lost, doubled or written by half, or when an answer
was wrong. The same seed plans the same faults; what they hit depends on the machine.`

/** What the command line asks for. Throws one sentence. */
function readArguments() {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string' },
      minutes: { type: 'string' },
      clients: { type: 'string', default: '8' },
      what: { type: 'string', default: 'both' },
      seed: { type: 'string', default: randomBytes(6).toString('hex') },
      help: { type: 'boolean', default: false },
    },
  })
  const number = (name: 'kills' | 'minutes' | 'clients', unbounded: number) => {
    const given = values[name] === undefined ? unbounded : Number(values[name])
    if (!(given > 0)) throw new Error(`--${name} must be a number above 0.`)
    return given
  }
  const { what, seed, help } = values
  if (what !== 'app' && what !== 'database' && what !== 'both') {
    throw new Error('--what must be app, database or both.')
  }
  const clients = Math.ceil(number('clients', 8))
  return { what, seed, help, clients, kills: number('kills', Infinity), minutes: number('minutes', Infinity) } as const
}

async function soak({ minutes, ...plan }: ReturnType<typeof readArguments>) {
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
  const outcome = await crashRun({
    ...plan,
    until: Date.now() + minutes * 60_000,
    keep: true,
    stop: () => asked,
    told(kills, { acknowledged }) {
      const total = Object.values(kills).reduce((sum, one) => sum + one, 0)
      if (total % 10 === 0) console.log(`${total} kills, ${acknowledged.size} acknowledged`)
    },
  })
  report(outcome, plan.seed)
  return spoilt(outcome) || outcome.faults.length > 0 || outcome.exitCode !== 0 || outcome.leftBehind > 0 ? 1 : 0
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
