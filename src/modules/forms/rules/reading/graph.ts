/** What hangs on what: fields, named conditions and values as one graph. */
import type { Definition, Field } from '../definition/definition.ts'
import type { Condition, Formula } from '../engine/language.ts'
import { namesIn } from '../engine/walk.ts'

/** `path` leads to where it is written. */
export type Node = { key: string; name: string; path: (string | number)[]; uses: Set<string> }

type Used = { condition: Condition } | { formula: Formula }

const keysOf = (used: readonly Used[]): Set<string> => {
  const names = namesIn({ condition: { all: [] } })
  for (const one of used) namesIn(one, names)
  return new Set([
    ...[...names.fields].map((id) => `field ${id}`),
    ...[...names.conditions].map((id) => `condition ${id}`),
    ...[...names.values].map((id) => `value ${id}`),
  ])
}

/** The conditions and formulas of one field, without those inside of it. Its checks may ask about itself. */
export function usedBy(field: Field): Used[] {
  const conditions = [field.showIf]
  if ('requiredIf' in field) conditions.push(field.requiredIf, field.softRequired?.when)
  if ('options' in field) conditions.push(...field.options.map(({ showIf }) => showIf))
  const used: Used[] = conditions.filter((one) => one !== undefined).map((condition) => ({ condition }))
  return field.kind === 'computed' ? [...used, { formula: field.formula }] : used
}

/** Every field, named condition and value with what it hangs on directly. */
export function graphOf(definition: Definition): Node[] {
  const nodes: Node[] = []
  const add = (key: string, name: string, path: (string | number)[], used: readonly Used[]) => {
    nodes.push({ key, name, path, uses: keysOf(used) })
  }
  definition.conditions?.forEach(({ id, when }, n) => {
    add(`condition ${id}`, id, ['conditions', n], [{ condition: when }])
  })
  definition.values?.forEach(({ id, formula }, n) => {
    add(`value ${id}`, id, ['values', n], [{ formula }])
  })
  const addField = (field: Field, path: (string | number)[], around: readonly Used[]) => {
    add(`field ${field.id}`, field.id, path, [...around, ...usedBy(field)])
    if (!('fields' in field)) return
    field.fields.forEach((inner, n) => {
      addField(inner, [...path, 'fields', n], around)
    })
  }
  definition.pages.forEach((page, p) => {
    page.fields.forEach((field, f) => {
      const section = page.sections?.find(({ id }) => id === field.section)
      const around = [page.showIf, section?.showIf].filter((one) => one !== undefined)
      addField(
        field,
        ['pages', p, 'fields', f],
        around.map((condition) => ({ condition })),
      )
    })
  })
  return nodes
}

/**
 * The groups of nodes that hang on each other in a circle, and all nodes so that each stands after what it hangs on
 * (Tarjan 1972, without recursion: a chain may be long).
 */
export function orderOf(nodes: readonly Node[]): { circles: Node[][]; order: Node[] } {
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  const index = new Map<Node, number>()
  const low = new Map<Node, number>()
  const stack: Node[] = []
  const waiting = new Set<Node>()
  const circles: Node[][] = []
  const order: Node[] = []
  const enter = (node: Node) => {
    index.set(node, index.size)
    low.set(node, index.size - 1)
    stack.push(node)
    waiting.add(node)
    return { node, next: [...node.uses].map((key) => byKey.get(key)).filter((one) => one !== undefined) }
  }
  const lower = (node: Node, to: number) => low.set(node, Math.min(low.get(node)!, to))
  for (const root of nodes) {
    if (index.has(root)) continue
    const path = [enter(root)]
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const next = at.next.pop()
      if (next && !index.has(next)) path.push(enter(next))
      else if (next && waiting.has(next)) lower(at.node, index.get(next)!)
      else if (!next) {
        path.pop()
        const above = path.at(-1)
        if (above) lower(above.node, low.get(at.node)!)
        if (low.get(at.node) !== index.get(at.node)) continue
        const group = stack.splice(stack.lastIndexOf(at.node))
        for (const one of group) waiting.delete(one)
        order.push(...group)
        if (group.length > 1 || at.node.uses.has(at.node.key)) circles.push(group)
      }
    }
  }
  return { circles, order }
}
