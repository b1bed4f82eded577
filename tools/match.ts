import { parseArgs } from 'node:util'
import {
  check,
  match,
  NoAnswer,
  type Problem,
  readProblem,
  saidChange,
  saidWhy,
  Unreadable,
  why,
} from '#modules/consultations/index.ts'
import { openOptimiser } from '#platform/optimiser.ts'
import { mostFaults, readGivenText, WrongGiven, wrongInput } from './operate/given.ts'
import { elapsed, progressLines } from './progress/lines.ts'

/**
 * Matches experts with cases: npm run -s match -- FILE, … -- FILE --why CASE EXPERT, … -- --check FILE RESULT. See docs/matching.md.
 * Ends with 0 (answered; the result is right), 1 (no answer in time; the result is wrong), 2 (a file is at fault, every fault by its path)
 * or 3 (nothing is wrong with the result, but it does not prove all that it says).
 */

/** A sentence for whoever started it: what was asked, or what was given, can't be used. */
class Told extends Error {}

const usage = [
  'Usage: npm run -s match -- FILE.json [--seconds N]',
  '       npm run -s match -- FILE.json --why CASE EXPERT [--seconds N]',
  '       npm run -s match -- --check FILE.json RESULT.json',
].join('\n')

async function main(): Promise<void> {
  const { file, result, pair, seconds } = asked()
  if (result !== null) return checkResult(file, result)
  const problem = read(file)
  const optimiser = openOptimiser()
  try {
    const means = { optimiser, elapsed, seconds, tell: progressLines() }
    if (pair) {
      const answer = await why(problem, placesOf(problem, pair), means)
      if (!answer) throw new Told('Nothing is feasible: ask for the smallest change first, without --why.')
      print({ ...answer, says: saidWhy(problem, answer), seconds: rounded(elapsed()) })
    } else {
      const { certificate, reasons, ...answer } = await match(problem, means)
      const says = answer.relax && { says: answer.relax.map((change) => saidChange(problem, change)) }
      print({ ...answer, seconds: rounded(elapsed()), ...says, certificate, reasons })
    }
  } finally {
    await optimiser.close()
  }
}

function checkResult(file: string, result: string): void {
  const checked = check(readGivenText(file), readGivenText(result))
  print(checked)
  process.exitCode = { right: 0, wrong: 1, unproven: 3 }[checked.verdict]
}

/** `--why` and `--check` are followed by their two words, whatever stands before and after. */
function asked(): { file: string; result: string | null; pair: [string, string] | null; seconds: number } {
  const args = process.argv.slice(2)
  const taken = (name: string): [string, string] | null => {
    const at = args.indexOf(name)
    if (at < 0) return null
    const [, first, second] = args.splice(at, 3)
    if (first === undefined || second === undefined) throw new Told(usage)
    return [first, second]
  }
  const checked = taken('--check')
  const pair = taken('--why')
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { seconds: { type: 'string' } },
    })
    const seconds = Number(values.seconds ?? 3600)
    const [file = checked?.[0], ...more] = positionals
    if (!file || more.length > 0 || (checked && (pair || positionals.length > 0)) || !(seconds > 0))
      throw new Told(usage)
    return { file, result: checked?.[1] ?? null, pair, seconds }
  } catch (error) {
    throw error instanceof Told ? error : new Told(`${(error as Error).message}\n${usage}`)
  }
}

function read(file: string): Problem {
  const answer = readProblem(readGivenText(file))
  if ('problem' in answer) return answer.problem
  const { faults } = answer
  const lines = faults.slice(0, mostFaults).map(({ path, sentence }) => `${path || file}: ${sentence}`)
  throw new Told([...lines, `Places to correct: ${faults.length}.`].join('\n'))
}

/** Cases and experts are named by their places, counted from 0, or by their ids. */
function placesOf({ cases, experts }: Problem, [one, expert]: [string, string]): [number, number] {
  const place = (what: string, list: readonly { id?: string }[], name: string) => {
    const at = /^\d+$/.test(name) && Number(name) < list.length ? Number(name) : list.findIndex(({ id }) => id === name)
    if (at < 0) throw new Told(`There is no ${what} ${name}.`)
    return at
  }
  return [place('case', cases, one), place('expert', experts, expert)]
}

const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000

/** One line per part. */
function print(answer: object): void {
  const lines = Object.entries(answer).flatMap(([key, value]) =>
    value === undefined ? [] : [`  ${JSON.stringify(key)}: ${JSON.stringify(value)}`],
  )
  process.stdout.write(`{\n${lines.join(',\n')}\n}\n`)
}

main().catch((error: unknown) => {
  const told = [Told, Unreadable, WrongGiven].some((kind) => error instanceof kind)
  console.error(told || error instanceof NoAnswer ? (error as Error).message : error)
  process.exitCode = told ? wrongInput : 1
})
