/** How the fields of a form stand for all answers at once: when each is shown, answered, and by what. In one file, since fields stand by what those above them stand by. */

import { partsOfField } from '../answers/parts.ts'
import { rowBounds } from '../answers/stored.ts'
import type { Definition, Field, Page } from '../definition/definition.ts'
import type { Condition, Formula } from '../engine/language.ts'
import { partsOf } from '../engine/walk.ts'
import { cellsOf, partCells } from './cells.ts'
import { always, type Diagram, never } from './diagrams.ts'
import { casesOf, truthOf } from './truth.ts'
import { guarded, rowWorld, type Standing, type World } from './world.ts'

/** A field that is asked about in more ways is not cut: each question is one of its own that may be answered either way. */
const mostCells = 600

type Used = { condition: Condition } | { formula: Formula }

/** Every condition and formula of a definition, with its path. */
export function everythingUsed(definition: Definition): { used: Used; path: (string | number)[] }[] {
  const all: { used: Used; path: (string | number)[] }[] = []
  const add = (used: Used | Condition | undefined, ...path: (string | number)[]) => {
    if (!used) return
    const formed = Object.keys(used)[0] === 'formula' ? (used as Used) : { condition: used as Condition }
    all.push({ used: formed, path })
  }
  definition.conditions?.forEach(({ when }, n) => {
    add(when, 'conditions', n, 'when')
  })
  definition.values?.forEach(({ formula }, n) => {
    add({ formula }, 'values', n, 'formula')
  })
  const addField = (field: Field, ...path: (string | number)[]) => {
    add(field.showIf, ...path, 'showIf')
    if ('requiredIf' in field) add(field.requiredIf, ...path, 'requiredIf')
    if ('softRequired' in field) add(field.softRequired?.when, ...path, 'softRequired', 'when')
    if ('options' in field)
      field.options.forEach(({ showIf }, n) => {
        add(showIf, ...path, 'options', n, 'showIf')
      })
    if ('checks' in field)
      field.checks?.forEach(({ wrongIf }, n) => {
        add(wrongIf, ...path, 'checks', n, 'wrongIf')
      })
    if (field.kind === 'computed') add({ formula: field.formula }, ...path, 'formula')
    if ('fields' in field)
      field.fields.forEach((inner, n) => {
        addField(inner, ...path, 'fields', n)
      })
  }
  definition.pages.forEach((page, p) => {
    add(page.showIf, 'pages', p, 'showIf')
    page.sections?.forEach(({ showIf }, n) => {
      add(showIf, 'pages', p, 'sections', n, 'showIf')
    })
    page.fields.forEach((field, f) => {
      addField(field, 'pages', p, 'fields', f)
    })
    page.skip?.forEach(({ when }, n) => {
      add(when, 'pages', p, 'skip', n, 'when')
    })
  })
  return all
}

/** What the form asks about each field: the constants, by `field` or `field.part`, and whether it is computed with. */
export type Asked = { constants: Map<string, Set<string>>; computed: Set<string> }

function askedIn(definition: Definition): Asked {
  const asked: Asked = { constants: new Map(), computed: new Set() }
  const look = (used: Used) => {
    if ('formula' in used) {
      if ('field' in used.formula) asked.computed.add(used.formula.field)
      if ('count' in used.formula) asked.computed.add(used.formula.count.of)
    } else if ('field' in used.condition) {
      const { field, part, ...test } = used.condition as { field: string; part?: string } & Record<string, unknown>
      const key = part === undefined ? field : `${field}.${part}`
      const constants = asked.constants.get(key) ?? new Set()
      for (const value of Object.values(test).flat()) if (typeof value === 'string') constants.add(value)
      asked.constants.set(key, constants)
    }
    for (const part of partsOf(used)) look(part)
  }
  for (const { used } of everythingUsed(definition)) look(used)
  return asked
}

const constantsOf = (key: string, asked: Asked) => [...(asked.constants.get(key) ?? [])]

/** Options that can be told apart, each with a variable of its own, and one for all the others together. */
function standChoices(field: Field & { kind: 'choices' }, shown: Diagram, asked: Asked, world: World): Standing {
  const { diagrams } = world
  const limited = field.least !== undefined || field.most !== undefined || asked.computed.has(field.id)
  const whole = limited && field.options.length <= 30
  const named = constantsOf(field.id, asked)
  const apart = field.options.filter(({ value, showIf }) => whole || showIf || named.includes(value))
  const bits = apart.map(({ value, showIf }) => {
    const bit = diagrams.literal(diagrams.variable(2), [1])
    return { value, bit, offered: showIf ? truthOf(showIf, world) : always }
  })
  const valid = whole
    ? withinBounds(
        bits.map(({ bit }) => bit),
        field,
        world,
      )
    : always
  const rest = apart.length < field.options.length ? diagrams.literal(diagrams.variable(2), [1]) : never
  const counts = diagrams.and(shown, valid)
  const chosen = new Map(
    bits.map(({ value, bit, offered }) => [value, diagrams.and(counts, diagrams.and(bit, offered))]),
  )
  const answered = [...chosen.values(), diagrams.and(counts, rest)].reduce(diagrams.or, never)
  return { shown, answered, chosen, whole }
}

/** As many as `least` and `most` allow; counted bit by bit. */
function withinBounds(
  bits: readonly Diagram[],
  { least = 0, most = 500 }: { least?: number; most?: number },
  { diagrams }: World,
) {
  let counted: Diagram[] = [always]
  for (const bit of bits) {
    counted = Array.from({ length: counted.length + 1 }, (_, n) =>
      diagrams.or(diagrams.and(counted[n] ?? never, diagrams.not(bit)), diagrams.and(counted[n - 1] ?? never, bit)),
    )
  }
  return counted.filter((_, n) => n >= least && n <= most).reduce(diagrams.or, never)
}

function standParts(field: Field, shown: Diagram, asked: Asked, world: World): Standing {
  const { diagrams } = world
  const answered = diagrams.and(shown, diagrams.literal(diagrams.variable(2), [1]))
  const parts = new Map(
    partsOfField(field).flatMap((part) => {
      const key = `${field.id}.${part.name}`
      if (!asked.constants.has(key)) return []
      const { answers } = partCells(part, constantsOf(key, asked))
      const variable = diagrams.variable(answers.length + 1)
      // A part that must be there is there whenever the whole is: its cell 0 is one of the others.
      const cells = answers.map((answer, n) => {
        const values = !part.optional && n === 0 ? [0, 1] : [n + 1]
        return { answer, when: diagrams.and(answered, diagrams.literal(variable, values)) }
      })
      return [[part.name, cells] as const]
    }),
  )
  return { shown, answered, parts }
}

/** Stands one field after all that stand above it; its variables are those that were made for it. */
function standField(field: Field, here: Diagram, asked: Asked, world: World): Standing {
  const first = world.diagrams.variable(1)
  const standing = standKind(field, here, asked, world)
  const last = world.diagrams.variable(1)
  const own = Array.from({ length: last - first }, (_, n) => first + n)
  return { ...standing, own: new Set(own.filter((variable) => !world.everyFree.has(variable))) }
}

function standKind(field: Field, here: Diagram, asked: Asked, world: World): Standing {
  const { diagrams } = world
  const { showIf } = field
  const shown = showIf ? guarded(['shown', field.id], world, () => diagrams.and(here, truthOf(showIf, world))) : here
  if (field.kind === 'note') return { shown, answered: never }
  if (field.kind === 'computed') {
    const cases = casesOf(field.formula, world)
    const gives = cases?.map(({ value, when }) => ({ value, when: diagrams.and(when, shown) }))
    const given = gives?.filter(({ value }) => value !== null).map(({ when }) => when)
    const answered =
      given?.reduce(diagrams.or, never) ?? diagrams.and(shown, diagrams.literal(diagrams.variable(2), [1]))
    const hidden = { value: null, when: diagrams.not(shown) }
    return { shown, answered, gives: gives && [...gives, hidden].filter(({ when }) => when !== never) }
  }
  if (field.kind === 'choices') return standChoices(field, shown, asked, world)
  if (field.kind === 'group' || field.kind === 'table') return standRows(field, shown, asked, world)
  if (partsOfField(field).length > 0) return standParts(field, shown, asked, world)
  if (field.kind === 'file' || field.kind === 'ranking' || field.kind === 'long-text') {
    return { shown, answered: diagrams.and(shown, diagrams.literal(diagrams.variable(2), [1])) }
  }
  const { answers, points } = cellsOf(field, constantsOf(field.id, asked), asked.computed.has(field.id))
  if (answers.length > mostCells) {
    world.given.up = true
    return { shown, answered: diagrams.and(shown, diagrams.literal(diagrams.variable(2), [1])) }
  }
  const variable = diagrams.variable(answers.length + 1)
  const options = 'options' in field ? field.options : []
  const cells = answers.map((answer, n) => {
    const showIf = options.find(({ value }) => value === answer)?.showIf
    const offered = showIf ? diagrams.and(shown, truthOf(showIf, world)) : shown
    return { answer, when: diagrams.and(offered, diagrams.literal(variable, [n + 1])) }
  })
  return { shown, answered: cells.map(({ when }) => when).reduce(diagrams.or, never), cells, points }
}

/** One row stands for every row: its fields have variables of their own. */
function standRows(field: Field & { kind: 'group' | 'table' }, shown: Diagram, asked: Asked, world: World): Standing {
  const { diagrams } = world
  const answered = diagrams.and(shown, diagrams.literal(diagrams.variable(2), [1]))
  const first = diagrams.variable(1)
  const fields = new Map<string, Standing>()
  const inner = rowWorld(fields, world)
  const row = rowBounds(field).max > 0 ? answered : never
  for (const one of field.fields) {
    const standing = standField(one, row, asked, inner)
    fields.set(one.id, standing)
    inner.fields.set(one.id, standing)
  }
  const variables = new Set<number>()
  const last = diagrams.variable(1)
  for (let variable = first; variable <= last; variable++) variables.add(variable)
  return { shown, answered, inside: { variables, fields } }
}

export type PageStanding = { shown: Diagram; active: Diagram; sections: Map<string, Diagram> }

/** Everything of a form: pages in order, fields into `world.fields`. */
export function standForm(definition: Definition, world: World): PageStanding[] {
  const { diagrams } = world
  const asked = askedIn(definition)
  let ended = never
  const jumps: { until: number; taken: Diagram }[] = []
  return definition.pages.map((page, p) => {
    const skipped = jumps
      .filter(({ until }) => until > p)
      .map(({ taken }) => taken)
      .reduce(diagrams.or, never)
    const active = guarded(['reached', page.id], world, () => diagrams.not(diagrams.or(ended, skipped)))
    const { showIf } = page
    const here = showIf ? guarded(['page', page.id], world, () => diagrams.and(active, truthOf(showIf, world))) : active
    const sections = new Map<string, Diagram>()
    const shownFields: Diagram[] = page.end === undefined ? [] : [here]
    for (const field of page.fields) {
      const standing = standField(field, sectionOf(page, field, here, sections, world), asked, world)
      world.fields.set(field.id, standing)
      shownFields.push(standing.shown)
    }
    // Of what stands on the page without a condition of its own nothing else has to be known.
    const any = shownFields.includes(here)
      ? here
      : guarded(['any', page.id], world, () => shownFields.reduce(diagrams.or, never))
    if (page.end !== undefined) ended = diagrams.or(ended, any)
    for (const { when, to } of page.skip ?? []) {
      const target = definition.pages.findIndex(({ id }) => id === to)
      const taken = when ? guarded(['jump', page.id, when], world, () => diagrams.and(any, truthOf(when, world))) : any
      jumps.push({ until: target < 0 ? definition.pages.length : target, taken })
    }
    return { shown: any, active, sections }
  })
}

function sectionOf(page: Page, field: Field, here: Diagram, sections: Map<string, Diagram>, world: World): Diagram {
  if (field.section === undefined) return here
  const known = sections.get(field.section)
  if (known !== undefined) return known
  const showIf = page.sections?.find(({ id }) => id === field.section)?.showIf
  const made = showIf
    ? guarded(['section', page.id, field.section], world, () => world.diagrams.and(here, truthOf(showIf, world)))
    : here
  sections.set(field.section, made)
  return made
}
