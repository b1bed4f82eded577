import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readProblem } from './read.ts'
import { smallProblem } from './small-problems.ts'

const good = {
  scores: [
    [0.5, null],
    [0, 1],
  ],
  cases: [{ id: 'a', need: 1 }, { need: 2 }],
  experts: [
    { min: 0, max: 6, groups: ['f', '30s'] },
    { id: 7, min: 1, max: 2 },
  ],
  conflicts: [[0, 1]],
  pins: [[1, 0]],
  balance: [{ per: 'case', group: 'f', min: 1 }],
}
const faultsOf = (text: string) => {
  const read = readProblem(text)
  return 'faults' in read ? read.faults.map(({ path, sentence }) => `${path}: ${sentence}`) : []
}
const withFault = (more: object) => faultsOf(JSON.stringify({ ...good, ...more }))

describe('a file of the command match', () => {
  test('is read as it is meant', () => {
    const read = readProblem(JSON.stringify(good))
    expect('problem' in read && read.problem).toMatchObject({ ...good, experts: [{ max: 6 }, { id: '7', groups: [] }] })
  })

  test('says of a value that nests a million times how it begins', () => {
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000)
    expect(faultsOf(`{"scores":[[${deep}]],"cases":[{"need":1}],"experts":[{"min":0,"max":1}]}`)).toEqual([
      `scores[0][0]: is ${'['.repeat(40)}…; must be a number from 0 to 1000000000, or null for impossible`,
    ])
  })

  test('says of a long value how it begins', () => {
    expect(withFault({ scores: { a: [1, 'x'.repeat(100)], b: 2 } })).toEqual([
      `scores: is {"a":[1,"${'x'.repeat(31)}…; must be a list of lists of numbers, one list per case`,
    ])
    expect(withFault({ scores: { a: [1, { b: 'x' }], c: null } })).toEqual([
      'scores: is {"a":[1,{"b":"x"}],"c":null}; must be a list of lists of numbers, one list per case',
    ])
  })

  test('may have hundreds of thousands of faults', () => {
    const scores = Array.from({ length: 200_000 }, () => 'x')
    expect(faultsOf(JSON.stringify({ scores, cases: [], experts: [] }))).toHaveLength(200_001)
    const conflicts = scores.map(() => [9, 9])
    expect(withFault({ conflicts })).toHaveLength(400_000)
  })

  test('may leave out the lists that are empty', () => {
    const { conflicts, pins, balance, ...bare } = good
    const read = readProblem(JSON.stringify(bare))
    expect('problem' in read && read.problem).toMatchObject({ conflicts: [], pins: [], balance: [] })
  })

  test.each<[object, string[]]>([
    [{ scores: [[0.5, null]] }, ['scores: has 1 rows; there are 2 cases']],
    [{ scores: [[0.5], [0, 1]] }, ['scores[0]: has 1 scores; there are 2 experts']],
    [
      {
        scores: [
          [0.5, -1],
          [0, '1'],
        ],
      },
      [
        'scores[0][1]: is -1; must not be negative: 0 is possible but poor, null is impossible',
        'scores[1][1]: is "1"; must be a number from 0 to 1000000000, or null for impossible',
      ],
    ],
    [
      { scores: [[0.5, 2e9], 3] },
      [
        'scores[0][1]: is 2000000000; must be a number from 0 to 1000000000, or null for impossible',
        'scores[1]: is 3; must be a list of numbers, one per expert',
      ],
    ],
    [{ scores: {} }, ['scores: is {}; must be a list of lists of numbers, one list per case']],
    [{ scores: undefined }, ['scores: is missing']],
    [
      { cases: [{ need: -1 }, { need: 1.5 }] },
      ['cases[0].need: is -1; must not be negative', 'cases[1].need: is 1.5; must be a whole number'],
    ],
    [{ cases: [{}, { need: null }] }, ['cases[0].need: is missing', 'cases[1].need: is null; must be a whole number']],
    [
      { experts: [{ min: 0 }, { min: -2, max: 1e300 }] },
      [
        'experts[0].max: is missing',
        'experts[1].min: is -2; must not be negative',
        'experts[1].max: is 1e+300; must be a whole number',
        'experts[1].max: is 1e+300; must be at most 1000000000',
      ],
    ],
    [
      {
        experts: [
          { min: 0, max: 1, groups: [1] },
          { min: 0, max: 1, groups: 'f' },
        ],
      },
      ['experts[0].groups[0]: is 1; must be a text', 'experts[1].groups: must be a list of texts'],
    ],
    [
      {
        conflicts: [
          [0, 2],
          [2, 0],
        ],
      },
      [
        'conflicts[0][1]: is 2; there is no such expert, the last is 1',
        'conflicts[1][0]: is 2; there is no such case, the last is 1',
      ],
    ],
    [{ pins: [[0]] }, ['pins[0]: is [0]; must be a pair of places: [case, expert]']],
    [{ pins: [[0, -1]] }, ['pins[0][1]: is -1; must not be negative']],
    [{ balance: [{ per: 'year', group: 'f' }] }, ['balance[0].per: is "year"; must be "case" or "all"']],
    [{ balance: [{ per: 'all' }] }, ['balance[0].group: is missing']],
    // A rule that is not known, or misspelt, must not be passed over in silence.
    [
      { conflict: [[0, 0]], balance: [{ per: 'all', group: 'f', mn: 1 }] },
      ['balance[0].mn: is not known here', 'conflict: is not known here'],
    ],
  ])('with faults is refused by their paths: %j', (more, faults) => {
    expect(withFault(more)).toEqual(faults)
  })

  test('names all faults of all kinds at once', () => {
    const faults = withFault({ scores: [[0.5, -1], [0]], cases: [{ need: 'x' }, { need: 2 }], balance: [{}] })
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'cases[0].need',
      'balance[0].per',
      'balance[0].group',
      'scores[0][1]',
      'scores[1]',
    ])
  })

  test('with literals that JSON has not names them by their paths', () => {
    const text = JSON.stringify({ ...good, cases: [{ id: 'NaN', need: 1 }, { need: 2 }] })
      .replace('0.5', 'NaN')
      .replace('"max":6', '"max":-Infinity')
    expect(faultsOf(text)).toEqual([
      'experts[0].max: is -Infinity; must be a whole number',
      'scores[0][0]: is NaN; must be a number from 0 to 1000000000, or null for impossible',
    ])
    expect(faultsOf(JSON.stringify(good).replace('0.5', '1e999'))).toEqual([
      'scores[0][0]: is Infinity; must be a number from 0 to 1000000000, or null for impossible',
    ])
  })

  test('that breaks off says where', () => {
    expect(faultsOf('{"scores": [[0.5,\n 0.5,,]]}')).toEqual([': is no JSON: it breaks off at line 2, column 6'])
    expect(faultsOf('')).toEqual([': is no JSON: it breaks off at line 1, column 1'])
    expect(faultsOf('null')).toContain(': is null; must be an object')
    expect(faultsOf('[]')[0]).toMatch(/must be an object/)
    expect(faultsOf('['.repeat(100_000))[0]).toMatch(/^: is no JSON/)
  })

  test('with a key twice is refused, since a parser would forget the first', () => {
    expect(faultsOf(`{"conflicts": [[0, 0]], ${JSON.stringify(good).slice(1)}`)).toEqual([
      'conflicts: stands there twice; which of the two is meant?',
    ])
  })

  test('of any shape is read or refused, never thrown at', () => {
    fc.assert(fc.property(fc.json(), (text) => void readProblem(text)))
    fc.assert(fc.property(smallProblem(), (problem) => 'problem' in readProblem(JSON.stringify(problem))))
    const broken = fc.tuple(
      smallProblem(),
      fc.nat(),
      fc.constantFrom('"x"', '-1', 'NaN', '{}', '[', 'null', '1e400', ''),
    )
    fc.assert(
      fc.property(broken, ([problem, at, noise]) => {
        const text = JSON.stringify(problem)
        const place = at % text.length
        void readProblem(text.slice(0, place) + noise + text.slice(place + 1))
      }),
      { numRuns: 500 },
    )
  })
})
