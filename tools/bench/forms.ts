import {
  analyse,
  checkAnswers,
  type Definition,
  decide,
  difference,
  parseDefinition,
} from '#modules/forms/rules/index.ts'
import type { Bench, Figure } from './figure.ts'

const options = ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() }))

/**
 * 500 fields on ten pages, 200 named conditions that build on each other, and one field in two hangs on one of them: the size
 * that docs/forms.md promises a time for.
 */
function largeForm(): unknown {
  const conditions = Array.from({ length: 200 }, (_, n) => ({
    id: `c${n}`,
    name: `条件${n}`,
    when: {
      any: [
        { field: `f${n}`, is: 'a' },
        {
          all: [
            { field: `f${(n * 7) % (n + 1)}`, isNot: 'b' },
            n > 1 ? { condition: `c${n >> 1}` } : { field: 'f0', is: 'c' },
          ],
        },
      ],
    },
  }))
  const fields = Array.from({ length: 500 }, (_, n) => ({
    id: `f${n}`,
    kind: 'choice',
    label: `項目${n}`,
    required: true,
    options,
    ...(n > 200 && n % 2 === 1 && { showIf: { condition: `c${n % 200}` } }),
  }))
  const pages = Array.from({ length: 10 }, (_, n) => ({
    id: `p${n}`,
    title: '入力',
    fields: fields.slice(n * 50, n * 50 + 50),
  }))
  return { title: '大きな様式', conditions, pages }
}

/** The median and the slowest in twenty of many runs, in milliseconds. */
function timed(runs: number, work: () => unknown): { median: number; p95: number } {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  }).sort((a, b) => a - b)
  return { median: times[Math.floor(runs / 2)]!, p95: times[Math.floor(runs * 0.95)]! }
}

const under = (ms: number, figure: Omit<Figure, 'unit' | 'aim' | 'met'>): Figure => ({
  ...figure,
  unit: 'ms',
  aim: `under ${ms} ms`,
  met: figure.value < ms,
})

/** Form logic: evaluating, checking, analysing and comparing a large form. */
export const bench: Bench = {
  name: 'forms',
  async run(report) {
    const data = largeForm()
    const parsed = parseDefinition(data)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults[0]))
    const definition: Definition = parsed.definition
    const answers = Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [`f${n}`, options[(n * n) % 3]!.value] as const),
    )
    const size = '500 fields, 200 named conditions'
    const once = timed(1000, () => decide(definition, answers))
    report(under(5, { name: 'evaluate, median', size, value: once.median }))
    report(under(5, { name: 'evaluate, 95 %', size, value: once.p95 }))
    const checked = timed(200, () => checkAnswers(definition, answers))
    report(under(50, { name: 'check all answers, 95 %', size, value: checked.p95 }))
    const read = timed(20, () => parseDefinition(data))
    report(under(500, { name: 'read the definition, 95 %', size, value: read.p95 }))
    const analysed = timed(5, () => analyse(definition))
    report(under(5000, { name: 'analyse, median', size, value: analysed.median }))
    const compared = timed(20, () => difference(definition, definition))
    report(under(500, { name: 'compare two versions, 95 %', size, value: compared.p95 }))
  },
}
