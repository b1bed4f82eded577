/**
 * The engine against a second, naive one that shares no code with it, and the analysis against enumeration of all
 * answers, on random small forms. The naive one re-evaluates everything from the beginning for every question, in plain
 * recursion over the definition as docs/forms.md words it, with fractions instead of decimals.
 */
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { analyse } from './analysis/analyse.ts'
import { checkAnswers } from './answers/answers.ts'
import type { Definition } from './definition/definition.ts'
import { decide } from './engine/evaluate.ts'
import type { Answer, Answers, Condition, Formula, Row } from './engine/language.ts'
import { journey } from './journey/journey.ts'
import { parseDefinition } from './reading/parse.ts'

vi.setConfig({ testTimeout: 180_000 })

type Part = [number, number, number, number]
const part = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.nat(99))
type Shape =
  | { leaf: Part }
  | { all: Shape[] }
  | { any: Shape[] }
  | { not: Shape }
  | { named: number }
  | { compare: Part }

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: fc.record({ leaf: part }) },
    { weight: 1, arbitrary: fc.record({ compare: part }) },
    { weight: 1, arbitrary: fc.record({ named: fc.nat(99) }) },
    { weight: 2, arbitrary: fc.record({ all: fc.array(tie('shape'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ any: fc.array(tie('shape'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ not: tie('shape') }) },
  ),
}))

type Plain = { id: string; kind: string; [key: string]: unknown }
type Names = { fields: Plain[]; conditions: string[]; values: string[] }

const options = ['1', '2', '3'].map((value) => ({ value, label: value }))

function leafOf([at, ask, which, how]: Part, { fields, values }: Names): Condition {
  const comparison = (['atLeast', 'atMost', 'over', 'under', 'is', 'isNot'] as const)[ask % 6]!
  if (values.length > 0 && how % 7 === 0) {
    return { value: values[at % values.length]!, [comparison]: String(which % 5) } as unknown as Condition
  }
  const { id, kind } = fields[at % fields.length]!
  const field = { field: id }
  if (ask % 5 === 0) return { ...field, answered: true }
  if (kind === 'choices') return { ...field, includes: options[which % 3]!.value }
  if (kind === 'number') return { ...field, [comparison]: String((which % 5) - 1) } as unknown as Condition
  if (kind === 'group') {
    const when: Condition = how % 2 ? { field: 'in', is: 'yes' } : { not: { field: 'in', answered: true } }
    return how % 3 ? { some: { of: id, when } } : { every: { of: id, when } }
  }
  const value = kind === 'choice' ? options[which % 3]!.value : which % 2 ? 'yes' : 'no'
  if (how % 5 === 1) return { ...field, in: [value] }
  return how % 2 ? { ...field, is: value } : { ...field, isNot: value }
}

const numeric = ({ fields }: Names) => fields.filter(({ kind }) => kind === 'choice' || kind === 'number')

function formulaOf([at, ask, which, how]: Part, names: Names): Formula {
  const numbers = numeric(names)
  const constant: Formula = { number: String((which % 5) - 1) }
  if (numbers.length === 0) return constant
  const one: Formula = { field: numbers[at % numbers.length]!.id }
  const two: Formula = how % 3 ? { field: numbers[how % numbers.length]!.id } : constant
  const list: Formula[] = [
    { add: [one, two] },
    { subtract: [one, two] },
    { multiply: [one, two] },
    { divide: { of: one, by: two, digits: 2 } },
    { max: [one, two] },
    { min: [one, two] },
    { first: [one, two] },
    one,
  ]
  return list[ask % list.length]!
}

function conditionOf(from: Shape, names: Names): Condition {
  if ('all' in from) return { all: from.all.map((one) => conditionOf(one, names)) }
  if ('any' in from) return { any: from.any.map((one) => conditionOf(one, names)) }
  if ('not' in from) return { not: conditionOf(from.not, names) }
  if ('leaf' in from) return leafOf(from.leaf, names)
  if ('named' in from) {
    const { conditions } = names
    return conditions.length > 0
      ? { condition: conditions[from.named % conditions.length]! }
      : leafOf([from.named, from.named, from.named, 1], names)
  }
  const how = (['atLeast', 'atMost', 'over', 'under', 'is', 'isNot'] as const)[from.compare[3] % 6]!
  const [a, b, c, d] = from.compare
  return { compare: [formulaOf(from.compare, names), how, formulaOf([d, c, b, a], names)] }
}

const kinds = ['choice', 'choice', 'choices', 'yes-no', 'number', 'group', 'computed'] as const
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  showIf: fc.option(shape, { freq: 2 }),
  requiredIf: fc.option(shape, { freq: 1 }),
  pageShowIf: fc.option(shape, { freq: 2 }),
  optionShowIf: fc.option(shape, { freq: 1 }),
  condition: fc.option(shape, { freq: 1 }),
  value: fc.option(part, { freq: 1 }),
  skip: fc.option(fc.tuple(shape, fc.nat(9)), { freq: 1 }),
  formula: part,
  newPage: fc.boolean(),
  end: fc.nat(9),
  section: fc.nat(5),
})

/** `withRows`: also groups, which the analysis approximates. */
const anyForm = (withRows: boolean, most: number) =>
  fc
    .array(step, { minLength: 1, maxLength: most })
    .map((steps): unknown => {
      const names: Names = { fields: [], conditions: [], values: [] }
      const definition = { title: '届出', conditions: [] as unknown[], values: [] as unknown[], pages: [] as Page[] }
      type Page = { id: string; fields: object[]; skip?: object[]; sections?: object[]; [key: string]: unknown }
      for (const [n, one] of steps.entries()) {
        const may = (from: Shape | null) => (from && names.fields.length > 0 ? conditionOf(from, names) : undefined)
        if (n === 0 || one.newPage) {
          if (n > 0 && one.end === 0) {
            definition.pages.push({
              id: `end${n}`,
              title: '終わり',
              end: '対象外です',
              fields: [],
              showIf: may(one.pageShowIf),
            })
          }
          definition.pages.push({ id: `p${n}`, title: '入力', fields: [], showIf: may(one.pageShowIf) })
        }
        const page = definition.pages.at(-1)!
        const kind = one.kind === 'group' && !withRows ? 'yes-no' : one.kind
        const id = `f${n}`
        const showIf = may(one.showIf)
        const computes =
          kind === 'computed' ? { formula: formulaOf(one.formula, names) } : { requiredIf: may(one.requiredIf) }
        const offered = options.map((option, m) => (m === 2 ? { ...option, showIf: may(one.optionShowIf) } : option))
        const field = {
          id,
          kind,
          label: `項目${n}`,
          showIf,
          ...computes,
          ...(kind === 'choice' || kind === 'choices' ? { options: offered } : {}),
          ...(kind === 'number' ? { min: '-1', max: '3' } : {}),
          ...(kind === 'group' ? { max: 2, fields: [{ id: 'in', kind: 'yes-no', label: '中' }] } : {}),
          ...(one.section === 0 && page.fields.length > 0 ? { section: `s${n}` } : {}),
        }
        if ('section' in field)
          page.sections = [...(page.sections ?? []), { id: `s${n}`, title: '区分', showIf: may(one.pageShowIf) }]
        page.fields.push(field)
        // Only one group has an inner field of this name.
        if (kind === 'group') withRows = false
        if (kind !== 'computed') names.fields.push({ ...field, kind })
        if (one.condition && names.fields.length > 0) {
          definition.conditions.push({ id: `c${n}`, name: `条件${n}`, when: conditionOf(one.condition, names) })
          names.conditions.push(`c${n}`)
        }
        if (one.value && numeric(names).length > 0) {
          definition.values.push({ id: `v${n}`, label: `値${n}`, formula: formulaOf(one.value, names) })
          names.values.push(`v${n}`)
        }
        if (one.skip && names.fields.length > 0) {
          page.skip = [...(page.skip ?? []), { when: conditionOf(one.skip[0], names), to: one.skip[1] }]
        }
      }
      // Where a jump leads is known once all pages are; those that lead nowhere are left out.
      definition.pages.forEach((page, p) => {
        const ids = definition.pages.slice(p + 2).map(({ id }) => id)
        if (p + 1 < definition.pages.length) ids.push('_check')
        const skip = (page.skip as { when: unknown; to: number }[] | undefined)?.map(({ when, to }) => ({
          when,
          to: ids[to % ids.length],
        }))
        if (skip && ids.length > 0) page.skip = skip
        else delete page.skip
      })
      return JSON.parse(JSON.stringify(definition))
    })
    .map((data) => {
      const parsed = parseDefinition(data)
      if (!parsed.ok) throw new Error(JSON.stringify([parsed.faults, data], null, 1))
      return parsed.definition
    })

/** What a field can answer in these forms; undefined for none. */
function domain(field: Plain): (Answer | undefined)[] {
  const subsets = [undefined, ['1'], ['2'], ['3'], ['1', '2'], ['1', '3'], ['2', '3'], ['1', '2', '3']]
  if (field.kind === 'choice') return [undefined, '1', '2', '3']
  if (field.kind === 'choices') return subsets
  if (field.kind === 'yes-no') return [undefined, 'yes', 'no']
  if (field.kind === 'number') return [undefined, '-1', '0', '1', '2', '3']
  if (field.kind === 'group') {
    return [undefined, [{}], [{ in: 'yes' }], [{ in: 'no' }], [{ in: 'yes' }, { in: 'no' }], [{}, { in: 'yes' }]]
  }
  return [undefined]
}

// --- The naive engine -------------------------------------------------------------------------------------------------

type Fraction = { n: bigint; d: bigint }
const fraction = (text: string): Fraction => {
  const [whole = '', decimals = ''] = text.split('.')
  return { n: BigInt(whole + decimals), d: 10n ** BigInt(decimals.length) }
}
const less = (a: Fraction, b: Fraction) => a.n * b.d < b.n * a.d
const equal = (a: Fraction, b: Fraction) => a.n * b.d === b.n * a.d

/** Half away from zero, to two decimals: all divisions of these forms. */
function quotient(a: Fraction, b: Fraction): Fraction | null {
  const [n, d] = [a.n * b.d * 100n, a.d * b.n]
  if (d === 0n) return null
  const sign = n < 0n !== d < 0n ? -1n : 1n
  const [up, down] = [n < 0n ? -n : n, d < 0n ? -d : d]
  return { n: sign * ((2n * up + down) / (2n * down)), d: 100n }
}

class Naive {
  readonly definition: Definition
  readonly given: Answers
  constructor(definition: Definition, given: Answers) {
    this.definition = definition
    this.given = given
  }

  field(id: string) {
    const page = this.definition.pages.findIndex(({ fields }) => fields.some((one) => one.id === id))
    return {
      page,
      field: this.definition.pages[page]!.fields.find((one) => one.id === id) as Plain & { showIf?: Condition },
    }
  }

  /** Whether the form comes to a page: nothing before ended it or jumped over it. */
  reached(p: number): boolean {
    for (let q = 0; q < p; q++) {
      const page = this.definition.pages[q]!
      if (!this.pageShown(q)) continue
      if (page.end !== undefined) return false
      for (const { when, to } of page.skip ?? []) {
        const target =
          to === '_check' ? Number.POSITIVE_INFINITY : this.definition.pages.findIndex(({ id }) => id === to)
        if (p < target && (!when || this.holds(when))) return false
      }
    }
    return true
  }

  pageShown(p: number): boolean {
    const page = this.definition.pages[p]!
    if (page.end === undefined) return page.fields.some(({ id }) => this.shown(id))
    return this.reached(p) && (!page.showIf || this.holds(page.showIf))
  }

  shown(id: string): boolean {
    const { page: p, field } = this.field(id)
    const page = this.definition.pages[p]!
    const section = page.sections?.find((one) => one.id === field.section)
    const all = [page.showIf, section?.showIf, field.showIf].filter((one) => one !== undefined)
    return this.reached(p) && all.every((one) => this.holds(one))
  }

  answer(id: string): Answer | undefined {
    const { field } = this.field(id)
    if (!this.shown(id)) return undefined
    if (field.kind === 'computed') {
      const value = this.value(field.formula as Formula)
      return value === null ? undefined : `${value.n}/${value.d}`
    }
    const given = this.given[id]
    if (given === undefined) return undefined
    const gone = ((field.options ?? []) as { value: string; showIf?: Condition }[])
      .filter(({ showIf }) => showIf && !this.holds(showIf))
      .map(({ value }) => value)
    if (typeof given === 'string') return gone.includes(given) ? undefined : given
    const left = (given as (string | Row)[]).filter((one) => typeof one !== 'string' || !gone.includes(one))
    return left.length > 0 ? (left as Answer) : undefined
  }

  tested(value: Fraction | string | null, test: Record<string, unknown>): boolean {
    if (value === null) return false
    if ('answered' in test) return true
    const [key, constant] = Object.entries(test).find(([name]) => !['field', 'value'].includes(name))!
    if (typeof value === 'string') {
      if (key === 'in') return (constant as string[]).includes(value)
      if (key === 'is') return value === constant
      if (key === 'isNot') return value !== constant
    }
    const [a, b] = [typeof value === 'string' ? fraction(value) : value, fraction(constant as string)]
    if (key === 'is') return equal(a, b)
    if (key === 'isNot') return !equal(a, b)
    if (key === 'atLeast') return !less(a, b)
    if (key === 'atMost') return !less(b, a)
    return key === 'over' ? less(b, a) : less(a, b)
  }

  holds(condition: Condition, row?: Row): boolean {
    if ('all' in condition) return condition.all.every((one) => this.holds(one, row))
    if ('any' in condition) return condition.any.some((one) => this.holds(one, row))
    if ('not' in condition) return !this.holds(condition.not, row)
    if ('condition' in condition) {
      return this.holds(this.definition.conditions!.find(({ id }) => id === condition.condition)!.when)
    }
    if ('some' in condition || 'every' in condition) {
      const { of, when } = 'some' in condition ? condition.some : condition.every
      const rows = (this.answer(of) ?? []) as Row[]
      const held = rows.map((one) => this.holds(when, one))
      return 'some' in condition ? held.includes(true) : !held.includes(false)
    }
    if ('compare' in condition) {
      const [left, how, right] = condition.compare
      const [a, b] = [this.value(left), this.value(right)]
      return a !== null && b !== null && this.tested(a, { [how]: `${b.n}` === '0' ? '0' : decimalOf(b) })
    }
    if ('value' in condition) return this.tested(this.value({ value: condition.value }), condition)
    const answer =
      row && condition.field in row
        ? row[condition.field]
        : condition.field === 'in'
          ? undefined
          : this.answer(condition.field)
    if (answer === undefined) return false
    if ('answered' in condition) return true
    if ('includes' in condition) return (answer as string[]).includes(condition.includes)
    return this.tested(answer as string, condition)
  }

  value(formula: Formula): Fraction | null {
    if ('number' in formula) return fraction(formula.number)
    if ('field' in formula) {
      const answer = this.answer(formula.field)
      return answer === undefined ? null : fraction(answer as string)
    }
    if ('value' in formula) return this.value(this.definition.values!.find(({ id }) => id === formula.value)!.formula)
    const operands = Object.values(formula)[0] as Formula[] | { of: Formula; by: Formula }
    const values = (Array.isArray(operands) ? operands : [operands.of, operands.by]).map((one) => this.value(one))
    if ('first' in formula) return values.find((one) => one !== null) ?? null
    if (values.includes(null)) return null
    const [a, b] = values as [Fraction, Fraction]
    if ('add' in formula) return { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
    if ('subtract' in formula) return { n: a.n * b.d - b.n * a.d, d: a.d * b.d }
    if ('multiply' in formula) return { n: a.n * b.n, d: a.d * b.d }
    if ('max' in formula) return less(a, b) ? b : a
    return 'min' in formula ? (less(a, b) ? a : b) : quotient(a, b)
  }
}

/** These forms have at most two decimals after a division, and products of such. */
function decimalOf({ n, d }: Fraction): string {
  const scaled = (n * 10n ** 12n) / d
  const text = (scaled < 0n ? -scaled : scaled).toString().padStart(13, '0')
  return `${scaled < 0n ? '-' : ''}${text.slice(0, -12)}.${text.slice(-12)}`
}

const answersFor = (definition: Definition) =>
  fc.record(
    Object.fromEntries(
      definition.pages.flatMap(({ fields }) =>
        fields.map((field) => [field.id, fc.constantFrom(...domain(field as Plain))] as const),
      ),
    ),
  )

const strip = (answers: Record<string, Answer | undefined>): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== undefined)) as Answers

/** All answers to a form, as many as there are; undefined where there are too many to try. */
function* everyAnswer(definition: Definition): Generator<Answers> {
  const fields = definition.pages.flatMap((page) => page.fields) as Plain[]
  const domains = fields.map(domain)
  const at = fields.map(() => 0)
  for (;;) {
    yield strip(Object.fromEntries(fields.map(({ id }, n) => [id, domains[n]![at[n]!]])))
    let n = 0
    while (n < at.length && ++at[n]! === domains[n]!.length) at[n++] = 0
    if (n === at.length) return
  }
}
const combinations = (definition: Definition) =>
  definition.pages.flatMap((page) => page.fields).reduce((product, field) => product * domain(field as Plain).length, 1)

describe('the engine agrees with a naive one', () => {
  test('on what is shown, required and computed, for 3,000 random forms and answers', () => {
    fc.assert(
      fc.property(
        anyForm(true, 9).chain((definition) => fc.tuple(fc.constant(definition), answersFor(definition))),
        ([definition, given]) => {
          const answers = strip(given)
          const naive = new Naive(definition, answers)
          const decided = decide(definition, answers)
          definition.pages.forEach((page, p) => {
            expect(decided.pages[p]!.shown, page.id).toBe(naive.pageShown(p))
            page.fields.forEach((field, f) => {
              const one = decided.pages[p]!.fields[f]!
              expect(one.shown, field.id).toBe(naive.shown(field.id))
              if (field.kind === 'computed') {
                const value = one.shown ? naive.value(field.formula) : null
                expect(one.answer === undefined).toBe(value === null)
                if (value) expect(equal(fraction(one.answer as string), value)).toBe(true)
              } else expect(one.answer).toEqual(naive.answer(field.id))
              const { requiredIf } = field as { requiredIf?: Condition }
              const required = one.shown && requiredIf !== undefined && naive.holds(requiredIf)
              expect(one.need).toBe(required ? 'required' : 'optional')
            })
          })
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('in whatever order named conditions, values, jumps and parts of conditions are listed', () => {
    const turned = (data: unknown): unknown => {
      if (Array.isArray(data)) return data.map(turned)
      if (typeof data !== 'object' || data === null) return data
      const entries = Object.entries(data).map(([key, inner]) => {
        const unordered = [
          'all',
          'any',
          'conditions',
          'values',
          'skip',
          'add',
          'multiply',
          'min',
          'max',
          'in',
        ].includes(key)
        const other = turned(inner)
        return [key, unordered && Array.isArray(other) ? other.toReversed() : other] as const
      })
      return Object.fromEntries(entries)
    }
    fc.assert(
      fc.property(
        anyForm(true, 9).chain((definition) => fc.tuple(fc.constant(definition), answersFor(definition))),
        ([definition, given]) => {
          const other = turned(definition) as Definition
          const shownIn = (one: Definition) => {
            const { pages, ended } = decide(one, strip(given))
            return { ended, pages: pages.map((page) => ({ ...page, cause: page.cause.by })) }
          }
          expect(shownIn(other)).toEqual(shownIn(definition))
        },
      ),
      { numRuns: 1500 },
    )
  })
})

describe('the analysis agrees with trying all answers', () => {
  /** Everything that some answers show, and whether some complete the form. */
  function tried(definition: Definition) {
    const seen = {
      pages: new Set<string>(),
      fields: new Set<string>(),
      completed: new Set<string>(),
      held: new Set<string>(),
      options: new Set<string>(),
    }
    let complete = false
    for (const answers of everyAnswer(definition)) {
      const { pages } = decide(definition, answers)
      const valid = journey(definition, checkAnswers(definition, answers).answers)
      const naive = new Naive(definition, answers)
      for (const { id, when } of definition.conditions ?? []) if (naive.holds(when)) seen.held.add(id)
      complete ||= valid.complete
      for (const page of pages.filter(({ shown }) => shown)) {
        seen.pages.add(page.id)
        if (valid.complete) seen.completed.add(page.id)
        for (const field of page.fields.filter(({ shown }) => shown)) {
          seen.fields.add(field.id)
          for (const value of ['1', '2', '3'])
            if (!field.without?.includes(value)) seen.options.add(`${field.id} ${value}`)
        }
      }
    }
    return { ...seen, complete }
  }

  /** Exact: without rows every condition of these forms has finitely many cases. */
  test('exactly, for 1,500 random forms with finitely many cases', () => {
    let found = 0
    fc.assert(
      fc.property(anyForm(false, 5), (definition) => {
        fc.pre(combinations(definition) <= 1500)
        const { findings, unreachable, decided } = analyse(definition)
        const seen = tried(definition)
        expect(decided).toBe(true)
        const gone = (ids: string[], shown: Set<string>) => ids.filter((id) => !shown.has(id))
        const fields = definition.pages.flatMap((page) => page.fields)
        expect(unreachable.pages).toEqual(
          gone(
            definition.pages.map(({ id }) => id),
            seen.pages,
          ),
        )
        expect(unreachable.fields).toEqual(
          gone(
            fields.map(({ id }) => id),
            seen.fields,
          ),
        )
        const never = (definition.conditions ?? []).flatMap(({ id }, n) =>
          seen.held.has(id) ? [] : [`conditions[${n}].when`],
        )
        const said = (code: string) => findings.filter((one) => one.code === code).map(({ path }) => path)
        expect(said('contradiction').filter((path) => /^conditions\[\d+\]\.when$/.test(path))).toEqual(never)
        expect(said('incompletable').length > 0).toBe(!seen.complete)
        const dead = definition.pages.flatMap(({ id, end }, p) =>
          seen.complete && end === undefined && seen.pages.has(id) && !seen.completed.has(id) ? [`pages[${p}]`] : [],
        )
        expect(said('dead-end')).toEqual(dead)
        const options = definition.pages.flatMap((page, p) =>
          page.fields.flatMap((field, f) =>
            'options' in field && seen.fields.has(field.id)
              ? field.options.flatMap(({ value }, n) =>
                  seen.options.has(`${field.id} ${value}`) ? [] : [`pages[${p}].fields[${f}].options[${n}]`],
                )
              : [],
          ),
        )
        expect(said('dead-option')).toEqual(options)
        found += findings.filter(({ severity }) => severity === 'error').length
      }),
      { numRuns: 1500 },
    )
    // Worthless if the random forms were all sound.
    expect(found).toBeGreaterThan(500)
  })

  test('without a false alarm, for 1,000 random forms with rows', () => {
    fc.assert(
      fc.property(anyForm(true, 5), (definition) => {
        fc.pre(combinations(definition) <= 1500)
        const { findings, unreachable } = analyse(definition)
        const seen = tried(definition)
        expect(unreachable.pages.filter((id) => seen.pages.has(id))).toEqual([])
        expect(unreachable.fields.filter((id) => seen.fields.has(id))).toEqual([])
        for (const { code, path } of findings) {
          if (code === 'incompletable') expect(seen.complete).toBe(false)
          const page = definition.pages[Number(/^pages\[(\d+)\]$/.exec(path)?.[1])]
          if (code === 'dead-end') expect(seen.completed.has(page!.id)).toBe(false)
          const named = definition.conditions?.[Number(/^conditions\[(\d+)\]\.when$/.exec(path)?.[1])]
          if (code === 'contradiction' && named) expect(seen.held.has(named.id)).toBe(false)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
