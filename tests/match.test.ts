import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { interrupted } from './interrupted.ts'

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'match-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, content: unknown) => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const run = (...args: string[]) =>
  new Promise<{ code: number; out: string; said: string }>((done) => {
    execFile(process.execPath, ['tools/node.mjs', 'match', ...args], { cwd: root }, (error, out, said) =>
      done({ code: error ? Number(error.code ?? 1) : 0, out, said }),
    )
  })

/** Two cases of two experts each; whoever is best for both may take one. */
const problem = {
  scores: [
    [0.9, 0.4, null],
    [0.8, 0.1, 0.3],
  ],
  cases: [{ id: 'shop', need: 1 }, { need: 1 }],
  experts: [
    { id: 'sato', min: 0, max: 1 },
    { min: 0, max: 1, groups: ['f'] },
    { min: 0, max: 1 },
  ],
  conflicts: [],
  pins: [],
  balance: [{ per: 'all', group: 'f', min: 1 }],
}
const path = file('problem.json', problem)

describe('npm run match', () => {
  test('answers in the agreed form, which its checker finds right', async () => {
    const { code, out } = await run(path)
    expect(code).toBe(0)
    const result = JSON.parse(out)
    expect(result).toMatchObject({
      status: 'optimal',
      pairs: [
        [0, 1],
        [1, 0],
      ],
      worst: 0.4,
      total: 1.2,
      proven: true,
      bounds: { worst: 0.4, total: 1.2 },
      prices: [{ rule: 0, total: 0, worst: 0 }],
    })
    expect(result.seconds).toBeGreaterThan(0)
    const good = await run('--check', path, file('result.json', out))
    expect(good.code).toBe(0)
    expect(JSON.parse(good.out)).toMatchObject({ verdict: 'right', unverified: [] })
    const bad = await run('--check', path, file('forged.json', { ...result, total: 1.3 }))
    expect(bad.code).toBe(1)
    expect(JSON.parse(bad.out).wrong).toEqual(['total: is 1.3, but the pairs make 1.2'])
  }, 60_000)

  test('says in Japanese what would make an infeasible problem feasible', async () => {
    const crowded = { ...problem, cases: [{ need: 2 }, { need: 2 }] }
    const { code, out } = await run(file('crowded.json', crowded))
    expect(code).toBe(0)
    const { status, relax, says } = JSON.parse(out)
    expect(status).toBe('infeasible')
    expect(relax).toHaveLength(1)
    expect(relax[0]).toMatchObject({ from: 1, to: 2 })
    expect(says).toEqual([expect.stringMatching(/^専門家「.+」の受け持ちの上限を、1件から2件に増やす。$/)])
  }, 60_000)

  test('answers why a pair is, or is not, by places or ids', async () => {
    const { code, out } = await run(path, '--why', 'shop', 'sato')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ pair: [0, 0], chosen: false, exactly: { worst: -0.3, total: -0.2 } })
    expect(out).toContain('案件「1」の点数は、0.8から0.1に下がります。')
    const never = await run('--why', '0', '2', path)
    expect(JSON.parse(never.out)).toMatchObject({ settledBy: ['scores[0][2]'] })
    expect((await run(path, '--why', 'shop', 'nobody')).said).toBe('There is no expert nobody.\n')
  }, 60_000)

  test('refuses a faulty file with 2, every fault by its path', async () => {
    const text = JSON.stringify({ ...problem, cases: [{ need: -1 }, { need: 1 }] }).replace('0.9', 'NaN')
    const { code, said, out } = await run(file('faulty.json', text))
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(said.trim().split('\n')).toEqual([
      'cases[0].need: is -1; must not be negative',
      'scores[0][0]: is NaN; must be a number from 0 to 1000000000, or null for impossible',
      'Places to correct: 2.',
    ])
  }, 60_000)

  test.each(['npm', 'terminal'] as const)(
    'ends at a Ctrl-C by way of %s while it computes, and leaves neither output nor processes',
    async (by) => {
      // Everybody wants the same experts, whose scores have too many digits for any set to be worth as much as another.
      const scores = Array.from({ length: 177 }, (_, expert) => (expert * Math.SQRT2) % 1)
      const endless = {
        scores: Array.from({ length: 118 }, () => scores),
        cases: Array.from({ length: 118 }, () => ({ need: 3 })),
        experts: scores.map(() => ({ min: 2, max: 4 })),
      }
      expect(await interrupted(by, 'match', file('endless.json', endless))).toEqual({
        ended: 130,
        out: '',
        left: false,
      })
    },
    120_000,
  )

  test.each([
    [[]],
    [['a.json', 'b.json']],
    [['--check', 'a.json']],
    [['a.json', '--seconds', '-1']],
    [['a.json', '--wy']],
    [['nowhere.json']],
  ])(
    'refuses %j with 2 and a sentence',
    async (args) => {
      const { code, said } = await run(...args)
      expect(code).toBe(2)
      expect(said).toMatch(/Usage|can't be read/)
    },
    60_000,
  )
})
