/**
 * Conditions and formulas as functions of all answers at once, for the analysis: a condition becomes the diagram of the
 * answers for which it holds, a formula the list of what it can give and when.
 *
 * What has no finitely many cases (arithmetic over unbounded numbers, the day, sums over rows) becomes a variable of its own
 * that may be true or false: more than what can happen, never less. So what is never possible here is never possible at all.
 *
 * In one file, since conditions hold formulas and formulas conditions.
 */
import Big from 'big.js'
import { apply, type Computing, compared, operandsOf, type Value, written } from '../engine/arithmetic.ts'
import { holds } from '../engine/decide.ts'
import type { Condition, Formula, Subject, Test } from '../engine/language.ts'
import { indexOf, type Scope } from '../engine/scope.ts'
import { always, type Diagram, never } from './diagrams.ts'
import { type Case, freeOf, guarded, rowWorld, type World } from './world.ts'

/** More cases than this are not listed. */
const mostCases = 300

/** Part of a step of the diagrams that one test, condition, formula or case takes. */
const small = 1 / 8

const emptyScope: Scope = { known: new Map(), open: new Set(), named: indexOf({}) }

/** Whether a test passes for one value: asked of the engine itself, so that the two cannot differ. */
function passes(test: Subject & Test, value: Value, world: World): boolean {
  world.diagrams.spend(small * (1 + ('in' in test ? test.in.length / 4 : 0)))
  const text = written(value)
  const { field: _f, part: _p, value: _v, ...rest } = test as Record<string, unknown>
  const known = new Map([['x', text]])
  return holds({ field: 'x', ...rest } as Condition, { ...emptyScope, known }) === true
}

const anyOf = ({ diagrams }: World, all: readonly Diagram[]) => all.reduce(diagrams.or, never)

function leaf(condition: Subject & Test, world: World): Diagram {
  if ('value' in condition) return ofCases(casesOf({ value: condition.value }, world), condition, world)
  const field = world.fields.get(condition.field)
  if (!field) return never
  if (condition.part !== undefined) {
    const cells = field.parts?.get(condition.part) ?? []
    const passing = cells.filter(({ answer }) => 'answered' in condition || passes(condition, answer, world))
    return anyOf(
      world,
      passing.map(({ when }) => when),
    )
  }
  if ('answered' in condition) return field.answered
  if ('includes' in condition) return field.chosen?.get(condition.includes) ?? never
  if ('gives' in field) return ofCases(field.gives, condition, world, field.shown)
  if (!field.cells) return world.diagrams.and(field.answered, freeOf(condition, world))
  return anyOf(
    world,
    field.cells.filter(({ answer }) => passes(condition, answer, world)).map(({ when }) => when),
  )
}

function ofCases(cases: Case[] | undefined, condition: Subject & Test, world: World, shown = always): Diagram {
  if (!cases) return world.diagrams.and(shown, freeOf(condition, world))
  const passing = cases.filter(
    ({ value }) => value !== null && ('answered' in condition || passes(condition, value, world)),
  )
  return anyOf(
    world,
    passing.map(({ when }) => when),
  )
}

/** The answers for which a condition holds. */
export function truthOf(condition: Condition, world: World): Diagram {
  const { diagrams } = world
  diagrams.spend(small)
  if ('all' in condition) return condition.all.map((one) => truthOf(one, world)).reduce(diagrams.and, always)
  if ('any' in condition)
    return anyOf(
      world,
      condition.any.map((one) => truthOf(one, world)),
    )
  if ('not' in condition) return diagrams.not(truthOf(condition.not, world))
  if ('condition' in condition) {
    const known = world.conditions.get(condition.condition)
    if (known !== undefined) return known
    const when = world.definition.conditions?.find(({ id }) => id === condition.condition)?.when
    const outer = world.outermost ?? world
    const made = when ? guarded(condition, outer, () => truthOf(when, outer)) : never
    world.conditions.set(condition.condition, made)
    return made
  }
  if ('some' in condition) return someRow(condition.some.of, condition.some.when, condition, world)
  if ('every' in condition) {
    const { of, when } = condition.every
    return diagrams.not(someRow(of, { not: when }, { some: { of, when: { not: when } } }, world))
  }
  if ('compare' in condition) {
    const [left, how, right] = condition.compare
    const [a, b] = [casesOf(left, world), casesOf(right, world)]
    const held = ([x, y]: readonly (Value | null)[]) => (x != null && y != null && compared(x, how, y) ? 'holds' : null)
    const pairs = a && b && crossed([a, b], world, held)
    return pairs ? (pairs.find(({ value }) => value !== null)?.when ?? never) : freeOf(condition, world)
  }
  return leaf(condition, world)
}

/** There is a row for which a condition holds: only where one row could make it hold, and then perhaps. */
function someRow(group: string, when: Condition, whole: Condition, world: World): Diagram {
  const { diagrams } = world
  const field = world.fields.get(group)
  if (!field?.inside) return never
  const inner = rowWorld(field.inside.fields, world)
  const possible = truthOf(when, inner)
  const quantified = new Set([...field.inside.variables, ...inner.variables])
  const row = diagrams.exists(possible, quantified)
  return diagrams.and(field.answered, diagrams.and(row, freeOf(whole, world)))
}

/** Every way to take one case of each, joined by what it makes of their values; too many are none. */
function crossed(
  all: readonly Case[][],
  world: World,
  make: (values: readonly (Value | null)[]) => Value | null,
): Case[] | undefined {
  let taken: { values: (Value | null)[]; when: Diagram }[] = [{ values: [], when: always }]
  for (const cases of all) {
    const next = taken.flatMap(({ values, when }) =>
      cases.map((one) => {
        world.diagrams.spend(small * (1 + values.length / 16))
        return { values: [...values, one.value], when: world.diagrams.and(when, one.when) }
      }),
    )
    taken = next.filter(({ when }) => when !== never)
    if (taken.length > mostCases) return undefined
  }
  return joined(
    taken.map(({ values, when }) => ({ value: make(values), when })),
    world,
  )
}

/** Cases with the same value as one. */
function joined(cases: readonly Case[], world: World): Case[] {
  const byValue = new Map<string, Case>()
  for (const { value, when } of cases) {
    world.diagrams.spend(small)
    if (when === never) continue
    const key = value === null ? '' : `${typeof value} ${written(value)}`
    const before = byValue.get(key)
    byValue.set(key, { value, when: before ? world.diagrams.or(before.when, when) : when })
  }
  return [...byValue.values()]
}

/** Adds the case that nothing is given, for the rest of the answers. */
function completed(cases: readonly Case[], world: World): Case[] {
  const rest = world.diagrams.not(
    anyOf(
      world,
      cases.map(({ when }) => when),
    ),
  )
  return joined([...cases, { value: null, when: rest }], world)
}

const number = /^-?[0-9]+(\.[0-9]+)?$/

/** What a formula can give and when; undefined where that cannot be listed. */
export function casesOf(formula: Formula, world: World): Case[] | undefined {
  const { diagrams } = world
  diagrams.spend(small)
  if ('number' in formula) return [{ value: new Big(formula.number), when: always }]
  if ('date' in formula) return [{ value: formula.date, when: always }]
  if ('text' in formula) return [{ value: formula.text, when: always }]
  if ('field' in formula) {
    const field = world.fields.get(formula.field)
    if (formula.part !== undefined || !field) return undefined
    if ('gives' in field) return field.gives
    if (!field.points) return undefined
    const cases = field.cells!.map(({ answer, when }) => ({
      value: number.test(answer) ? new Big(answer) : answer,
      when,
    }))
    return completed(cases, world)
  }
  if ('value' in formula) {
    if (world.values.has(formula.value)) return world.values.get(formula.value)
    const inner = world.definition.values?.find(({ id }) => id === formula.value)?.formula
    const made = inner && casesOf(inner, world.outermost ?? world)
    world.values.set(formula.value, made)
    return made
  }
  if ('count' in formula) {
    const field = world.fields.get(formula.count.of)
    if (formula.count.when || !field?.whole) return undefined
    const each = [...field.chosen!.values()].map((when) => [
      { value: new Big(1), when },
      { value: new Big(0), when: diagrams.not(when) },
    ])
    return summed(each, world)
  }
  if ('table' in formula) return tableCases(formula.table, world)
  if ('first' in formula) {
    const all = formula.first.map((one) => casesOf(one, world))
    return all.every((one) => one !== undefined)
      ? crossed(all, world, (values) => values.find((value) => value !== null) ?? null)
      : undefined
  }
  if ('today' in formula || 'sum' in formula) return undefined
  const operands = operandsOf(formula).map((one) => casesOf(one, world))
  return operands.every((one) => one !== undefined)
    ? crossed(operands, world, (values) =>
        values.includes(null) ? null : apply(formula as Computing, values as Value[]),
      )
    : undefined
}

/** The sum of one case of each, folded so that equal sums stay one case. */
function summed(each: readonly Case[][], world: World): Case[] | undefined {
  let total: Case[] | undefined = [{ value: new Big(0), when: always }]
  for (const cases of each) {
    total = crossed([total, cases], world, ([a, b]) => (a && b ? (a as Big).plus(b as Big) : null))
    if (!total) return undefined
  }
  return total
}

function tableCases(table: Extract<Formula, { table: unknown }>['table'], world: World): Case[] | undefined {
  const { diagrams } = world
  const holding = table.rows.map(({ when }) => truthOf(when, world))
  const given = table.rows.map(({ gives }) => casesOf(gives, world))
  const none = diagrams.not(anyOf(world, holding))
  const otherwise = table.else ? casesOf(table.else, world) : [{ value: null, when: always }]
  if (!otherwise || !given.every((one) => one !== undefined)) return undefined
  const within = (cases: readonly Case[], when: Diagram) =>
    cases.map((one) => ({ value: one.value, when: diagrams.and(one.when, when) }))
  if (table.hit === 'sum') {
    const zero = { value: new Big(0) }
    const each = given.map((cases, n) => [...within(cases, holding[n]!), { ...zero, when: diagrams.not(holding[n]!) }])
    const total = summed(each, world)
    return total && joined([...within(total, diagrams.not(none)), ...within(otherwise, none)], world)
  }
  const hits = holding.map((when, n) => {
    const others = table.hit === 'first' ? holding.slice(0, n) : holding.filter((_, other) => other !== n)
    return diagrams.and(when, diagrams.not(anyOf(world, others)))
  })
  const cases = [...given.flatMap((one, n) => within(one, hits[n]!)), ...within(otherwise, none)]
  return cases.length > mostCases * 4 ? undefined : completed(cases, world)
}
