import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { match, NoAnswer, type Problem, readProblem, why } from '#modules/consultations/index.ts'
import { openOptimiser } from '#platform/optimiser.ts'

/**
 * Matches experts with cases: npm run match -- FILE [--seconds N], … -- FILE --why CASE EXPERT, … -- --check FILE RESULT. See docs/matching.md.
 * Ends with 0 (answered, or the result is right), 1 (no answer in time, or the result is wrong) or 2 (the file is at fault; every fault by its path).
 */

/** A sentence for whoever started it, and how to end. */
class Told extends Error {
  readonly code: 1 | 2
  constructor(sentence: string, code: 1 | 2 = 2) {
    super(sentence)
    this.code = code
  }
}

const usage = [
  'Usage: npm run -s match -- FILE.json [--seconds N]',
  '       npm run -s match -- FILE.json --why CASE EXPERT [--seconds N]',
  '       npm run -s match -- --check FILE.json RESULT.json',
].join('\n')

const elapsed = () => performance.now() / 1000

async function main() {
  const { values, positionals } = asked()
  const seconds = secondsOf(values.seconds)
  if (values.check && positionals.length === 2) throw new Told('not yet')
  const [file, ...pair] = values.why ? inOrder(positionals) : positionals
  if (!file || pair.length !== (values.why ? 2 : 0)) throw new Told(usage)
  const read = readProblem(textOf(file))
  if ('faults' in read) throw new Told(said(file, read.faults))
  const optimiser = openOptimiser()
  try {
    const means = { optimiser, elapsed, seconds }
    if (values.why) print({ ...(await why(read.problem, placesOf(read.problem, pair), means)), seconds: elapsed() })
    else print({ ...(await match(read.problem, means)), seconds: elapsed() })
  } finally {
    await optimiser.close()
  }
}

function asked() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { check: { type: 'boolean' }, why: { type: 'boolean' }, seconds: { type: 'string' } },
    })
  } catch (error) {
    throw new Told(`${(error as Error).message}\n${usage}`)
  }
}

const inOrder = (x: string[]) => x
const secondsOf = (x?: string) => Number(x ?? 3600)
const textOf = (f: string) => readFileSync(f, 'utf8')
const said = (_f: string, faults: { path: string; sentence: string }[]) =>
  faults.map((f) => `${f.path}: ${f.sentence}`).join('\n')
const placesOf = (_p: Problem, [a, b]: string[]) => [Number(a), Number(b)] as const
const print = (x: object) =>
  console.log(
    `{\n${Object.entries(x)
      .map(([k, v]) => `  ${JSON.stringify(k)}: ${JSON.stringify(v)}`)
      .join(',\n')}\n}`,
  )

main().catch((error: unknown) => {
  console.error(error instanceof Told || error instanceof NoAnswer ? error.message : error)
  process.exitCode = error instanceof Told ? error.code : 1
})
