/** Conditions and formulas as trees: what is directly inside, and what a whole one hangs on. */
import { operandsOf } from './arithmetic.ts'
import type { Condition, Formula, Logic } from './language.ts'

/** One part of a condition or formula. `within`: the group whose rows it is asked of. */
export type Part = { path: (string | number)[]; within?: string } & ({ condition: Condition } | { formula: Formula })

function partsOfCondition(condition: Condition): Part[] {
  if ('all' in condition) return condition.all.map((one, n) => ({ path: ['all', n], condition: one }))
  if ('any' in condition) return condition.any.map((one, n) => ({ path: ['any', n], condition: one }))
  if ('not' in condition) return [{ path: ['not'], condition: condition.not }]
  for (const key of ['some', 'every'] as const) {
    const rows = (condition as Partial<Record<typeof key, { of: string; when: Condition }>>)[key]
    if (rows) return [{ path: [key, 'when'], condition: rows.when, within: rows.of }]
  }
  if (!('compare' in condition)) return []
  const [left, , right] = condition.compare
  return [
    { path: ['compare', 0], formula: left },
    { path: ['compare', 2], formula: right },
  ]
}

function partsOfFormula(formula: Formula): Part[] {
  if ('first' in formula) return formula.first.map((one, n) => ({ path: ['first', n], formula: one }))
  if ('count' in formula) {
    const { of, when } = formula.count
    return when ? [{ path: ['count', 'when'], condition: when, within: of }] : []
  }
  if ('sum' in formula) {
    const { of, each, when } = formula.sum
    const taken: Part[] = when ? [{ path: ['sum', 'when'], condition: when, within: of }] : []
    return [{ path: ['sum', 'each'], formula: each, within: of }, ...taken]
  }
  if ('table' in formula) {
    const { rows, else: otherwise } = formula.table
    const parts = rows.flatMap(({ when, gives }, n): Part[] => [
      { path: ['table', 'rows', n, 'when'], condition: when },
      { path: ['table', 'rows', n, 'gives'], formula: gives },
    ])
    return otherwise ? [...parts, { path: ['table', 'else'], formula: otherwise }] : parts
  }
  const key = (['add', 'subtract', 'multiply', 'min', 'max', 'divide', 'round', 'years', 'days', 'plus'] as const).find(
    (one) => one in formula,
  )
  if (!key) return []
  const operands = operandsOf(formula as Parameters<typeof operandsOf>[0])
  const names: Partial<Record<typeof key, string[]>> = { divide: ['of', 'by'], round: ['of'], plus: ['date'] }
  return operands.map((one, n) => ({ path: [key, names[key]?.[n] ?? n], formula: one }))
}

export const partsOf = (one: { condition: Condition } | { formula: Formula }): Part[] =>
  'condition' in one ? partsOfCondition(one.condition) : partsOfFormula(one.formula)

/** Everything that is named in a condition or formula, at any depth; the names of named ones, not what is behind them. */
export type Names = { fields: Set<string>; conditions: Set<string>; values: Set<string>; today: boolean }

export function namesIn(one: { condition: Condition } | { formula: Formula }, into?: Names): Names {
  const names = into ?? { fields: new Set(), conditions: new Set(), values: new Set(), today: false }
  const node = 'condition' in one ? one.condition : one.formula
  if ('field' in node) names.fields.add(node.field)
  if ('value' in node) names.values.add(node.value)
  if ('condition' in node) names.conditions.add(node.condition)
  if ('today' in node) names.today = true
  for (const key of ['some', 'every', 'count', 'sum'] as const) {
    const rows = (node as Partial<Record<typeof key, { of: string }>>)[key]
    if (rows) names.fields.add(rows.of)
  }
  for (const part of partsOf(one)) namesIn(part, names)
  return names
}

/** All fields that a condition or formula hangs on, through named conditions and values too; circles end. */
export function dependencies(
  logic: Pick<Logic, 'conditions' | 'values'>,
  roots: readonly ({ condition: Condition } | { formula: Formula })[],
): Names {
  const conditions = new Map(logic.conditions?.map((one) => [one.id, one.when]))
  const values = new Map(logic.values?.map((one) => [one.id, one.formula]))
  const all = namesIn({ condition: { all: [] } })
  const left = [...roots]
  for (let one = left.pop(); one; one = left.pop()) {
    const names = namesIn(one)
    for (const field of names.fields) all.fields.add(field)
    all.today ||= names.today
    for (const id of names.conditions) {
      const when = conditions.get(id)
      if (when && !all.conditions.has(id)) left.push({ condition: when })
      all.conditions.add(id)
    }
    for (const id of names.values) {
      const formula = values.get(id)
      if (formula && !all.values.has(id)) left.push({ formula })
      all.values.add(id)
    }
  }
  return all
}
