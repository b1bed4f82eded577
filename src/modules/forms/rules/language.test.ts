import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { root } from '../../../../tests/source.ts'
import { formSchemaPath, formSchemaText } from '../../../../tools/print/form-schema.ts'
import { analyse } from './analysis/analyse.ts'
import { always, never, openDiagrams, TooManySteps } from './analysis/diagrams.ts'
import { undrawable } from './analysis/drawing.ts'
import { checkAnswers, readAnswers, typedAnswers } from './answers/answers.ts'
import { difference } from './difference/difference.ts'
import { decide, evaluate } from './engine/evaluate.ts'
import type { Answers, Condition, Formula } from './engine/language.ts'
import { form } from './example.ts'
import { filed, journey, nextPage, softMissing, stepsOf } from './journey/journey.ts'
import { pageLogic, shownOnPage } from './journey/page-logic.ts'
import { parseDefinition } from './reading/parse.ts'
import { explain } from './words/explain.ts'

const field = (id: string, kind = 'text', more: object = {}) => ({ id, kind, label: id, ...more })
const page = (id: string, fields: object[], more: object = {}) => ({ id, title: id, fields, ...more })
const whole = (pages: object[], more: object = {}) => form({ title: '届出', pages, ...more })
const one = (kind: string, more: object = {}) => whole([page('p', [field('x', kind, more)])])
const faults = (pages: object[], more: object = {}) => {
  const parsed = parseDefinition({ title: '届出', pages, ...more })
  return parsed.ok ? [] : parsed.faults.map(({ path, en }) => `${path}: ${en}`)
}
const example = (name: string): unknown => JSON.parse(readFileSync(join(root, 'docs/forms', `${name}.json`), 'utf8'))
const codes = (definition: Parameters<typeof analyse>[0]) =>
  analyse(definition).findings.map(({ code, path }) => `${code} ${path}`)

describe('a kind of field', () => {
  const read = (kind: string, typed: string, more: object = {}) => {
    const definition = one(kind, more)
    const result = readAnswers(definition, definition.pages[0]!, { x: typed })
    return result.errors.x ?? result.answers.x
  }

  test.each([
    ['number', '１，２００', '1200'],
    ['number', '-0', '0'],
    ['number', '1,23', 'xを数字で入力してください。例：1200'],
    ['number', '1e9', 'xを数字で入力してください。例：1200'],
    ['number', '0.5', 'xを整数で入力してください'],
    ['number', '1234567890123456', 'xの数が大きすぎます。15けた以内で入力してください'],
    ['yen', '￥1,980円', '1980'],
    ['month', '2026年3月', '2026-03'],
    ['month', '2026-13', 'xを年と月で入力してください。例：2026年11月'],
    ['time', '９時５分', 'xを時刻で入力してください。例：9:30'],
    ['time', '9:05', '09:05'],
    ['time', '24:00', 'xを時刻で入力してください。例：9:30'],
    ['kana', 'みえ ﾊﾅｺ', 'ミエ ハナコ'],
    ['kana', '三重', 'xをカタカナで入力してください'],
    ['postcode', '〒５１４－８５７０', '5148570'],
    ['corporate-number', '5-0000-2024-0001', '5000020240001'],
    ['corporate-number', '6000020240001', 'xを確かめてください。けたの確認用の数字（先頭の1けた）が合いません'],
    ['iban', 'GB82 WEST 1234 5698 7654 32', 'GB82WEST12345698765432'],
    ['iban', 'GB83 WEST 1234 5698 7654 32', 'xを確かめてください。例：GB82 WEST 1234 5698 7654 32'],
    ['url', 'https://www.example.jp/a?b=1', 'https://www.example.jp/a?b=1'],
    ['url', 'javascript:alert(1)', 'xを https:// から入力してください。例：https://www.example.jp/'],
    ['url', 'https://user:pass@example.jp/', 'xを https:// から入力してください。例：https://www.example.jp/'],
    ['yes-no', 'maybe', 'xを選んでください'],
    ['declaration', 'no', 'xを選んでください'],
  ])('%s reads %s as %s', (kind, typed, answer) => expect(read(kind, typed)).toBe(answer))

  test('has settings', () => {
    expect(read('number', '12.5', { digits: 1 })).toBe('12.5')
    expect(read('number', '12.55', { digits: 1 })).toBe('xは小数点以下1けたまでで入力してください')
    expect(read('number', '1201', { max: '1200', unit: '人' })).toBe('xは1,200人以下で入力してください')
    expect(read('scale', '6', { from: 1, to: 5 })).toBe('xは5以下で入力してください')
    expect(read('text', '12-3456', { mask: '99-9999' })).toBe('12-3456')
    expect(read('text', '12-345a', { mask: '99-9999' })).toBe(
      'xを「99-9999」の形で入力してください（9は数字、Aは英字）',
    )
    expect(read('text', 'あ', { minLength: 2 })).toBe('xは2文字以上で入力してください')
  })

  test('with parts is whole or none, and comes back as typed', () => {
    const definition = one('name')
    const sent = { 'x.family': '葛\u{e0100}城', 'x.given': '花子', 'x.familyKana': 'かつらぎ', 'x.givenKana': 'ﾊﾅｺ' }
    const result = readAnswers(definition, definition.pages[0]!, sent)
    const answer = { family: '葛\u{e0100}城', given: '花子', familyKana: 'カツラギ', givenKana: 'ハナコ' }
    expect(result).toMatchObject({ answers: { x: answer }, errors: {} })
    expect(typedAnswers(definition.pages[0]!, result.answers)).toEqual({ x: answer })
    const half = readAnswers(definition, definition.pages[0]!, { ...sent, 'x.given': ' ' })
    expect(half).toMatchObject({ answers: {}, errors: { x: 'xの名を入力してください' }, wrong: { x: ['given'] } })
    expect(checkAnswers(definition, { x: 'text' }).errors.x).toBe('xを入力してください')
    expect(checkAnswers(definition, { x: { ...answer, given: 1 } }).errors.x).toBe('xを入力してください')
    const address = { postcode: '５１４-８５７０', prefecture: '三重県', city: '津市', street: '広明町13' }
    expect(checkAnswers(one('address'), { x: address }).answers.x).toEqual({ ...address, postcode: '5148570' })
    expect(checkAnswers(one('address'), { x: { ...address, prefecture: '三重' } }).errors.x).toContain('一覧から')
  })

  test('with rows reads each row by its fields, and names what is wrong in it by its place', () => {
    const definition = whole([
      page('p', [
        field('g', 'group', { max: 3, min: 2, required: true, fields: [field('n', 'number', { required: true })] }),
      ]),
    ])
    expect(checkAnswers(definition, { g: [{ n: '１' }, { n: 2, other: 'x' }] })).toEqual({
      answers: { g: [{ n: '1' }, { n: '2' }] },
      errors: {},
    })
    expect(checkAnswers(definition, { g: [{ n: 'x' }, {}] }).errors).toEqual({
      'g.0.n': 'nを数字で入力してください。例：1200',
      'g.1.n': 'nを入力してください',
    })
    expect(checkAnswers(definition, { g: [{ n: '1' }] }).errors).toEqual({ g: 'gを2件以上入力してください' })
    expect(checkAnswers(definition, { g: Array(1_000_000).fill({}) }).errors).toEqual({ g: 'gは3件までにしてください' })
    for (const g of ['x', [1], [null], [[]], {}])
      expect(Object.keys(checkAnswers(definition, { g }).errors)).toEqual(['g'])
  })

  test.each([
    'number',
    'yen',
    'month',
    'time',
    'kana',
    'postcode',
    'corporate-number',
    'url',
    'iban',
    'yes-no',
    'phone',
    'mail',
  ])('%s reads what it has read as the same, and never throws', (kind) => {
    const definition = one(kind)
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[0-9０-９.,:年月時分〒ー－ -]{0,20}$/),
      fc.constantFrom('みえ', 'http://例え.jp', 'yes', '5000020240001', 'GB82WEST12345698765432'),
    )
    fc.assert(
      fc.property(typed, (x) => {
        const { answers } = readAnswers(definition, definition.pages[0]!, { x })
        expect(checkAnswers(definition, answers).answers).toEqual(answers)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the way through a form', () => {
  const way = whole(
    [
      page('a', [field('kind', 'choice', { options: ['x', 'y', 'z'].map((value) => ({ value, label: value })) })], {
        skip: [
          { when: { field: 'kind', is: 'x' }, to: 'c' },
          { when: { field: 'kind', in: ['x', 'z'] }, to: '_check' },
        ],
      }),
      page('stop', [field('why', 'note')], { end: '窓口に来てください', showIf: { field: 'kind', is: 'y' } }),
      page('b', [field('q')]),
      page('c', [field('r', 'text', { required: true })]),
    ],
    {},
  )
  const pages = (kind: string) => evaluate(way, { kind }).pages.map(({ id }) => id)

  test('jumps as far as the furthest rule that holds', () => {
    expect(pages('x')).toEqual(['a'])
    expect(pages('z')).toEqual(['a'])
    expect(evaluate(way, {}).pages.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  test('ends where an end is shown, and nothing can be filed from there', () => {
    expect(pages('y')).toEqual(['a', 'stop'])
    expect(journey(way, { kind: 'y' })).toMatchObject({ ended: 'stop', complete: false, firstIncomplete: 'stop' })
    expect(nextPage(way, { kind: 'y' }, 'a')).toBe('stop')
    expect(stepsOf(way, { kind: 'y' }, 'stop').map(({ page }) => page)).toEqual(['a', 'stop'])
  })

  test('tells what is soft-required, and lets it be filed', () => {
    const soft = whole([
      page('p', [
        field('a'),
        field('b', 'text', { softRequired: { consequence: 'あとで聞きます', when: { field: 'a', answered: true } } }),
      ]),
    ])
    expect(journey(soft, { a: '1' }).complete).toBe(true)
    expect(softMissing(soft, { a: '1' })).toEqual([
      { field: 'b', label: 'b', page: 'p', consequence: 'あとで聞きます' },
    ])
    expect(softMissing(soft, {})).toEqual([])
  })

  test('checks an answer against others', () => {
    const later = { wrongIf: { compare: [{ field: 'b' }, 'under', { field: 'a' }] }, message: '後の日にしてください' }
    const days = whole([page('p', [field('a', 'date'), field('b', 'date', { checks: [later] })])])
    expect(journey(days, { a: '2026-05-02', b: '2026-05-01' }).errors).toEqual({ b: 'b：後の日にしてください' })
    expect(journey(days, { a: '2026-05-02' }).complete).toBe(true)
  })

  test('leaves out options that are not offered, keeps them in the draft, and says so', () => {
    const offered = whole([
      page('p', [
        field('a', 'yes-no'),
        field('b', 'choices', {
          options: [
            { value: 'u', label: 'U' },
            { value: 'v', label: 'V', showIf: { field: 'a', is: 'yes' } },
          ],
        }),
      ]),
    ])
    const answers: Answers = { a: 'no', b: ['u', 'v'] }
    expect(decide(offered, answers).pages[0]!.fields[1]).toMatchObject({ answer: ['u'], without: ['v'] })
    expect(journey(offered, answers).errors).toEqual({ b: 'bを一覧から選んでください' })
    expect(filed(offered, { ...answers, a: 'yes' })).toEqual({ a: 'yes', b: ['u', 'v'] })
  })
})

describe('a formula', () => {
  const value = (formula: object, answers: Answers = {}, today?: string) => {
    const fields = [
      field('n', 'number', { digits: 2 }),
      field('d', 'date'),
      field('g', 'group', { max: 5, fields: [field('m', 'number'), field('on', 'yes-no')] }),
    ]
    const definition = whole([page('p', [...fields, field('out', 'computed', { formula })])])
    return filed(definition, answers, today).out
  }

  test.each([
    [{ add: [{ number: '0.1' }, { number: '0.2' }] }, '0.3'],
    [{ divide: { of: { number: '2' }, by: { number: '3' }, digits: 4 } }, '0.6667'],
    [{ divide: { of: { number: '-2.5' }, by: { number: '1' }, digits: 0 } }, '-3'],
    [{ divide: { of: { number: '2.5' }, by: { number: '1' }, digits: 0, rounding: 'half-even' } }, '2'],
    [{ divide: { of: { number: '1' }, by: { number: '0' }, digits: 0 } }, undefined],
    [{ round: { of: { number: '-1.21' }, digits: 1, rounding: 'up' } }, '-1.3'],
    [{ subtract: [{ number: '1' }, { field: 'n' }] }, undefined],
    [{ first: [{ field: 'n' }, { number: '7' }] }, '7'],
    [{ plus: { date: { date: '2026-01-31' }, months: 1 } }, '2026-02-28'],
    [{ plus: { date: { date: '2028-02-29' }, years: 1, days: 1 } }, '2029-03-01'],
    [{ plus: { date: { date: '9999-12-31' }, days: 1 } }, undefined],
    [{ days: [{ date: '2026-03-01' }, { date: '2026-02-01' }] }, '-28'],
    [{ years: [{ date: '2020-04-01' }, { date: '2026-03-31' }] }, '6'],
    [{ years: [{ date: '2026-04-01' }, { date: '2020-03-31' }] }, undefined],
    [{ today: true }, undefined],
    [{ count: { of: 'g' } }, '0'],
  ])('%j gives %s', (formula, expected) => expect(value(formula)).toBe(expected))

  test('looks at answers, rows and the day', () => {
    const rows: Answers = { n: '1.25', g: [{ m: '3', on: 'yes' }, { m: '4' }, { on: 'yes' }] }
    expect(value({ multiply: [{ field: 'n' }, { number: '4' }] }, rows)).toBe('5')
    expect(value({ sum: { of: 'g', each: { multiply: [{ field: 'm' }, { field: 'n' }] } } }, rows)).toBe('8.75')
    expect(value({ sum: { of: 'g', each: { field: 'm' }, when: { field: 'on', is: 'yes' } } }, rows)).toBe('3')
    expect(value({ count: { of: 'g', when: { not: { field: 'on', answered: true } } } }, rows)).toBe('1')
    expect(value({ plus: { date: { today: true }, days: 14 } }, {}, '2026-11-25')).toBe('2026-12-09')
  })

  test('of a unique table gives nothing where two rows hold, of a first one the first, of a sum both', () => {
    const rows = ['0', '5'].map((number, n) => ({
      when: { field: 'n', atLeast: number },
      gives: { number: String(n + 1) },
    }))
    const table = (hit: string) => ({ table: { hit, rows, else: { number: '9' } } })
    expect(['unique', 'first', 'sum'].map((hit) => value(table(hit), { n: '7' }))).toEqual([undefined, '1', '3'])
    expect(['unique', 'first', 'sum'].map((hit) => value(table(hit), { n: '-1' }))).toEqual(['9', '9', '9'])
  })
})

describe('a definition is refused', () => {
  const yes: Condition = { field: 'later', answered: true }

  test.each<[string, object[], object, string]>([
    [
      'for a circle of named conditions',
      [page('p', [field('x')])],
      {
        conditions: [
          { id: 'a', name: 'a', when: { condition: 'b' } },
          { id: 'b', name: 'b', when: { not: { condition: 'a' } } },
        ],
      },
      'conditions[1]: these hang on each other in a circle: b → a',
    ],
    [
      'for a named condition used too early',
      [page('p', [field('x', 'text', { showIf: { condition: 'a' } }), field('later')])],
      { conditions: [{ id: 'a', name: 'a', when: yes }] },
      'pages[0].fields[0].showIf.condition: a uses the field later, which does not come before this place',
    ],
    [
      'for a jump back',
      [page('p', [field('x')]), page('q', [field('y')], { skip: [{ to: 'p' }] })],
      {},
      'pages[1].skip[0].to: p is no later page and not _check',
    ],
    [
      'for an end that asks',
      [page('p', [field('x')], { end: '終わり' })],
      {},
      'pages[0].fields: an end has notes only',
    ],
    [
      'for comparing a number with a date',
      [page('p', [field('x', 'computed', { formula: { add: [{ number: '1' }, { date: '2026-05-01' }] } })])],
      {},
      'pages[0].fields[0].formula: only a number can be used here',
    ],
    [
      'for computing with a text',
      [page('p', [field('x'), field('y', 'computed', { formula: { field: 'x' } })])],
      {},
      'pages[0].fields[1].formula.field: the answer to x cannot be computed with',
    ],
    [
      'for a number in another spelling',
      [page('p', [field('x', 'number'), field('y', 'text', { showIf: { field: 'x', is: '1.0' } })])],
      {},
      'pages[0].fields[1].showIf.is: must be compared with a number like 12.5',
    ],
    [
      'for a field inside of rows asked from outside',
      [
        page('p', [
          field('g', 'group', { max: 2, fields: [field('in')] }),
          field('y', 'text', { showIf: { field: 'in', answered: true } }),
        ]),
      ],
      {},
      'pages[0].fields[1].showIf.field: in does not come before this condition; only earlier fields can be referred to',
    ],
    [
      'for bounds that no answer meets',
      [page('p', [field('x', 'yen', { min: '10', max: '9' })])],
      {},
      'pages[0].fields[0].max: max lies below min',
    ],
    [
      'for a broken section',
      [
        page('p', [field('x', 'text', { section: 's' }), field('y'), field('z', 'text', { section: 's' })], {
          sections: [{ id: 's', title: '区分' }],
        }),
      ],
      {},
      'pages[0].sections[0]: the fields of the section s do not stand together',
    ],
  ])('%s', (_, pages, more, fault) => expect(faults(pages, more)).toContain(fault))

  test('where it would explode, with the reason', () => {
    const square = (n: number): Formula => ({ multiply: [{ value: `v${n}` }, { value: `v${n}` }] })
    const values = Array.from({ length: 50 }, (_, n) => ({
      id: `v${n}`,
      label: 'v',
      formula: n === 0 ? { field: 'x' } : square(n - 1),
    }))
    const squared = page('p', [field('x', 'number'), field('y', 'computed', { formula: { value: 'v49' } })])
    expect(faults([squared], { values })).toEqual([
      'values[3]: numbers may become too long (120 digits, at most 100): bound the fields, or round in between',
    ])
    const deep = Array.from({ length: 400 }, (_, n) => ({
      id: `c${n}`,
      name: 'c',
      when: n === 0 ? { field: 'x', answered: true } : { not: { condition: `c${n - 1}` } },
    }))
    expect(faults([page('p', [field('x')])], { conditions: deep })[0]).toContain('stacked too deep')
    const group = (id: string, inner: object) => field(id, 'group', { max: 1000, fields: [inner] })
    expect(faults([page('p', [group('a', group('b', group('c', field('x'))))])])).toEqual([
      expect.stringContaining('too many steps'),
    ])
    const nested = ['a', 'b', 'c', 'd'].reduceRight<object>(
      (inner, id) => field(id, 'group', { max: 2, fields: [inner] }),
      field('x'),
    )
    expect(faults([page('p', [nested])])).toEqual([expect.stringContaining('more than three deep')])
    expect(faults([page('p', [field('x', 'number', { max: '9'.repeat(400) })])])).toHaveLength(1)
  })

  test('by the path of the fault however deep a condition or formula is', () => {
    const showIf = { all: [{ any: [{ field: 'x', is: 5 }] }] }
    expect(faults([page('p', [field('x'), field('y', 'text', { showIf })])])[0]).toMatch(
      /^pages\[0\]\.fields\[1\]\.showIf\.all\[0\]\.any\[0\]\.is: /,
    )
    const formula = { add: [{ divide: { of: { number: '1' }, by: { number: 'x' }, digits: 2 } }] }
    expect(faults([page('p', [field('y', 'computed', { formula })])])[0]).toMatch(
      /^pages\[0\]\.fields\[0\]\.formula\.add\[0\]\.divide\.by\.number: /,
    )
  })
})

describe('the steps of decision diagrams', () => {
  test('are as many as a node has branches, also where the answer is known already', () => {
    const { variable, literal, and, not } = openDiagrams(1000)
    const wide = variable(3200)
    const [a, b] = [literal(wide, [1]), literal(wide, [2])]
    let times = 0
    expect(() => {
      for (; times < 1000; times++) literal(wide, [3])
    }).toThrow(TooManySteps)
    expect(times).toBeLessThan(10)
    expect(() => and(a, not(b))).toThrow(TooManySteps)
    const narrow = openDiagrams(10)
    expect(() => {
      for (times = 0; times < 1000; times++) narrow.and(always, never)
    }).toThrow(TooManySteps)
    expect(times).toBeLessThan(1000)
  })

  test('can be spent on other work, which ends with what was granted', () => {
    const { spend, within } = openDiagrams(100)
    const work = (steps: number) => () => {
      spend(steps)
      return 'done'
    }
    expect(within(50, work(40))).toBe('done')
    expect(within(50, work(60))).toBeUndefined()
    expect(() => within(50, work(60))).toThrow(TooManySteps)
  })
})

describe('the analysis', () => {
  const c = (when: object, id = 'c') => ({ conditions: [{ id, name: id, when }] })

  test('finds what never happens', () => {
    const options = ['a', 'b'].map((value) => ({ value, label: value }))
    const both = {
      all: [
        { field: 'x', is: 'a' },
        { field: 'x', is: 'b' },
      ],
    }
    const definition = whole([
      page('p', [field('x', 'choice', { options, required: true }), field('y', 'text', { showIf: both })]),
      page('q', [field('z', 'choice', { options: [options[0], { ...options[1], showIf: both }] })], {
        showIf: { field: 'y', answered: true },
      }),
      page('r', [field('w', 'choice', { options: [options[0], { ...options[1], showIf: both }] })]),
      page('s', [
        field('v', 'text', {
          required: true,
          checks: [{ wrongIf: { field: 'x', answered: true }, message: 'だめです' }],
        }),
      ]),
    ])
    expect(codes(definition)).toEqual([
      'unreachable-field pages[0].fields[1]',
      'unreachable-page pages[1]',
      'dead-option pages[2].fields[0].options[1]',
      'contradiction pages[0].fields[1].showIf',
      'contradiction pages[1].showIf',
      'contradiction pages[2].fields[0].options[1].showIf',
      'incompletable ',
    ])
    expect(analyse(definition).unreachable).toEqual({ pages: ['q'], fields: ['y', 'z'] })
  })

  test('looks into decision tables', () => {
    const row = (from: string, gives: string) => ({ when: { field: 'n', atLeast: from }, gives: { number: gives } })
    const table = (hit: string, ...rows: object[]) =>
      whole([
        page('p', [field('n', 'number', { min: '0' }), field('t', 'computed', { formula: { table: { hit, rows } } })]),
      ])
    expect(codes(table('unique', row('0', '1'), row('5', '2')))).toContain(
      'overlap pages[0].fields[1].formula.table.rows[1]',
    )
    expect(codes(table('first', row('0', '1'), row('5', '2')))).toContain(
      'dead-row pages[0].fields[1].formula.table.rows[1]',
    )
    expect(codes(table('first', row('5', '1'), row('0', '2'))).filter((code) => !code.startsWith('tautology'))).toEqual(
      [],
    )
  })

  test('asks for the purpose of personal data', () => {
    expect(
      codes(
        whole([
          page('p', [
            field('m', 'mail'),
            field('n', 'name', { purpose: '連絡' }),
            field('t', 'text', { personal: true }),
            field('k', 'phone', { personal: false }),
          ]),
        ]),
      ),
    ).toEqual(['no-purpose pages[0].fields[0]', 'no-purpose pages[0].fields[2]'])
    expect(codes(whole([page('p', [field('m', 'mail')], { purpose: '連絡' })]))).toEqual([])
  })

  /** Thresholds at random on a grid that can be tried whole. */
  test('is exact about thresholds of numbers and dates, for 1,000 random conditions', () => {
    const bound = fc.record({
      how: fc.constantFrom('atLeast', 'atMost', 'over', 'under', 'is', 'isNot'),
      at: fc.integer({ min: -60, max: 160 }),
    })
    const clause = fc.array(fc.array(bound, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
    const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
    fc.assert(
      fc.property(clause, fc.boolean(), (clauses, dates) => {
        // Numbers from 0 to 100 in halves, or a hundred days: more than are listed one by one.
        const write = (at: number) => (dates ? day(at) : String(at / 2))
        const kind = dates ? { earliest: day(0), latest: day(100) } : { digits: 1, min: '0', max: '50' }
        const when = {
          all: clauses.map((parts) => ({ any: parts.map(({ how, at }) => ({ field: 'x', [how]: write(at) })) })),
        }
        const definition = whole(
          [
            page('p', [
              field('x', dates ? 'date' : 'number', kind),
              field('y', 'text', { showIf: { condition: 'c' } }),
            ]),
          ],
          c(when),
        )
        const tried = Array.from({ length: dates ? 101 : 501 }, (_, n) => (dates ? day(n) : String(n / 10)))
        const seen = tried.some((x) => decide(definition, { x }).pages[0]!.fields[1]!.shown)
        expect(analyse(definition).unreachable.fields).toEqual(seen ? [] : ['y'])
      }),
      { numRuns: 1000 },
    )
  })

  test('says when there is too much to decide, and ends', () => {
    const yes = Array.from({ length: 80 }, (_, n) => field(`f${n}`, 'yes-no'))
    const clause = (n: number) => ({
      any: [7, 31, 53].map((k) => ({ field: `f${(n * k + (n % 5)) % 80}`, is: (n * k) % 3 ? 'yes' : 'no' })),
    })
    const showIf = {
      all: [0, 100, 200].map((from) => ({ all: Array.from({ length: 100 }, (_, n) => clause(from + n)) })),
    }
    const { decided, findings } = analyse(whole([page('p', [...yes, field('z', 'text', { showIf })])]))
    expect(decided).toBe(false)
    expect(findings.map(({ code }) => code)).toEqual(['undecided'])
  })

  test('counts what one answer of thousands costs, and ends', () => {
    const fields = Array.from({ length: 50 }, (_, n) =>
      field(`b${n}`, 'text', {
        showIf: { any: Array.from({ length: 200 }, (_, k) => ({ field: 'a', is: `v${n * 200 + k}` })) },
      }),
    )
    const { findings } = analyse(whole([page('p', [field('a'), ...fields])]))
    expect(findings.map(({ code }) => code)).toEqual(['undecided'])
  })

  test('does not cut a field that is asked about in too many ways, and still decides the rest', () => {
    const asked = Array.from({ length: 5 }, (_, n) =>
      field(`b${n}`, 'text', {
        showIf: { any: [{ field: 'a', in: Array.from({ length: 100 }, (_, k) => `v${n * 150 + k}`) }] },
      }),
    )
    const more = field('m', 'text', { showIf: { field: 'a', in: Array.from({ length: 99 }, (_, k) => `w${k}`) } })
    const last = field('n', 'text', { showIf: { field: 'a', in: Array.from({ length: 99 }, (_, k) => `x${k}`) } })
    const never = {
      all: ['b0', 'm'].flatMap((id) => [
        { field: id, is: '1' },
        { field: id, is: '2' },
      ]),
    }
    const definition = whole([page('p', [field('a'), ...asked, more, last, field('z', 'text', { showIf: never })])])
    expect(codes(definition)).toEqual([
      'unreachable-field pages[0].fields[8]',
      'contradiction pages[0].fields[8].showIf',
      'undecided ',
    ])
    expect(analyse(definition).unreachable).toEqual({ pages: [], fields: ['z'] })
  })
})

describe('reasons', () => {
  test('name what decided, in two languages', () => {
    const definition = form(example('hall-use'))
    const { pages, values } = explain(
      definition,
      { name: '会', room: 'small', day: '2027-01-10', slot: 'morning', people: '50', ticket: '500', plans: ['food'] },
      '2026-11-25',
    )
    expect(pages.map(({ id, why }) => [id, why.ja])).toEqual([
      ['event', 'いつも表示します'],
      ['safety', '「来る人のおよその数」が「50人」である、かつ「使う場所」が「小ホール」であるため、表示しません'],
      ['kitchen', '「行うこと」が「飲食」であるため、表示します'],
      ['applicant', 'いつも表示します'],
    ])
    expect(pages[2]!.why.en).toBe('shown, because “行うこと” is “飲食”')
    expect(values.map(({ id, value, how }) => [id, value, how.ja])).toEqual([
      [
        'base',
        '8000',
        '表の3行目「「使う場所」が「小ホール」である、かつ「使う時間」が「午前」か「午後」である」により 8,000',
      ],
      ['fee', '15000', '8,000 ＋ 7,000 ＝ 15,000'],
    ])
  })

  test('tell what is missing for a value', () => {
    const definition = whole([
      page('p', [
        field('n', 'number'),
        field('c', 'computed', { formula: { multiply: [{ field: 'n' }, { number: '3' }] } }),
      ]),
    ])
    expect(explain(definition, {}).pages[0]!.fields[1]!.how?.ja).toBe('「n」に回答がないため、計算できません')
    expect(explain(definition, { n: '1000' }).pages[0]!.fields[1]!.how?.ja).toBe('1,000 × 3 ＝ 3,000')
  })
})

describe('the definitions in docs/forms', () => {
  test.each(['child-allowance', 'digital-subsidy', 'hall-use'])('%s is sound', (name) => {
    const definition = form(example(name))
    expect(analyse(definition)).toEqual({ findings: [], unreachable: { pages: [], fields: [] }, decided: true })
    expect(difference(definition, definition)).toEqual([])
  })

  test.each([
    ['child-allowance', { amount: '25000' }],
    ['digital-subsidy', { sum: '661400', amount: '440000', days: '121' }],
  ])('%s is complete with its answers, and computes %j', (name, computed) => {
    const definition = form(example(name))
    const { complete, errors, filed } = explain(definition, example(`${name}.answers`), '2026-11-25')
    expect({ complete, errors }).toEqual({ complete: true, errors: {} })
    expect(filed).toMatchObject(computed)
  })

  test('have the schema that is printed', () => {
    expect(
      readFileSync(join(root, formSchemaPath), 'utf8') === formSchemaText(),
      `${formSchemaPath} is not as printed`,
    ).toBe(true)
  })
})

describe('pages', () => {
  test('are not asked to draw what they can’t', () => {
    expect(undrawable(form(example('child-allowance'))).map(({ path }) => path)).toContain('pages[3].fields[0]')
    expect(undrawable(form(example('hall-use'))).map(({ path }) => path)).toEqual(['pages[0].fields[3].options[2]'])
    const here = whole([page('p', [field('n', 'number'), field('c', 'computed', { formula: { field: 'n' } })])])
    expect(undrawable(here).map(({ path }) => path)).toEqual(['pages[0].fields[1]'])
  })

  test('get the named conditions, values and sections that they hang on, and no others', () => {
    const definition = whole(
      [
        page('a', [field('n', 'number')]),
        page('b', [field('m', 'yes-no'), field('o', 'text', { section: 's' })], {
          sections: [{ id: 's', title: '区分', showIf: { condition: 'big' } }],
        }),
      ],
      {
        conditions: [
          {
            id: 'big',
            name: '大きい',
            when: {
              all: [
                { field: 'm', is: 'yes' },
                { value: 'double', over: '10' },
              ],
            },
          },
          { id: 'other', name: '別', when: { field: 'm', is: 'no' } },
        ],
        values: [{ id: 'double', label: '倍', formula: { multiply: [{ field: 'n' }, { number: '2' }] } }],
      },
    )
    const logic = pageLogic(definition, definition.pages[1]!, { n: '6' })!
    expect([logic.conditions?.map(({ id }) => id), logic.values?.map(({ id }) => id), logic.earlier]).toEqual([
      ['big'],
      ['double'],
      { n: '6' },
    ])
    const sent = JSON.parse(JSON.stringify(logic))
    expect([shownOnPage(sent, { m: 'no' }), shownOnPage(sent, { m: 'yes' })]).toEqual([['m'], ['m', 'o']])
  })
})
