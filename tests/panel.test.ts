import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type File, readPool } from '#modules/participation/index.ts'
import { checkPanel } from '../tools/panel/check.ts'
import { interrupted } from './interrupted.ts'
import { ownEnvironment } from './own-environment.ts'
import { root } from './source.ts'

/** Of example_small_20 of the replication package of Flanigan et al. (2021): 200 people of three kinds; the published minimum is 10.0 %. */
const example = {
  people: [
    'id,gender,leaning',
    ...Array.from(
      { length: 200 },
      (_, at) => `p${at},${at < 100 ? 'male,liberal' : at === 100 ? 'female,liberal' : 'female,conservative'}`,
    ),
  ].join('\n'),
  quotas:
    'category,name,min,max\ngender,female,9,20\ngender,male,9,20\nleaning,liberal,9,20\nleaning,conservative,9,20',
}

let folder = ''
const at = (name: string) => join(folder, name)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'attaka-panel-'))
  writeFileSync(at('people.csv'), example.people)
  writeFileSync(at('quotas.csv'), example.quotas)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** npm run -s panel -- …, as its user would. */
function panel(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['tools/node.mjs', 'panel', ...args],
      { cwd: root, env: ownEnvironment(), maxBuffer: 1e8 },
      (error, out, err) => done({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    )
  })
}

describe('npm run panel', { timeout: 300_000 }, () => {
  test('hands back a fair draw with its bounds when time is up, and the checker confirms them', async () => {
    const files = [at('people.csv'), at('quotas.csv')]
    const { code, out } = await panel(...files, '--size', '20', '--seed', 'x', '--seconds', '0.001')
    expect(code).toBe(0)
    const result = JSON.parse(out)
    expect(result.status).toBe('feasible')
    expect(Object.keys(result.bounds)).toHaveLength(200)
    writeFileSync(at('hasty.json'), out)
    expect(JSON.parse((await panel('--check', ...files, at('hasty.json'))).out)).toMatchObject({
      valid: true,
      faults: [],
    })

    const [id = ''] = Object.keys(result.bounds)
    const bold = { ...result, bounds: { ...result.bounds, [id]: [result.probabilities[id], result.probabilities[id]] } }
    writeFileSync(at('bold.json'), JSON.stringify(bold))
    const refused = JSON.parse((await panel('--check', ...files, at('bold.json'))).out)
    expect(refused).toMatchObject({ valid: false })
  })

  test('draws, is checked, and replaces who drops out', async () => {
    const files = [at('people.csv'), at('quotas.csv')]
    const asked = ['--size', '20', '--seed', '三重 2026-11-25 417']
    const drawn = await panel(...files, ...asked)
    expect(drawn.code).toBe(0)
    const result = JSON.parse(drawn.out)
    expect(result).toMatchObject({ status: 'optimal', size: 20, seed: '三重 2026-11-25 417' })
    expect(Object.values(result.probabilities).map((one) => Number(one).toFixed(6))).toEqual(
      Array(200).fill('0.100000'),
    )
    writeFileSync(at('result.json'), drawn.out)

    const checked = await panel('--check', ...files, at('result.json'))
    expect(JSON.parse(checked.out)).toMatchObject({ valid: true, faults: [] })
    expect(checked.code).toBe(0)
    writeFileSync(at('other.json'), JSON.stringify({ ...result, drawn: (result.drawn + 1) % 1000 }))
    const refused = await panel('--check', ...files, at('other.json'))
    expect(JSON.parse(refused.out).faults).toEqual(['the panel drawn is not that of the seed'])
    expect(refused.code).toBe(1)

    const [gone, also] = result.panels[result.drawn]
    const replaced = await panel(...files, ...asked, '--result', at('result.json'), '--replace', `${gone},${also}`)
    const next = JSON.parse(replaced.out)
    expect(next.panel).toHaveLength(20)
    expect(next.panel).not.toContain(gone)
    expect(next.gone).toEqual([gone, also])
    expect(replaced.code).toBe(0)
  })

  test('names faults by file, line and column, and ends with 2', async () => {
    writeFileSync(at('wrong.csv'), example.people.replace('p7,male', 'p6,man'))
    const { code, out, err } = await panel(at('wrong.csv'), at('quotas.csv'), '--size', '20', '--seed', 'x')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.trim().split('\n')).toEqual([
      `${at('wrong.csv')}: line 9, column 1: id "p6" stands in line 8 already`,
      `${at('wrong.csv')}: line 9, column 2: there is no quota for gender "man"`,
    ])
  })

  test('says which quotas to move where no panel meets them, and moves none itself', async () => {
    writeFileSync(
      at('steep.csv'),
      example.quotas.replace('liberal,9,20', 'liberal,9,9').replace('\ngender,male,9,20', '\ngender,male,11,20'),
    )
    const { code, out } = await panel(at('people.csv'), at('steep.csv'), '--size', '20', '--seed', 'x')
    const result = JSON.parse(out)
    expect(result).toMatchObject({ status: 'infeasible', panels: [], drawn: null, minimum: null })
    expect(result.relax).toEqual([{ change: 'quotas[2].max', category: 'leaning', name: 'liberal', from: 9, to: 11 }])
    expect(code).toBe(0)
    writeFileSync(at('none.json'), out)
    expect((await panel('--check', at('people.csv'), at('steep.csv'), at('none.json'))).code).toBe(0)
    writeFileSync(at('half.json'), out.replace('"to":11', '"to":10'))
    expect((await panel('--check', at('people.csv'), at('steep.csv'), at('half.json'))).code).toBe(1)
  })

  test('proposes changes also for quotas that contradict the size, but calls that a fault of the file', async () => {
    const { code, out, err } = await panel(at('people.csv'), at('quotas.csv'), '--size', '17', '--seed', 'x')
    expect(code).toBe(2)
    expect(err).toContain('quotas.csv: line 2, column 3: the minima of gender add up to 18, more than the size 17')
    expect(JSON.parse(out).relax.map(({ change }: { change: string }) => change)).toHaveLength(2)
  })

  test.each(['npm', 'terminal'] as const)(
    'ends at a Ctrl-C by way of %s while it computes, and leaves neither output nor processes',
    async (by) => {
      // Nearly everybody is of a kind of their own, which makes for a long computation.
      const values = [2, 6, 5, 8, 6, 4, 3, 3]
      const roots = [2, 3, 5, 7, 11, 13, 17, 19].map(Math.sqrt)
      const person = (at: number) =>
        values.map((many, category) => Math.floor((((at + 1) * roots[category]!) % 1) * many))
      const people = Array.from({ length: 1500 }, (_, at) => [`p${at}`, ...person(at)].join())
      const quotas = values.flatMap((many, category) =>
        Array.from({ length: many }, (_, value) =>
          [`c${category}`, value, Math.floor(110 / many), Math.ceil(110 / many)].join(),
        ),
      )
      writeFileSync(
        at('many.csv'),
        [['id', ...values.map((_, category) => `c${category}`)].join(), ...people].join('\n'),
      )
      writeFileSync(at('many-quotas.csv'), ['category,name,min,max', ...quotas].join('\n'))
      const asked = [at('many.csv'), at('many-quotas.csv'), '--size', '110', '--seed', 'x']
      expect(await interrupted(by, 'panel', ...asked)).toEqual({ ended: 130, out: '', left: false })
    },
  )

  test.each([
    ['no size', ['people.csv', 'quotas.csv', '--seed', 'x']],
    ['no seed', ['people.csv', 'quotas.csv', '--size', '20']],
    ['an empty seed', ['people.csv', 'quotas.csv', '--size', '20', '--seed', '']],
    ['half a seat', ['people.csv', 'quotas.csv', '--size', '1.5', '--seed', 'x']],
    ['no seat', ['people.csv', 'quotas.csv', '--size', '0', '--seed', 'x']],
    ['one file', ['people.csv', '--size', '20', '--seed', 'x']],
    ['a file that is not there', ['nobody.csv', 'quotas.csv', '--size', '20', '--seed', 'x']],
    ['an unknown option', ['people.csv', 'quotas.csv', '--size', '20', '--seed', 'x', '--sizes', '2']],
    ['replacements without a result', ['people.csv', 'quotas.csv', '--size', '20', '--seed', 'x', '--replace', 'p1']],
  ])('refuses a call with %s', async (_, args) => {
    const { code, out, err } = await panel(...args.map((one) => (one.endsWith('.csv') ? at(one) : one)))
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^(Usage:|--size|.*can't be read|Unknown option)/m)
    expect(err).not.toContain('    at ')
  })
})

describe('the checker', { timeout: 120_000 }, () => {
  const people =
    'id,sex,age,home\na,f,old,1\nb,f,old,\nc,f,young,\nd,m,old,1\ne,m,young,\nf,m,young,\ng,f,young,2\nh,m,old,2\n'
  const quotas = 'category,name,min,max\nsex,f,1,2\nsex,m,1,2\nage,old,1,2\nage,young,1,1\n'
  const bytes = (text: string) => new TextEncoder().encode(text)
  // biome-ignore lint/suspicious/noExplicitAny: results are tampered with at will
  let honest: any
  beforeAll(async () => {
    writeFileSync(at('few.csv'), people)
    writeFileSync(at('few-quotas.csv'), quotas)
    const { out } = await panel(
      at('few.csv'),
      at('few-quotas.csv'),
      '--size',
      '3',
      '--seed',
      's',
      '--household',
      'home',
    )
    honest = JSON.parse(out)
  })
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const check = async (tamper: (result: any) => void) => {
    const result = structuredClone(honest)
    tamper(result)
    return checkPanel(bytes(people), bytes(quotas), result)
  }

  test('accepts what was drawn', async () => {
    expect(await check(() => {})).toMatchObject({ valid: true, faults: [] })
    expect(honest.certificate.levels.length).toBeGreaterThan(1)
  })

  // biome-ignore lint/suspicious/noExplicitAny: as above
  const tampered: [string, (result: any) => void, RegExp][] = [
    ['a panel too small', ({ panels }) => panels[3].pop(), /panels\[3\] has not 3/],
    ['a stranger', ({ panels }) => (panels[3][0] = 'z'), /panels\[3\] has members who are not/],
    ['a couple', ({ panels }) => (panels[3] = ['a', 'd', 'c']), /panels\[3\] has two members of one household/],
    ['a panel outside the quotas', ({ panels }) => (panels[3] = ['b', 'c', 'g']), /panels\[3\] has 3 of sex f/],
    ['fewer panels', ({ panels }) => panels.pop(), /999 panels/],
    ['another draw', (result) => (result.drawn = (result.drawn + 1) % 1000), /not that of the seed/],
    ['another seed', (result) => (result.seed = 't'), /not that of the seed|are not those/],
    ['another chance', ({ probabilities }) => (probabilities.b += 0.01), /add up to|differ/],
    [
      'chances moved from one to another',
      ({ probabilities }) => {
        probabilities.b += 0.01
        probabilities.c -= 0.01
      },
      /the distribution gives|differ|lowest/,
    ],
    ['a person without a chance', ({ probabilities }) => delete probabilities.b, /not those of the pool/],
    ['a minimum that is too good', (result) => (result.minimum += 0.01), /not the lowest/],
    ['a list that favours somebody', (result) => result.panels.fill(result.panels[0]), /does not realise/],
    ['no certificate', (result) => delete result.certificate, /no certificate/],
    ['people missing from the kinds', ({ certificate }) => certificate.kinds[0].people.pop(), /kinds/],
    [
      'a kind of unlike people',
      ({ certificate: { kinds } }) => {
        const many = kinds.findIndex((kind: { people: string[] }) => kind.people.length > 1)
        const [one, other] = [kinds[many].people, kinds[many === 0 ? 1 : 0].people]
        ;[one[0], other[0]] = [other[0], one[0]]
      },
      /not all people who are alike/,
    ],
    [
      'a distribution of what is no panel',
      ({ certificate: { distribution } }) => (distribution[0].counts = { 0: 3 }),
      /not a panel/,
    ],
    [
      'probabilities that do not add up',
      ({ certificate: { distribution } }) => (distribution[0].probability *= 0.9),
      /add up/,
    ],
    ['a bound that panels break', ({ certificate: { levels } }) => (levels[0].bound *= 0.9), /more than the bound/],
    ['a bound that proves nothing', ({ certificate: { levels } }) => (levels[0].bound *= 1.1), /the bound allows/],
    [
      'a level that is not attained',
      ({ certificate: { levels } }) => (levels[0].value -= 0.01),
      /instead of|another chance/,
    ],
    [
      'weights that hold nobody down',
      ({ certificate: { levels } }) => (levels[0].weights = {}),
      /the bound allows|nothing holds/,
    ],
    ['a level left out', ({ certificate: { levels } }) => levels.pop(), /do not hold everybody/],
    ['a word for a number', (result) => (result.minimum = 'much'), /minimum/],
  ]
  test.each(tampered)('rejects %s', async (_, tamper, said) => {
    const { valid, faults } = await check(tamper)
    expect(valid).toBe(false)
    expect(faults.join('\n')).toMatch(said)
  })

  test('rejects the uniform choice among panels that another method would call fair', async () => {
    // Max-min only: the first level is right, the others are as they come.
    const { valid } = await check(({ certificate }) => {
      certificate.levels = certificate.levels.slice(0, 1)
    })
    expect(valid).toBe(false)
  })

  test('reads the files itself: other people, other result', async () => {
    const other = await checkPanel(bytes(people.replace('b,f,old', 'b,f,young')), bytes(quotas), honest)
    expect(other.valid).toBe(false)
    const file = (name: string): File => ({ name, bytes: readFileSync(at(name)) })
    expect(readPool({ people: file('few.csv'), quotas: file('few-quotas.csv') }, 3, 'home').faults).toEqual([])
  })
})
