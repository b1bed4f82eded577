import { readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isIsoDate, tokyoDate } from '#core/dates.ts'
import { analyse, type Definition, difference, explain, fieldsOf, parseDefinition } from '#modules/forms/rules/index.ts'

/**
 * Looks at form definitions, and prints JSON:
 *
 *   npm run -s form -- check DEF.json                    what is wrong with a definition, and what can never happen in it
 *   npm run -s form -- evaluate DEF.json ANSWERS.json    what is shown, required and computed, and why (--today YYYY-MM-DD)
 *   npm run -s form -- diff OLD.json NEW.json            what changed, and what it means for somebody in the middle of it
 *
 * Ends with 0, with 1 where it was called wrongly, with 2 where a file is at fault: every fault is named by its path.
 */

const usage = `Usage: npm run -s form -- check DEF.json
       npm run -s form -- evaluate DEF.json ANSWERS.json [--today YYYY-MM-DD]
       npm run -s form -- diff OLD.json NEW.json`

type Fault = { file: string; path: string; code: string; ja: string; en: string }

/** Files at fault: nothing else can be said. */
class Faulty extends Error {
  readonly faults: readonly Fault[]
  constructor(faults: readonly Fault[]) {
    super('faults')
    this.faults = faults
  }
}

const faulty = (file: string, code: string, ja: string, en: string) => new Faulty([{ file, path: '', code, ja, en }])

const mostBytes = 5_000_000

function readJson(file: string): unknown {
  try {
    if (statSync(file).size > mostBytes) {
      throw faulty(file, 'too-large', '5MBより大きいファイルは読みません', 'files of more than 5 MB are not read')
    }
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)))
  } catch (error) {
    if (error instanceof Faulty) throw error
    const reason = (error as Error).message
    throw faulty(
      file,
      'unreadable',
      `UTF-8のJSONとして読めません（${reason}）`,
      `can't be read as JSON in UTF-8: ${reason}`,
    )
  }
}

function readDefinition(file: string): Definition {
  const parsed = parseDefinition(readJson(file))
  if (parsed.ok) return parsed.definition
  throw new Faulty(parsed.faults.map((fault) => ({ file, code: 'invalid', ...fault })))
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
    throw faulty(answersFile, 'invalid', ja, en)
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
  process.exitCode = 1
} else {
  try {
    const result = run()
    print(result)
    process.exitCode = result.ok ? 0 : 2
  } catch (error) {
    if (!(error instanceof Faulty)) throw error
    print({ ok: false, faults: error.faults })
    process.exitCode = 2
  }
}
