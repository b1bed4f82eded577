import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerFile } from './answer-file.ts'

const faultsOf = (text: string, all = false) => answerFile(text, all, () => {})
const pathsOf = (asked: unknown) => faultsOf(JSON.stringify(asked)).map(({ path }) => path)
const good = { method: 'ratio', direction: 'up', target: '50.0', actual: '47.4' }

function answersTo(text: string) {
  const pieces: string[] = []
  expect(faultsOf(text)).toEqual([])
  answerFile(text, false, (piece) => pieces.push(piece))
  return JSON.parse(pieces.join(''))
}

describe('a file', () => {
  test('of one object has one answer, a list as many in its order, with their ids', () => {
    expect(answersTo(JSON.stringify(good))).toMatchObject({ shown: '0.95' })
    const list = [{ ...good, id: 'b' }, { ...good, id: 2, actual: 50 }, good]
    const answers = answersTo(JSON.stringify(list))
    expect(answers).toMatchObject([{ id: 'b', shown: '0.95' }, { id: 2, shown: '1.00' }, { shown: '0.95' }])
    expect(answers[2]).not.toHaveProperty('id')
    expect(answersTo('[]')).toEqual([])
    expect(answersTo(' [ ]\n')).toEqual([])
  })

  test('has every fault named by its path, all at once', () => {
    const faults = [
      { ...good, method: 'ratoi' },
      good,
      { ...good, direction: undefined, digits: 11, rounding: 'nearest' },
      { ...good, target: { year: 2019.5, value: '1,5' }, actual: { value: true, status: 'maybe', typo: 1 } },
      7,
      { ...good, scale: [{ min: 'x' }, { grade: 'B', min: '0.9' }, { grade: 'C', min: '1' }], cap: '0.5' },
      { method: 'milestone', stages: [true, 'x', { weight: -1, value: null }] },
      { ...good, bounds: ['1', 'NaN', null, 2], 'odd key': 1 },
      { ...good, target: { min: 5, max: 3 } },
      { ...good, variant: 'T/A', formula: 'T/A' },
      { ...good, actual: [{ year: 2019, value: 1 }] },
    ]
    expect(pathsOf(faults)).toEqual([
      '[0].method',
      '[2].direction',
      '[2].digits',
      '[2].rounding',
      '[3].target.value',
      '[3].target.year',
      '[3].actual.typo',
      '[3].actual.value',
      '[3].actual.status',
      '[4]',
      '[5].cap',
      '[5].scale[0].grade',
      '[5].scale[0].min',
      '[5].scale[2]',
      '[6].stages[1]',
      '[6].stages[2].weight',
      '[7]."odd key"',
      '[7].bounds[1]',
      '[7].bounds[2]',
      '[7].bounds[3]',
      '[8].target.max',
      '[9].formula',
      '[10].actual',
    ])
  })

  test('of one object has faults without a number in front', () => {
    expect(pathsOf({ method: 'ratio', target: { value: 'x' } })).toEqual(['target.value', 'direction'])
    expect(pathsOf('text')).toEqual(['（ファイル全体）'])
  })

  test('must say the method unless every method is asked', () => {
    const { method, ...rest } = good
    expect(method).toBe('ratio')
    expect(pathsOf(rest)).toEqual(['method'])
    expect(faultsOf(JSON.stringify(rest), true)).toEqual([])
  })

  test('with a key twice names the second', () => {
    expect(
      faultsOf('[{"method": "ratio", "direction": "up", "target": 1, "target": 2}]').map(({ path }) => path),
    ).toEqual(['[0].target'])
  })

  test.each([
    ['', '1行1文字目'],
    ['{"method": }', '1行12文字目'],
    ['[\n{"a": 1},\n]', '3行1文字目'],
    ['[NaN]', '1行2文字目'],
    ['[Infinity]', '1行2文字目'],
    [`${'['.repeat(100_000)}`, '入れ子が深すぎます'],
    [`${'{"a":'.repeat(100_000)}`, '入れ子が深すぎます'],
  ])('that is %.20s … is refused by a sentence', (text, sentence) => {
    const [fault, ...more] = faultsOf(text)
    expect(fault?.sentence).toContain(sentence)
    expect(more).toEqual([])
  })
})

describe('a figure', () => {
  const bad = (figure: unknown) => faultsOf(JSON.stringify({ ...good, actual: figure })).map(({ path }) => path)

  test.each([
    'NaN',
    'Infinity',
    '-Infinity',
    '',
    ' 1',
    '1 ',
    '+1',
    '.5',
    '5.',
    '01',
    '1,000',
    '４７',
    '47％',
    '47.4%',
    '0x10',
    '1e',
    '1_0',
    '--1',
    '−5',
    '1e999999',
    '1e-999999',
    '1e61',
    '1e-61',
    '9'.repeat(61),
    '9'.repeat(1_000_000),
    '1e99999999999999999999',
    '١٢',
    'null',
    'true',
    '1\u0000',
  ])('%.24s is refused', (text) => {
    expect(bad(text)).toEqual(['actual'])
    expect(bad({ value: text })).toEqual(['actual.value'])
  })

  test.each([true, [], [1], {}, { year: 2020 }].map((one) => [JSON.stringify(one), one]))(
    '%s is no figure or none',
    (_, one) => {
      expect(bad(one).every((path) => path.startsWith('actual'))).toBe(true)
    },
  )

  test.each([
    ['0.1', '0.3', '1/3'],
    ['100000000000000000000000000000000000000000000000001', '3e50', null],
    ['-0', '5', null],
    ['1e2', '3', '100/3'],
    ['1.50E+1', '7', '15/7'],
    ['0.000000000000000000000000000001', '3', `1/3${'0'.repeat(30)}`],
    ['9007199254740993', '2', null],
  ])('%s of %s is read digit by digit, as a text and as a number', (actual, target, fraction) => {
    const [text, number] = [
      `{"method": "ratio", "direction": "up", "actual": "${actual}", "target": "${target}"}`,
      `{"method": "ratio", "direction": "up", "actual": ${actual}, "target": ${target}}`,
    ].map(answersTo)
    expect(number).toEqual(text)
    if (fraction !== null) expect(text.fraction).toBe(fraction)
  })

  test('beyond the digits of a double is exact', () => {
    const [asked, alike] = ['9007199254740993', '9007199254740992'].map((actual) =>
      answersTo(`{"method": "ratio", "direction": "up", "actual": ${actual}, "target": 9007199254740993}`),
    )
    expect(asked).toMatchObject({ met: true, shown: '1.00' })
    expect(alike).toMatchObject({ met: false, shown: '0.99' })
  })
})

describe('words', () => {
  test.each([
    ['expected-ratio', 'expectedRatio'],
    ['EXPECTED_RATIO', 'expectedRatio'],
    ['茨城', 'expectedRatio'],
    ['nagano', 'progress'],
    ['ratio down', 'ratioDown'],
  ])('method %s means %s', (method, meant) => {
    expect(answersTo(JSON.stringify({ ...good, method }))).toMatchObject({ method: meant })
  })

  test.each([
    ['HALF_UP', '0.13'],
    ['四捨五入', '0.13'],
    ['half-down', '0.12'],
    ['half-even', '0.12'],
    ['truncate', '0.12'],
    ['切上げ', '0.13'],
    ['floor', '0.12'],
    ['ceil', '0.13'],
  ])('rounding %s shows 0.125 as %s', (rounding, shown) => {
    expect(answersTo(JSON.stringify({ ...good, target: 1, actual: 0.125, rounding })).shown).toBe(shown)
  })
})

test('whatever JSON comes, there is an answer or a fault with a path, and no third thing', () => {
  const keys = [
    'method',
    'direction',
    'target',
    'actual',
    'baseline',
    'digits',
    'cap',
    'scale',
    'stages',
    'value',
    'year',
    '__proto__',
    'constructor',
  ]
  const words = ['ratio', 'progress', 'milestone', 'up', 'down', '1e9999', '0', '-1', '47.4', 'half-up']
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<unknown>(...words, null, true, 0, -2, 1e21, 0.1),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 6 }),
    ),
  }))
  fc.assert(
    fc.property(value, fc.boolean(), (asked, all) => {
      const pieces: string[] = []
      const faults = answerFile(JSON.stringify(asked), all, (piece) => pieces.push(piece))
      if (faults.length === 0) expect(JSON.parse(pieces.join(''))).toBeTypeOf('object')
      else for (const { path, sentence } of faults) expect(path.length * sentence.length).toBeGreaterThan(0)
    }),
    { numRuns: 2000 },
  )
})
