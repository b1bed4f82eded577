/** All answers to a form at once: how each field stands, and what stands for what has no finitely many cases. */

import type { Definition } from '../definition/definition.ts'
import type { Value } from '../engine/arithmetic.ts'
import type { Diagram, Diagrams } from './diagrams.ts'

/** What a field can answer, and for which answers to the form: the cases exclude each other. */
export type Case = { value: Value | null; when: Diagram }

/** How a field stands: when it is shown, and when it counts as answered, by what. */
export type Standing = {
  shown: Diagram
  answered: Diagram
  /** Its own variables: the answer, its options, its parts, its rows. */
  own?: Set<number>
  /** One answer per cell, where the field has one value. */
  cells?: { answer: string; when: Diagram }[]
  /** Whether each cell is one answer, so that it can be computed with. */
  points?: boolean
  /** Of a choice of several, when each option that is asked about counts as chosen. */
  chosen?: Map<string, Diagram>
  /** Whether `chosen` has every option, so that they can be counted. */
  whole?: boolean
  parts?: Map<string, { answer: string; when: Diagram }[]>
  /** What a computed field gives. */
  gives?: Case[] | undefined
  /** The variables of the rows of a group, and its inner fields. */
  inside?: { variables: Set<number>; fields: Map<string, Standing> }
}

export type World = {
  diagrams: Diagrams
  definition: Definition
  fields: Map<string, Standing>
  conditions: Map<string, Diagram>
  values: Map<string, Case[] | undefined>
  /** What stands for a condition that cannot be cut into cases, by its text. */
  free: Map<string, Diagram>
  /** The variables of `free`, and those of all worlds together. */
  variables: Set<number>
  everyFree: Set<number>
  /** Whether something with finitely many cases had too many. */
  given: { up: boolean }
  /** Named conditions and values stand outside of all rows. */
  outermost?: World
}

/** What one condition may cost before it is taken as one that has no cases. */
const mostSteps = 5_000

/** The diagram that the work gives; where it costs too much, a variable of its own stands for it. */
export function guarded(key: unknown, world: World, work: () => Diagram): Diagram {
  const made = world.diagrams.within(mostSteps, work)
  if (made !== undefined) return made
  world.given.up = true
  return freeOf(key, world)
}

/** A variable of its own: may hold or not, always the same for the same condition. */
export function freeOf(condition: unknown, world: World): Diagram {
  const key = JSON.stringify(condition)
  world.diagrams.spend(key.length / 1024)
  const found = world.free.get(key)
  if (found !== undefined) return found
  const variable = world.diagrams.variable(2)
  const made = world.diagrams.literal(variable, [1])
  world.free.set(key, made)
  world.variables.add(variable)
  world.everyFree.add(variable)
  return made
}

/** The world inside one row: what is cut into no cases there may differ from row to row. */
export const rowWorld = (fields: ReadonlyMap<string, Standing>, world: World): World => ({
  ...world,
  fields: new Map([...world.fields, ...fields]),
  free: new Map(),
  variables: new Set(),
  outermost: world.outermost ?? world,
})
