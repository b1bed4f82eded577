import { parseArgs } from 'node:util'
import type { Witness } from '#core/outside.ts'
import { type KeptPage, setBack, trailIn, type Verdict, verifyTrail } from '#modules/evidence/index.ts'
import { type Database, openDatabase } from '#platform/postgres.ts'
import { listTenants } from '#platform/tenants.ts'
import { readConfig, WrongConfig } from '../src/config.ts'
import { witnessesOf } from '../src/outside.ts'
import { readGivenJson, WrongGiven, wrongInput } from './operate/given.ts'
import { NotSo } from './operate/production.ts'
import { reachDatabase } from './operate/reach.ts'

const usage = `npm run audit:verify -- [--tenant ID] [--kept FILE …] [--restored REASON]

Compares the audit trail with its seals in the database, with what the witnesses know, and with pages that were kept (their JSON).
  --tenant ID         only this tenant
  --kept FILE         the JSON of a page /evidence/YYYY-MM-DD; may be repeated
  --restored REASON   with --tenant: tells the witnesses that the database was restored to an earlier state on purpose

Ends with 0: the trail is as it was sealed. 1: something is wrong; the first fault is named. 2: it could not be compared.`

/** Faults that are told; of more than these only the number. */
const told = 20

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        tenant: { type: 'string' },
        kept: { type: 'string', multiple: true, default: [] },
        restored: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.restored !== undefined && (!values.tenant || values.restored.trim() === ''))
      throw new NotSo('--restored needs --tenant ID, and the reason in words.')
    return values
  } catch (error) {
    if (error instanceof NotSo) throw error
    throw new NotSo(`${(error as Error).message.split('\n')[0]}\n\n${usage}`)
  }
}

function readKept(file: string): KeptPage {
  const page = readGivenJson(file) as KeptPage | null
  const whole =
    [page?.tenant, page?.day, page?.root, page?.hash].every((text) => typeof text === 'string') &&
    [page?.number, page?.size].every(Number.isInteger)
  if (page && whole) return page
  throw new NotSo(`${file} is not the JSON of a page of seals.`)
}

/** One tenant's verdict in sentences. */
function tell(tenant: string, { faults, ...found }: Verdict) {
  console.log(
    `${tenant}: ${found.sealed} entries in ${found.checkpoints} checkpoints; ${found.unsealed} not sealed yet` +
      `${found.untold > 0 ? `; ${found.untold} checkpoints not yet known outside` : ''}${found.kept > 0 ? `; ${found.kept} kept pages agree or are named below` : ''}.`,
  )
  for (const { number, at, reason } of found.setBacks)
    console.log(`  set back to checkpoint ${number} by an operator, ${at}: ${reason}`)
  if (faults.length === 0) {
    console.log(found.checkpoints > 0 ? '  as it was sealed.' : '  nothing has been sealed yet.')
    return
  }
  for (const [at, { kind, position, checkpoint, entry, detail }] of faults.slice(0, told).entries()) {
    const where = [
      position !== null && `place ${position}`,
      checkpoint !== null && `checkpoint ${checkpoint}`,
      entry && `entry ${entry}`,
    ].filter(Boolean)
    console.log(`  ${at === 0 ? 'FIRST FAULT' : 'fault'}: ${kind} (${where.join(', ')}): ${detail}.`)
  }
  if (faults.length > told) console.log(`  and ${faults.length - told} more.`)
}

async function acknowledge(database: Database, witnesses: readonly Witness[], tenant: string, reason: string) {
  const newest = await database.frozen(tenant, (db) => trailIn(db).newest())
  for (const witness of witnesses) {
    await setBack(witness, { tenant, number: newest?.number ?? 0, hash: newest?.hash ?? '', reason }, new Date())
    console.log(`${witness.name} now knows that ${tenant} was set back to checkpoint ${newest?.number ?? 0}: ${reason}`)
  }
}

async function main(): Promise<number> {
  const wish = readArguments()
  if (wish.help) {
    console.log(usage)
    return 0
  }
  const kept = wish.kept.map(readKept)
  const config = readConfig()
  const witnesses = witnessesOf(config)
  const reached = await reachDatabase(config)
  const database = openDatabase(reached.ownerUrl ?? reached.appUrl, { size: 2, log: () => undefined })
  try {
    const known = (await database.above(listTenants)).map(({ tenant }) => tenant)
    const unknown = [wish.tenant, ...kept.map(({ tenant }) => tenant)].find((one) => one && !known.includes(one))
    if (unknown) throw new NotSo(`There is no tenant "${unknown}". There are: ${known.join(', ')}.`)
    if (wish.tenant && wish.restored) await acknowledge(database, witnesses, wish.tenant, wish.restored.trim())
    let wrong = false
    for (const tenant of wish.tenant ? [wish.tenant] : known) {
      const verdict = await database.frozen(tenant, (db) => verifyTrail(trailIn(db), tenant, witnesses, kept))
      tell(tenant, verdict)
      wrong ||= verdict.faults.length > 0
    }
    return wrong ? 1 : 0
  } finally {
    await database.close()
    await reached.stop()
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const told = [NotSo, WrongConfig, WrongGiven].some((kind) => error instanceof kind)
    console.error(told ? (error as Error).message : error)
    process.exit(wrongInput)
  },
)
