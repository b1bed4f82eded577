/** What one page needs in the browser to show and hide its fields by the same engine. */
import { postedFor, type Raw } from '../answers/answers.ts'
import { hangsOnToday } from '../answers/bounds.ts'
import { readField } from '../answers/kinds.ts'
import type { Definition, Field, Page } from '../definition/definition.ts'
import { decide, evaluate, offered } from '../engine/evaluate.ts'
import type { Answers, FileAnswer, Logic, LogicPage } from '../engine/language.ts'
import { dependencies } from '../engine/walk.ts'

/**
 * `fields`: the fields the page offers, as they are defined. `earlier`: the answers of earlier pages that their
 * conditions name, and no others, so that a page does not repeat what it need not. `conditions` and `values` likewise.
 */
export type PageLogic = Pick<Logic, 'conditions' | 'values'> &
  Pick<LogicPage, 'sections'> & { fields: Field[]; earlier: Answers; today?: string }

/** JSON for the `data-logic` of `<form-logic>`; null where no field of the page depends on another of it. */
export function pageLogic(definition: Definition, page: Page, answers: Answers, today?: string): PageLogic | null {
  const offer = offered(definition, page.id, answers, today)
  if (!offer.some((field) => field.when === 'depends')) return null
  const ids = new Set(offer.map((field) => field.id))
  const fields = page.fields.filter((field) => ids.has(field.id))
  const sections = page.sections?.filter(({ id }) => fields.some((field) => field.section === id))
  const shows = [...fields, ...(sections ?? [])].flatMap(({ showIf }) => (showIf ? [{ condition: showIf }] : []))
  const computed = fields.flatMap((field) => (field.kind === 'computed' ? [{ formula: field.formula }] : []))
  const named = dependencies(definition, [...shows, ...computed])
  const at = definition.pages.indexOf(page)
  const before = decide({ ...definition, pages: definition.pages.slice(0, at) }, answers, today)
  const earlier: Answers = {}
  for (const { id, answer } of before.pages.flatMap((one) => one.fields)) {
    if (named.fields.has(id) && answer !== undefined) earlier[id] = answer
  }
  const conditions = definition.conditions?.filter(({ id }) => named.conditions.has(id))
  const values = definition.values?.filter(({ id }) => named.values.has(id))
  return {
    fields,
    earlier,
    ...(sections?.length && { sections: sections.map(({ id, showIf }) => ({ id, showIf })) }),
    ...(conditions?.length && { conditions: conditions.map(({ id, when }) => ({ id, when })) }),
    ...(values?.length && { values: values.map(({ id, formula }) => ({ id, formula })) }),
    ...(today && (named.today || fields.some(hangsOnToday)) && { today }),
  }
}

/**
 * The fields of the page to show for what its inputs hold now: read and decided as the server will. `files`: per file
 * field what is attached.
 */
export function shownOnPage(
  { fields, earlier, sections, today, ...named }: PageLogic,
  raw: Raw,
  files: Record<string, readonly FileAnswer[]> = {},
): string[] {
  const answers = { ...earlier }
  for (const field of fields) {
    if (field.kind === 'computed' || field.kind === 'note') continue
    const { answer } = readField(field, postedFor(field, raw, files[field.id]), today)
    if (answer !== undefined) answers[field.id] = answer
  }
  const before = { id: 'earlier', fields: Object.keys(earlier).map((id) => ({ id })) }
  const page = { id: 'page', fields, sections }
  return evaluate({ ...named, pages: [before, page] }, answers, today).pages.find((p) => p.id === 'page')?.fields ?? []
}
