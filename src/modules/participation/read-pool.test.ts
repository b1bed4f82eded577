import { describe, expect, test } from 'vitest'
import { readPool } from './read-pool.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const people = 'id,sex,age,town\np1,f,old,x\np2,m,young,y\np3,m,old,x\n'
const quotas = 'category,name,min,max\nsex,f,0,2\nsex,m,1,2\nage,young,0,1\nage,old,1,2\n'

/** Reads the two texts; each fault as `file:line:column: sentence`. */
function read(one: string | Uint8Array, other: string | Uint8Array, size = 2, household: string | null = null) {
  const file = (name: string, text: string | Uint8Array) => ({
    name,
    bytes: typeof text === 'string' ? bytes(text) : text,
  })
  const { pool, faults } = readPool(
    { people: file('people.csv', one), quotas: file('quotas.csv', other) },
    size,
    household,
  )
  return {
    pool,
    faults: faults.map(({ file: name, line, column, sentence }) => `${name}:${line}:${column}: ${sentence}`),
  }
}

describe('the two files', () => {
  test('become a pool; columns without quotas are left alone', () => {
    const { pool, faults } = read(people, quotas, 2, 'town')
    expect(faults).toEqual([])
    expect(pool).toMatchObject({ size: 2, categories: ['sex', 'age'] })
    expect(pool?.people[1]).toEqual({ id: 'p2', values: ['m', 'young'], household: 'y' })
    expect(pool?.quotas[3]).toMatchObject({ category: 'age', value: 'old', min: 1, max: 2 })
  })

  test('may have a byte order mark, other line ends, quotes, spaces, empty lines and no last line end', () => {
    const mark = '\uFEFF'
    const other = `${mark}id,sex,age,note\r\n"p1",f, old ,"two\r\nlines, ""quoted"""\r\n\r\np2,m,young,\r\np3,m,old,`
    const { pool, faults } = read(other, mark + quotas.replaceAll('\n', '\r\n'))
    expect(faults).toEqual([])
    expect(pool?.people).toEqual(read(people, quotas).pool?.people)
  })

  test('may have the headers of other tools, and limits for changes', () => {
    const { pool, faults } = read(
      people.replace('id', 'nationbuilder_id'),
      'feature,value,min,max,min_flex,max_flex\nsex,f,1,2,0,2\nsex,m,1,2,,\nage,young,0,1,0,1\nage,old,1,2,1,2\n',
    )
    expect(faults).toEqual([])
    expect(pool?.quotas.slice(0, 2)).toEqual([
      { category: 'sex', value: 'f', min: 1, max: 2, least: 0, most: 2 },
      { category: 'sex', value: 'm', min: 1, max: 2, least: undefined, most: undefined },
    ])
    expect(read(people, quotas.replace('category,name', 'category,feature')).faults).toEqual([])
  })

  test('with blanks for a household are of people who live alone', () => {
    const { pool } = read('id,sex,age,home\np1,f,old,a\np2,m,young,\np3,m,old,a\n', quotas, 2, 'home')
    expect(pool?.people.map(({ household }) => household)).toEqual(['a', null, 'a'])
  })
})

describe('a fault is named by file, line and column:', () => {
  const cases: [string, string | Uint8Array, string | Uint8Array, string[]][] = [
    ['an id twice', people.replace('p3', 'p1'), quotas, ['people.csv:4:1: id "p1" stands in line 2 already']],
    ['no id', people.replace('p2', ''), quotas, ['people.csv:3:1: id is empty']],
    [
      'an unknown value',
      people.replace('young', 'Young'),
      quotas,
      ['people.csv:3:3: there is no quota for age "Young"'],
    ],
    ['an empty value', people.replace('young', ''), quotas, ['people.csv:3:3: age is empty']],
    [
      'a missing category',
      people.replace('age', 'years'),
      quotas,
      ['people.csv:1:1: there is no column "age", for which there are quotas'],
    ],
    ['no column of ids', people.replace('id', 'nr'), quotas, ['people.csv:1:1: there is no column "id"']],
    ['a column twice', people.replace('town', 'sex'), quotas, ['people.csv:1:4: the column "sex" stands there twice']],
    [
      'a short line',
      people.replace('p2,m,young,y', 'p2,m'),
      quotas,
      ['people.csv:3:3: there are 2 cells, but 4 columns'],
    ],
    [
      'a long line',
      people.replace('p2,m,young,y', 'p2,m,young,y,z'),
      quotas,
      ['people.csv:3:5: there are 5 cells, but 4 columns'],
    ],
    ['no people', 'id,sex,age\n', quotas, ['people.csv:1:1: there are no people']],
    ['an empty file', '', quotas, ['people.csv:1:1: the file is empty']],
    [
      'a minimum above the maximum',
      people,
      quotas.replace('f,0,2', 'f,3,2'),
      ['quotas.csv:2:3: min 3 is larger than max 2'],
    ],
    ['a negative number', people, quotas.replace('f,0,2', 'f,-1,2'), ['quotas.csv:2:3: min is negative: "-1"']],
    ['half a person', people, quotas.replace('f,0,2', 'f,0,1.5'), ['quotas.csv:2:4: max is not a whole number: "1.5"']],
    [
      'a number in words',
      people,
      quotas.replace('f,0,2', 'f,0,1e3'),
      ['quotas.csv:2:4: max is not a whole number: "1e3"'],
    ],
    ['no number', people, quotas.replace('f,0,2', 'f,,2'), ['quotas.csv:2:3: min is empty']],
    [
      'a quota twice',
      people,
      `${quotas}sex,f,0,2\n`,
      ['quotas.csv:6:2: the quota for sex "f" stands in line 2 already'],
    ],
    ['no quotas', people, 'category,name,min,max\n', ['quotas.csv:1:1: there are no quotas']],
    [
      'a missing column',
      people,
      quotas.replace('max', 'most'),
      ['quotas.csv:1:1: there is no column "max"; needed are category, name, min, max'],
    ],
    [
      'limits on the wrong side',
      people,
      quotas.replace('max\n', 'max,min_flex\n').replaceAll(/(\d)\n/g, '$1,9\n'),
      [2, 3, 4, 5].map((line) => `quotas.csv:${line}:5: min_flex 9 is larger than min ${line % 2}`),
    ],
    [
      'minima above the size',
      people,
      quotas.replace('f,0,2', 'f,2,2'),
      ['quotas.csv:2:3: the minima of sex add up to 3, more than the size 2'],
    ],
    [
      'maxima below the size',
      people,
      quotas.replace('young,0,1', 'young,0,0').replace('old,1,2', 'old,1,1'),
      ['quotas.csv:4:4: the maxima of age add up to 1, less than the size 2'],
    ],
  ]
  test.each(cases)('%s', (_, one, other, expected) => {
    expect(read(one, other).faults).toEqual(expected)
  })

  test('several at once, in the order of the files', () => {
    const { pool, faults } = read(people.replace('p3', 'p1').replace('young', ''), quotas.replace('f,0,2', 'f,x,2'))
    expect(pool).toBeNull()
    expect(faults.map((one) => one.split(': ')[0])).toEqual(['quotas.csv:2:3', 'people.csv:3:3', 'people.csv:4:1'])
  })

  test('Shift_JIS, which would be read as other letters', () => {
    const japanese = Uint8Array.from([...bytes('id,sex,age\np1,f,old\np2,'), 0x92, 0x6a, ...bytes(',old\n')])
    expect(read(japanese, quotas).faults[0]).toMatch(/^people\.csv:3:1: this is not UTF-8/)
  })

  test('quotes that do not close', () => {
    expect(read(`${people}"p4,f,old,x\n`, quotas).faults[0]).toMatch(/^people\.csv:[56]:\d+: /)
  })

  test('a household column that is not there', () => {
    expect(read(people, quotas, 2, 'address').faults).toEqual([
      'people.csv:1:1: there is no column "address" for households',
    ])
  })
})
