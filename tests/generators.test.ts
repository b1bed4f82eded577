import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownEnvironment } from './own-environment.ts'

const house = resolve(import.meta.dirname, '..')
const parts = [
  ...['src', 'tests', 'tools', '.gitignore', 'biome.json', 'package.json', 'package-lock.json'],
  ...['tsconfig.json', 'vite.config.ts', 'vitest.config.ts'],
]

/** A copy of the house in which rooms may be built and torn down. */
let copy = ''
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'attaka-generators-'))
  for (const part of parts) cpSync(join(house, part), join(copy, part), { recursive: true })
  symlinkSync(join(house, 'node_modules'), join(copy, 'node_modules'))
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** Runs a script in the copy as its user would, on a server of its own. */
function run(...args: string[]): Promise<{ code: number; said: string }> {
  const { TEST_DATABASE_URL: _, ...env } = ownEnvironment()
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: copy, env, maxBuffer: 1e8 }, (error, out, err) =>
      done({ code: error ? Number(error.code ?? 1) : 0, said: out + err }),
    )
  })
}

const make = (what: 'module' | 'action' | 'view', ...args: string[]) =>
  run(join('tools', 'node.mjs'), `new-${what}`, ...args)
/** The same, on what the first test has bundled. */
const makeAgain = (what: string, ...args: string[]) =>
  run(join('dist', 'tools', `new-${what}`, `new-${what}.js`), ...args)
const read = (path: string) => readFileSync(join(copy, path), 'utf8')

test('a new module, with a further action and view, and those of an old one, are clean and pass their tests at once', async () => {
  const made = [
    await make('module', 'lost-items', '--ja', '落とし物'),
    await make('action', 'lost-items', 'return-entry', '--ja', '持ち主に返す'),
    await make('view', 'lost-items', 'summary'),
    // As npm hands it on when nobody wrote "--": without the "--ja".
    await make('view', 'notices', 'yearly-summary', '年ごとのまとめ'),
    // A module whose front door is written in another way.
    await make('action', 'people', 'greet-person'),
  ]
  expect(made.map(({ code, said }) => (code === 0 ? '' : said))).toEqual(['', '', '', '', ''])
  expect(read('src/modules/index.ts')).toMatch(/, *\n? *lostItems,?\n?\]/)
  expect(read('tests/catalogue.test.ts')).toContain("  lost_items_entry: 'insert select',\n")
  expect(read('src/modules/lost-items/index.ts')).toContain("'lost-items.return-entry': '持ち主に返す'")
  expect(read('src/modules/lost-items/words.ja.ts')).toContain('落とし物の一覧')
  expect(read('src/modules/notices/index.ts')).toContain("'notices.yearly-summary': '年ごとのまとめ'")

  // What else stands in the house answers for itself.
  const written = [
    'src/modules/index.ts',
    'tests/catalogue.test.ts',
    ...['lost-items', 'notices', 'people'].map((name) => `src/modules/${name}`),
  ]
  const biome = await run(join('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'ci', '--colors=off', ...written)
  expect(biome.code, biome.said).toBe(0)
  const types = await run(join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', '.')
  expect(types.code === 0 || types.said.includes('error TS'), types.said).toBe(true)
  expect(types.said.split('\n').filter((line) => written.some((path) => line.startsWith(path)))).toEqual([])

  const report = join(copy, 'report.json')
  const tests = ['lost-items/', 'notices/yearly-summary', 'people/greet-person'].map((path) => `src/modules/${path}`)
  const vitest = join('node_modules', 'vitest', 'vitest.mjs')
  const tested = await run(vitest, 'run', '--reporter=json', `--outputFile.json=${report}`, ...tests)
  expect(tested.code, tested.said).toBe(0)
  const counted = JSON.parse(readFileSync(report, 'utf8'))
  expect(counted).toMatchObject({ numFailedTests: 0, numPendingTests: 0, numTotalTestSuites: expect.any(Number) })
  // Seven sentences of the module, four for each action, three for each view.
  expect(counted.numPassedTests).toBe(7 + 2 * 4 + 2 * 3)
}, 300_000)

describe('a wish that can’t be fulfilled is refused with one sentence, and nothing is written', () => {
  test.each([
    [['module'], 'Say which module'],
    [['module', 'LostItems'], 'must be small letters'],
    [['module', '../outside'], 'must be small letters'],
    [['module', 'class'], 'is a word of the language'],
    [['module', 'routes'], 'is a word that every module uses'],
    [['module', 'notices'], 'src/modules/notices exists already'],
    [['module', 'filings'], 'The address /console/filings is taken by modules/procedures/'],
    [['module', 'found-items', '--ja', "落とし'物"], 'without quotation marks'],
    [['module', 'found-items', '--nonsense'], '"--nonsense" is not known here'],
    [['action', 'nowhere', 'close-idea'], 'There is no module "nowhere"'],
    [['action', 'notices', 'resending'], 'a verb and a noun'],
    [['action', 'notices', 'mark-read'], 'notices.mark-read exists already'],
    [['view', 'notices', 'my-page'], 'notices.my-page exists already'],
    [['view', 'notices', 'routes'], 'The name routes is taken'],
  ] as const)('%j', async ([what, ...args], sentence) => {
    const before = read('src/modules/index.ts') + read('src/modules/notices/index.ts')
    const { code, said } = await makeAgain(what, ...args)
    expect(code).toBe(1)
    expect(said).toContain(sentence)
    expect(said.trim().split('\n')).toHaveLength(1)
    expect(read('src/modules/index.ts') + read('src/modules/notices/index.ts')).toBe(before)
  })
})
