/**
 * The static analysis of a definition: pages and fields that nobody ever sees, conditions that never hold, options that
 * cannot be chosen, tables that contradict themselves, forms that cannot be completed, personal data without a purpose.
 *
 * It is sound: whatever is reported as never happening does not happen for any answers. It is exact where every condition
 * can be cut into finitely many cases; docs/forms.md says which do, and what is approximated otherwise.
 *
 * In one file, since every finding asks the same diagrams.
 */
import type { Definition, Field, Page } from '../definition/definition.ts'
import { isPersonal } from '../definition/personal.ts'
import type { Condition, Formula } from '../engine/language.ts'
import { dependencies, partsOf } from '../engine/walk.ts'
import { pathOf } from '../reading/faults.ts'
import { en, ja } from '../words/phrases.ts'
import { labelsOf, phrase } from '../words/words.ts'
import { always, type Diagram, never, openDiagrams, TooManySteps } from './diagrams.ts'
import { type Finding, type FindingCode, findingWords } from './findings.ts'
import { everythingUsed, type PageStanding, standForm } from './standing.ts'
import { truthOf } from './truth.ts'
import { guarded, rowWorld, type Standing, type World } from './world.ts'

export type Analysis = {
  findings: Finding[]
  /** Ids of everything that is shown for no answers, also of what stands inside of something reported. */
  unreachable: { pages: string[]; fields: string[] }
  /** False where there were too many combinations: what is reported is so, but something may not be. */
  decided: boolean
}

/** In all, a second or two on a small machine; and how much of it the question may take whether a form can be completed. */
const steps = 300_000
const mostSteps = 100_000

type Path = (string | number)[]
type Look = { definition: Definition; world: World; report: Report }
type Report = <C extends FindingCode>(code: C, path: Path, ...about: Parameters<(typeof findingWords)[C]>) => void

/** Looks at a definition that `parseDefinition` has accepted. Never throws, always ends. */
export function analyse(definition: Definition): Analysis {
  const findings: Finding[] = []
  const report: Report = (code, path, ...about) => {
    const words = (findingWords[code] as (...about: unknown[]) => Pick<Finding, 'ja' | 'en' | 'severity'>)(...about)
    findings.push({ path: pathOf(path), code, ...words })
  }
  const unreachable: Analysis['unreachable'] = { pages: [], fields: [] }
  let decided = true
  try {
    const diagrams = openDiagrams(steps)
    const world: World = {
      diagrams,
      definition,
      fields: new Map(),
      conditions: new Map(),
      values: new Map(),
      free: new Map(),
      variables: new Set(),
      everyFree: new Set(),
      given: { up: false },
    }
    const look: Look = { definition, world, report }
    const pages = standForm(definition, world)
    lookForUnreachable(look, pages, unreachable)
    lookAtConditions(look, pages)
    lookForDeadEnds(look, pages)
    decided = !world.given.up
  } catch (error) {
    if (!(error instanceof TooManySteps)) throw error
    decided = false
  }
  if (!decided) report('undecided', [])
  lookForPurposes(definition, report)
  lookForUnused(definition, report)
  return { findings, unreachable, decided }
}

function lookForUnreachable(
  { definition, world, report }: Look,
  pages: PageStanding[],
  found: Analysis['unreachable'],
) {
  const lookAt = (field: Field, path: Path, fields: ReadonlyMap<string, Standing>, silent: boolean) => {
    const standing = fields.get(field.id)!
    const gone = standing.shown === never
    if (gone) found.fields.push(field.id)
    if (gone && !silent) report('unreachable-field', path, field.label)
    if ('options' in field && !gone && !silent)
      lookAtOptions(field, path, standing, { ...world, fields: new Map(fields) }, report)
    if (!('fields' in field)) return
    const inside = new Map([...fields, ...standing.inside!.fields])
    field.fields.forEach((inner, n) => {
      lookAt(inner, [...path, 'fields', n], inside, silent || gone)
    })
  }
  definition.pages.forEach((page, p) => {
    const gone = pages[p]!.shown === never
    if (gone) found.pages.push(page.id)
    if (gone) report('unreachable-page', ['pages', p], page.title)
    page.fields.forEach((field, f) => {
      lookAt(field, ['pages', p, 'fields', f], world.fields, gone)
    })
  })
}

function lookAtOptions(
  field: Extract<Field, { options: unknown }>,
  path: Path,
  { shown }: Standing,
  world: World,
  report: Report,
) {
  field.options.forEach(({ label, showIf }, n) => {
    if (showIf && world.diagrams.and(shown, truthOf(showIf, world)) === never) {
      report('dead-option', [...path, 'options', n], label)
    }
  })
}

/** Where a condition is asked: what has to hold for it to matter. */
function placeOf({ definition, world }: Look, pages: PageStanding[], path: Path): { here: Diagram; world: World } {
  const [root, p, what, f] = path as [string, number, string, number]
  if (root !== 'pages') return { here: always, world }
  const page = definition.pages[p]!
  if (what === 'showIf') return { here: pages[p]!.active, world }
  if (what === 'skip') return { here: pages[p]!.shown, world }
  const pageHere = pageShown(page, pages[p]!, world)
  if (what === 'sections') return { here: pageHere, world }
  let [field, at, scope] = [page.fields[f]!, path.slice(4), world]
  let around = (field.section === undefined ? undefined : pages[p]!.sections.get(field.section)) ?? pageHere
  while ('fields' in field && at[0] === 'fields') {
    const standing = scope.fields.get(field.id)!
    around = standing.answered
    scope = { ...rowWorld(standing.inside!.fields, scope), free: scope.free, variables: scope.variables }
    field = field.fields[at[1] as number]!
    at = at.slice(2)
  }
  const standing = scope.fields.get(field.id)!
  return { here: at[0] === 'showIf' ? around : at[0] === 'checks' ? standing.answered : standing.shown, world: scope }
}

const pageShown = (page: Page, { active }: PageStanding, world: World) =>
  page.showIf ? world.diagrams.and(active, truthOf(page.showIf, world)) : active

function lookAtConditions(look: Look, pages: PageStanding[]) {
  const { definition, report } = look
  const labels = labelsOf(definition)
  const said = (condition: Condition) => ({ ja: phrase(condition, labels, ja), en: phrase(condition, labels, en) })
  const within = (condition: Condition, path: Path, here: Diagram, scope: World) => {
    const truth = guarded(condition, scope, () => truthOf(condition, scope))
    // What stands where nobody comes is reported there.
    if (here === never) return
    const { and, not } = scope.diagrams
    const optionOrShow = path.at(-1) === 'showIf'
    if (truth === never) report('contradiction', path, said(condition))
    else if (!optionOrShow && and(here, truth) === never) report('contradiction', path, said(condition))
    else if (and(here, not(truth)) === never) report('tautology', path, said(condition))
    else lookInside(condition, path, scope)
  }
  const lookInside = (condition: Condition, path: Path, scope: World) => {
    if ('any' in condition) {
      condition.any.forEach((part, n) => {
        if (guarded(part, scope, () => truthOf(part, scope)) === never)
          report('contradiction', [...path, 'any', n], said(part))
        else lookInside(part, [...path, 'any', n], scope)
      })
    } else if ('all' in condition)
      condition.all.forEach((part, n) => {
        lookInside(part, [...path, 'all', n], scope)
      })
  }
  for (const { used, path } of everythingUsed(definition)) {
    const { here, world: scope } = placeOf(look, pages, path)
    if ('condition' in used) within(used.condition, path, here, scope)
    lookAtTables(used, path, here, scope, report)
  }
}

/** Rows of decision tables that never apply, and those of a unique table that apply together. */
function lookAtTables(
  used: { condition: Condition } | { formula: Formula },
  path: Path,
  here: Diagram,
  world: World,
  report: Report,
) {
  const { and, not, or } = world.diagrams
  if ('formula' in used && 'table' in used.formula) {
    const { hit = 'unique', rows } = used.formula.table
    const holding = rows.map(({ when }) => guarded(['here', when], world, () => and(here, truthOf(when, world))))
    let before = never
    holding.forEach((truth, n) => {
      const at = [...path, 'table', 'rows', n]
      const free = hit === 'first' ? and(truth, not(before)) : truth
      if (free === never && here !== never) report('dead-row', at)
      const other = hit === 'unique' ? holding.findIndex((one, m) => m < n && and(one, truth) !== never) : -1
      // An overlap that hangs on what could not be cut into cases may not exist: only a certain one is reported.
      if (other >= 0 && isCertain(and(holding[other]!, truth), world)) report('overlap', at, other)
      before = or(before, truth)
    })
  }
  for (const part of partsOf(used)) {
    if (part.within === undefined) lookAtTables(part, [...path, ...part.path], here, world, report)
  }
}

/** Whether some answers make it hold whatever stands for what could not be cut into cases. */
function isCertain(truth: Diagram, world: World): boolean {
  const { not, exists } = world.diagrams
  return exists(not(truth), world.everyFree) !== always
}

/** What a field asks of a complete form: an answer where it is required, and none that its checks call wrong. */
function demandOf(field: Field, world: World): Diagram {
  const { and, or, not } = world.diagrams
  const { shown, answered } = world.fields.get(field.id)!
  const { required, requiredIf, checks = [] } = field as Partial<Extract<Field, { kind: 'text' }>>
  const asked = required ? shown : requiredIf ? and(shown, truthOf(requiredIf, world)) : never
  const demands = checks.map(({ wrongIf }) => not(and(answered, truthOf(wrongIf, world))))
  return [or(not(asked), answered), ...demands].reduce(and, always)
}

/** The fields that something other than their own checks hangs on. */
function usedElsewhere({ definition, world }: Look): Set<string> {
  const used = new Set<string>()
  const named = (definition.conditions?.length ?? 0) + (definition.values?.length ?? 0)
  for (const { used: one, path } of everythingUsed(definition)) {
    const own = path.includes('checks') ? definition.pages[path[1] as number]!.fields[path[3] as number]!.id : undefined
    const { fields, conditions, values } = dependencies(definition, [one])
    world.diagrams.spend((named + fields.size + conditions.size + values.size) / 32)
    for (const id of fields) if (id !== own) used.add(id)
  }
  return used
}

/** The answers with which a form can be filed, but for the answers to fields on which nothing hangs. */
function completeOf(look: Look, pages: PageStanding[]): Diagram {
  const { definition, world } = look
  const { and, not, exists } = world.diagrams
  const used = usedElsewhere(look)
  let complete = always
  definition.pages.forEach((page, p) => {
    if (page.end !== undefined) complete = and(complete, not(pages[p]!.shown))
    for (const field of page.fields) {
      const demand = demandOf(field, world)
      // Nothing else asks about it: that some answer will do is all that matters.
      const free = used.has(field.id) ? undefined : world.fields.get(field.id)!.own
      complete = and(complete, free ? exists(demand, free) : demand)
    }
  })
  return complete
}

/** Pages whose visitors cannot complete the form, and forms that nobody can. */
function lookForDeadEnds(look: Look, pages: PageStanding[]) {
  const { definition, world, report } = look
  const found = world.diagrams.within(mostSteps, () => {
    const complete = completeOf(look, pages)
    if (complete === never) return null
    return definition.pages.map(({ end }, p) => {
      const { shown } = pages[p]!
      return end === undefined && shown !== never && world.diagrams.and(shown, complete) === never
    })
  })
  if (found === undefined) world.given.up = true
  else if (found === null) report('incompletable', [])
  else {
    for (const [p, { title }] of definition.pages.entries()) if (found[p]) report('dead-end', ['pages', p], title)
  }
}

function lookForPurposes(definition: Definition, report: Report) {
  const lookAt = (field: Field, path: Path, around: string | undefined) => {
    const purpose = ('purpose' in field ? field.purpose : undefined) ?? around
    if ('fields' in field) {
      field.fields.forEach((inner, n) => {
        lookAt(inner, [...path, 'fields', n], purpose)
      })
    } else if (!purpose && isPersonal(field)) report('no-purpose', path, field.label)
  }
  definition.pages.forEach((page, p) => {
    page.fields.forEach((field, f) => {
      lookAt(field, ['pages', p, 'fields', f], page.purpose ?? definition.purpose)
    })
  })
}

function lookForUnused(definition: Definition, report: Report) {
  const roots = everythingUsed(definition).filter(({ path }) => path[0] === 'pages')
  const used = dependencies(
    definition,
    roots.map((one) => one.used),
  )
  definition.conditions?.forEach(({ id, name }, n) => {
    if (!used.conditions.has(id)) report('unused', ['conditions', n], name)
  })
  definition.values?.forEach(({ id, label }, n) => {
    if (!used.values.has(id)) report('unused', ['values', n], label)
  })
}
