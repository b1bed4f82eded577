import { parseArgs } from 'node:util'
import { isIsoDate, tokyoDate } from '#core/dates.ts'
import { analyse, type Definition, difference, explain, fieldsOf, parseDefinition } from '#modules/forms/rules/index.ts'
import { readGivenJson, WrongGiven, wrongInput } from './operate/given.ts'

/**
 * Looks at form definitions, and prints JSON:
 *
 *   npm run -s form -- check DEF.json                    what is wrong with a definition, and what can never happen in it
 *   npm run -s form -- evaluate DEF.json ANSWERS.json    what is shown, required and computed, and why (--today YYYY-MM-DD)
 *   npm run -s form -- diff OLD.json NEW.json            what changed, and what it means for somebody in the middle of it
 *
 * Ends with 0, or with 2 where it was called wrongly or a file is at fault: every fault is named by its path. "-" is the standard input.
 */

const usage = `Usage: npm run -s form -- check DEF.json
       npm run -s form -- evaluate DEF.json ANSWERS.json [--today YYYY-MM-DD]
       npm run -s form -- diff OLD.json NEW.json`

/** A definition is never so large; what is was not written by hand, nor for this. */
const mostBytes = 5_000_000

const readJson = (file: string) => readGivenJson(file, mostBytes)

function readDefinition(file: string): Definition {
  const parsed = parseDefinition(readJson(file))
  if (parsed.ok) return parsed.definition
  throw new WrongGiven(
    file,
    parsed.faults.map((fault) => ({ code: 'invalid', ...fault })),
  )
}

function check(file: string) {
  const definition = readDefinition(file)
  const { findings, unreachable, decided } = analyse(definition)
  const of = (wanted: string) =>
    findings
      .filter(({ severity }) => severity === wanted)
      .map(({ path, code, ja, en }) => ({ file, path, code, ja, en }))
  const faults = of('error')
  const counts = {
    pages: definition.pages.length,
    fields: fieldsOf(definition).length,
    conditions: definition.conditions?.length ?? 0,
    values: definition.values?.length ?? 0,
  }
  return { ok: faults.length === 0, faults, warnings: of('warning'), unreachable, decided, counts }
}

function evaluate(file: string, answersFile: string, today: string) {
  const definition = readDefinition(file)
  const answers = readJson(answersFile)
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) {
    const [ja, en] = [
      '回答は、項目の名前から回答へのオブジェクトにしてください',
      'answers must be an object: field → answer',
    ]
    throw new WrongGiven(answersFile, [{ path: '', code: 'invalid', ja, en }])
  }
  const known = new Set(fieldsOf(definition).map(({ id }) => id))
  const ignored = Object.keys(answers).filter((id) => !known.has(id))
  return { ok: true, today, ...explain(definition, answers, today), ignored }
}

const diff = (before: string, after: string) => {
  const changes = difference(readDefinition(before), readDefinition(after))
  return {
    ok: true,
    changes: changes.map(({ path, midway, what, meaning }) => ({ path, midway, ...what, meaning })),
    midway: (['answer', 'look'] as const).find((one) => changes.some(({ midway }) => midway === one)) ?? 'nothing',
  }
}

function asked() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { today: { type: 'string' } } })
    const [command = '', first, second, ...more] = positionals
    const today = values.today ?? tokyoDate(new Date())
    const plain = values.today === undefined
    if (first && !second && command === 'check' && plain) return () => check(first)
    if (!first || !second || more.length > 0 || !isIsoDate(today)) return null
    if (command === 'evaluate') return () => evaluate(first, second, today)
    return command === 'diff' && plain ? () => diff(first, second) : null
  } catch {
    return null
  }
}

const print = (result: object) => process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)

const run = asked()
if (!run) {
  console.error(usage)
  process.exitCode = wrongInput
} else {
  try {
    const result = run()
    print(result)
    process.exitCode = result.ok ? 0 : wrongInput
  } catch (error) {
    if (!(error instanceof WrongGiven)) throw error
    const { file, faults } = error
    print({ ok: false, faults: faults.map((fault) => ({ file, ...fault })) })
    process.exitCode = wrongInput
  }
}
