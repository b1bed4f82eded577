import { parseArgs } from 'node:util'
import { drawPanel, type Fault, readPool, replaceMembers, WrongReplacement } from '#modules/participation/index.ts'
import { openOptimiser } from '#platform/optimiser.ts'
import { mostFaults, readGivenBytes, readGivenJson, WrongGiven, wrongInput } from './operate/given.ts'
import { checkPanel } from './panel/check.ts'
import { elapsed, progressLines } from './progress/lines.ts'

/**
 * Draws a panel: npm run -s panel -- people.csv quotas.csv --size N --seed TEXT [--household COLUMN] [--seconds N]
 * Replaces members: … --result RESULT.json --replace ID[,ID…]
 * Checks a result by code that shares nothing with the solver: npm run -s panel -- --check people.csv quotas.csv RESULT.json
 * Prints JSON; what takes long says how far it is on the error output. Ends with 0 (a result, also `infeasible`; a check passed), 1 (a check failed, or we did) or 2 (the files or the call are at
 * fault, every fault by file, line and column). docs/sortition.md describes all of it.
 */

/** A sentence about the call for whoever made it. */
class Told extends Error {}

const usage = `Usage: npm run -s panel -- people.csv quotas.csv --size N --seed TEXT [--household COLUMN] [--seconds N] [--result RESULT.json --replace ID[,ID…]]
       npm run -s panel -- --check people.csv quotas.csv RESULT.json [--size N] [--seed TEXT] [--household COLUMN]`

function asked() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        size: { type: 'string' },
        seed: { type: 'string' },
        household: { type: 'string' },
        seconds: { type: 'string' },
        result: { type: 'string' },
        replace: { type: 'string' },
        check: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new Told((error as Error).message)
  }
}

const print = (result: unknown) => process.stdout.write(`${JSON.stringify(result)}\n`)

/** Says where and what, one line each. */
function tell(faults: readonly Fault[]) {
  for (const { file, line, column, sentence } of faults.slice(0, mostFaults))
    console.error(`${file}: line ${line}, column ${column}: ${sentence}`)
  if (faults.length > mostFaults) console.error(`and ${faults.length - mostFaults} more`)
}

async function main(): Promise<number> {
  const { values, positionals } = asked()
  const [people = '', quotas = '', result, ...more] = positionals
  if (quotas === '' || more.length > 0 || values.check !== (result !== undefined)) throw new Told(usage)
  const { size: sizeText, seed, household = null } = values
  const size = Number(sizeText)
  if (sizeText !== undefined && !(/^\d{1,7}$/.test(sizeText) && size > 0))
    throw new Told(`--size must be a whole number of at least 1, not "${sizeText}"`)
  if (result !== undefined) {
    const given = { size: sizeText === undefined ? undefined : size, seed, household: values.household }
    const checked = await checkPanel(readGivenBytes(people), readGivenBytes(quotas), readGivenJson(result), given)
    print(checked)
    return checked.valid ? 0 : 1
  }

  if (sizeText === undefined || !seed || (values.replace === undefined) !== (values.result === undefined))
    throw new Told(usage)
  const seconds = Number(values.seconds ?? 3600)
  if (!(seconds > 0)) throw new Told(`--seconds must be a number above 0, not "${values.seconds}"`)
  const pace = { elapsed, seconds, tell: progressLines() }
  const files = {
    people: { name: people, bytes: readGivenBytes(people) },
    quotas: { name: quotas, bytes: readGivenBytes(quotas) },
  }
  const { pool, faults } = readPool(files, size, household)
  tell(faults)
  if (!pool) return wrongInput
  const optimiser = openOptimiser()
  try {
    const drawn =
      values.replace === undefined
        ? await drawPanel(optimiser, pool, seed, pace)
        : await replaceMembers(
            optimiser,
            pool,
            panelIn(readGivenJson(values.result ?? '')),
            values.replace.split(','),
            seed,
            pace,
          )
    print({ ...drawn, size, seed, household, seconds: Math.round(elapsed() * 1000) / 1000 })
    return faults.length > 0 ? wrongInput : 0
  } finally {
    await optimiser.close()
  }
}

/** The panel of an earlier result, and who has dropped out of it before. */
function panelIn(result: unknown): { panel: string[]; gone: string[] } {
  const { panel, panels, drawn, gone = [] } = (result ?? {}) as Record<string, unknown>
  const found = panel ?? (Array.isArray(panels) && typeof drawn === 'number' ? panels[drawn] : undefined)
  const isIds = (ids: unknown): ids is string[] => Array.isArray(ids) && ids.every((id) => typeof id === 'string')
  if (!isIds(found) || !isIds(gone)) throw new Told('the result has no panel of ids')
  return { panel: found, gone }
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const isTold = [Told, WrongGiven, WrongReplacement].some((kind) => error instanceof kind)
    console.error(isTold ? (error as Error).message : error)
    process.exitCode = isTold ? wrongInput : 1
  },
)
