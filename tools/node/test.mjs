// npm test: everything that must hold before a change goes in, with a count at the end.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, ensureBuilt } from './build.mjs'
import { read } from './report.mjs'
import { asked, root, runNode } from './run.mjs'

const results = join(root, 'test-results')
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js')

export const format = () => runNode([biome, 'check', '--write', '.'])

/** Format, lint and types. */
export async function check() {
  const style = await runNode([biome, 'ci', '.'])
  return (await runNode([tsc, '--noEmit', '-p', '.'])) || style
}

/** What would say the same on any server: what is about the embedded one, and what asks none. */
const onlyOnce = [
  ...['architecture', 'generators', 'operate', 'keeping', 'match', 'achieve', 'panel'].map((name) => `tests/${name}*`),
  'tests/crash/**',
  'src/{config,trial-providers}*',
  'src/core/{dates,find-my-number,identifiers,json-text,policy,text}*',
  'src/platform/{documents,embedded,fair-queue,mail,optimiser,sealing,sign-in,storage,trial-provider}*',
  'src/platform/{embedded,storage,witness}/**',
  'src/ui/**',
  'src/web/render*',
  'src/modules/*/{rules,documents}/**',
  'src/modules/*/rules.test.ts',
  'src/modules/evidence/trail/**',
  'src/modules/participation/read-pool*',
]

/** A bulk that is chosen by chance is one on the embedded server; on the given one a part of it shows that it is the same. */
const lessBulk = { TAMPERINGS: '1600' }

/** Unit and integration tests; on the server of TEST_DATABASE_URL if that is set, else on the embedded one. */
export const unit = (args, env = process.env) => runNode([vitest, 'run', ...args], { env })

/** Browser journeys on a built application. */
export async function journeys(args) {
  const ready = (await ensureBuilt()) || (await runNode([join(root, 'tools', 'chromium.ts')]))
  return ready || runNode([playwright, 'test', ...args])
}

/** All of it. The last line is the sum. @returns {Promise<number>} exit code */
export async function test() {
  const { TEST_DATABASE_URL: given, ...env } = process.env
  const steps = [
    ['format, lint, types', check],
    ['tests on the embedded PostgreSQL', () => unit(reportTo('unit-embedded'), env), 'unit-embedded'],
  ]
  if (given) {
    // What concerns the embedded server or no server at all has been tested above.
    const args = reportTo('unit-given').concat(...onlyOnce.map((files) => ['--exclude', files]))
    steps.push(['tests on the given PostgreSQL', () => unit(args, { ...lessBulk, ...process.env }), 'unit-given'])
  }
  steps.push(['build', build], ['browser journeys', () => journeys([]), 'journeys'])

  const outcomes = []
  for (const [title, work, report] of steps) {
    if (asked.toStop) return 130
    if (report) rmSync(join(results, `${report}.json`), { force: true })
    console.log(`\n== ${title}`)
    const since = Date.now()
    const code = await work()
    outcomes.push({ title, seconds: Math.round((Date.now() - since) / 1000), ...count(code, report) })
  }
  if (asked.toStop) return 130
  return summary(outcomes)
}

const reportTo = (name) => ['--reporter=default', '--reporter=json', `--outputFile.json=test-results/${name}.json`]

/** Numbers of one step. A step that failed without a failed test (it did not compile, it crashed) counts as one. */
function count(code, report) {
  const path = join(results, `${report}.json`)
  const numbers = report && existsSync(path) ? read(JSON.parse(readFileSync(path, 'utf8'))) : null
  const failed = numbers?.failed || (code === 0 ? 0 : 1)
  return { passed: 0, skipped: 0, faults: [], ...numbers, code, counted: numbers !== null, failed }
}

function summary(outcomes) {
  console.log('\n== summary')
  for (const { title, seconds, code, counted, passed, failed, skipped, faults } of outcomes) {
    const said = code === 0 ? 'ok' : 'FAILED'
    const numbers = counted ? `: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}` : ''
    console.log(`${said.padEnd(7)} ${title}${numbers} (${seconds} s)`)
    // Once more, as often only the end of a long log is kept.
    for (const { what, why } of faults) console.log(`        ${what}\n          ${why}`)
  }
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  return outcomes.some(({ code }) => code !== 0) ? 1 : 0
}
