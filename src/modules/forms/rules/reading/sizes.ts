/**
 * How much a definition can cost: what is built to explode is refused before anything is evaluated. Three bounds, each
 * computed from the definition alone and each an upper bound for all answers (docs/forms.md, Limits):
 *
 * - the digits of every number on the way, so that exact arithmetic stays fast;
 * - the steps of one evaluation, so that rows within rows stay fast;
 * - the levels of conditions within conditions, named ones included, so that no stack overflows.
 */

import { rowBounds } from '../answers/stored.ts'
import type { Definition, Field } from '../definition/definition.ts'
import type { Condition, Formula } from '../engine/language.ts'
import { partsOf } from '../engine/walk.ts'
import { sentences } from './faults.ts'
import { type Node, orderOf, usedBy } from './graph.ts'
import type { Path, Report } from './meaning.ts'

export const limits = { digits: 100, steps: 1_000_000, levels: 300, groups: 3 }

/** Digits before and after the point. */
type Digits = { whole: number; part: number }

const digitsOf = (text: string): Digits => {
  const [whole = '', part = ''] = text.replace('-', '').split('.')
  return { whole: whole.length, part: part.length }
}
const most = (all: readonly Digits[], more = 0): Digits => ({
  whole: Math.max(1, ...all.map(({ whole }) => whole)) + more,
  part: Math.max(0, ...all.map(({ part }) => part)),
})
const counted = (rows: number) => String(rows).length

type Known = { fields: ReadonlyMap<string, Field>; digits: Map<string, Digits> }

function fieldDigits(field: Field, { digits }: Known): Digits {
  if (field.kind === 'computed') return digits.get(`field ${field.id}`) ?? { whole: 15, part: 10 }
  if ('options' in field) return most(field.options.map(({ value }) => digitsOf(value)))
  if (field.kind === 'number' || field.kind === 'yen') {
    const part = field.kind === 'number' ? (field.digits ?? 0) : 0
    const bounded = field.min !== undefined && field.max !== undefined
    return bounded ? { whole: most([digitsOf(field.min!), digitsOf(field.max!)]).whole, part } : { whole: 15, part }
  }
  // A scale, or degrees of a place.
  return { whole: 3, part: 7 }
}

const rowsOf = (id: string, { fields }: Known): number => {
  const field = fields.get(id)
  if (field && (field.kind === 'group' || field.kind === 'table')) return rowBounds(field).max
  return field && 'options' in field ? field.options.length : 100
}

/** An upper bound for the digits of what a formula gives, or of anything on the way to it. Named ones are known already. */
function numberDigits(formula: Formula, known: Known): Digits {
  if ('number' in formula) return digitsOf(formula.number)
  if ('field' in formula) {
    const field = known.fields.get(formula.field)
    return field ? fieldDigits(field, known) : { whole: 1, part: 0 }
  }
  if ('value' in formula) return known.digits.get(`value ${formula.value}`) ?? { whole: 1, part: 0 }
  if ('count' in formula) return { whole: counted(rowsOf(formula.count.of, known)), part: 0 }
  const inner = partsOf({ formula }).flatMap((part) => ('formula' in part ? [numberDigits(part.formula, known)] : []))
  if ('multiply' in formula) {
    return inner.reduce((a, b) => ({ whole: a.whole + b.whole, part: a.part + b.part }), { whole: 0, part: 0 })
  }
  if ('divide' in formula) {
    const [of, by] = inner as [Digits, Digits]
    // Of the least divisor there is, 10^-part.
    return { whole: of.whole + by.part + 1, part: formula.divide.digits }
  }
  if ('round' in formula) return { whole: most(inner, 1).whole, part: formula.round.digits }
  if ('sum' in formula) return most(inner, counted(rowsOf(formula.sum.of, known)))
  if ('add' in formula || 'subtract' in formula || 'table' in formula) return most(inner, counted(inner.length))
  if ('years' in formula || 'days' in formula || 'plus' in formula) return { whole: 7, part: 0 }
  return most(inner)
}

type Used = { condition: Condition } | { formula: Formula }

/** Steps of deciding one condition or formula: rows multiply, named ones are decided once and then known. */
const steps = (used: Used, known: Known): number =>
  partsOf(used).reduce((sum, part) => {
    const times = part.within === undefined ? 1 : rowsOf(part.within, known)
    return sum + times * steps(part, known)
  }, 1)

const fieldSteps = (field: Field, known: Known): number => {
  const checks = 'checks' in field ? (field.checks ?? []).map(({ wrongIf }) => ({ condition: wrongIf })) : []
  const own = [...usedBy(field), ...checks].reduce((sum, used) => sum + steps(used, known), 1)
  if (field.kind !== 'group' && field.kind !== 'table') return own
  const inner = field.fields.reduce((sum, one) => sum + fieldSteps(one, known), 0)
  return own + Math.max(1, rowBounds(field).max) * inner
}

/** Levels of one, its named ones at their own depth. */
function levels(used: Used, depths: ReadonlyMap<string, number>): number {
  const node = 'condition' in used ? used.condition : used.formula
  if ('condition' in node) return 1 + (depths.get(`condition ${node.condition}`) ?? 0)
  const value = 'value' in node ? (depths.get(`value ${node.value}`) ?? 0) : 0
  return 1 + Math.max(value, 0, ...partsOf(used).map((part) => levels(part, depths)))
}

/** The length of the longest number anywhere within: also of operands that a later rounding makes short again. */
function widest(used: Used, known: Known): number {
  const own = 'formula' in used ? numberDigits(used.formula, known) : { whole: 0, part: 0 }
  return Math.max(own.whole + own.part, ...partsOf(used).map((part) => widest(part, known)))
}

/** Reports what is too large. The graph has no circles. */
export function checkSizes(
  definition: Definition,
  nodes: readonly Node[],
  fields: ReadonlyMap<string, Field>,
  report: Report,
) {
  const known: Known = { fields, digits: new Map() }
  const depths = new Map<string, number>()
  const named = new Map<string, Used>([
    ...(definition.conditions ?? []).map(({ id, when }) => [`condition ${id}`, { condition: when }] as const),
    ...(definition.values ?? []).map(({ id, formula }) => [`value ${id}`, { formula }] as const),
  ])
  const look = (used: Used, path: Path, key?: string) => {
    const depth = levels(used, depths)
    const digits = widest(used, known)
    if (depth > limits.levels) report(path, sentences.tooDeep(depth, limits.levels))
    if (digits > limits.digits) report(path, sentences.huge(digits, limits.digits))
    if (key === undefined) return
    // Said once: what hangs on one that is too deep or too long is taken as bounded.
    depths.set(key, depth > limits.levels ? 0 : depth)
    if ('formula' in used)
      known.digits.set(key, digits > limits.digits ? { whole: 0, part: 0 } : numberDigits(used.formula, known))
  }
  for (const { key, path } of orderOf(nodes).order) {
    const used = named.get(key)
    if (used) look(used, path, key)
    const field = key.startsWith('field ') ? fields.get(key.slice('field '.length)) : undefined
    for (const one of field ? usedBy(field) : []) look(one, path, 'formula' in one ? key : undefined)
    const checks = field && 'checks' in field ? (field.checks ?? []) : []
    for (const { wrongIf } of checks) look({ condition: wrongIf }, path)
  }
  let cost = [...named.values()].reduce((sum, used) => sum + steps(used, known), 0)
  definition.pages.forEach((page, p) => {
    const own = [
      page.showIf,
      ...(page.sections ?? []).map(({ showIf }) => showIf),
      ...(page.skip ?? []).map((s) => s.when),
    ]
    for (const condition of own) {
      if (!condition) continue
      look({ condition }, ['pages', p])
      cost += steps({ condition }, known)
    }
    for (const field of page.fields) cost += fieldSteps(field, known)
  })
  if (cost > limits.steps) report([], sentences.costly(cost, limits.steps))
}
