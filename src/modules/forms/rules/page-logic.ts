/** What one page needs in the browser to show and hide its fields by the same engine. */
import { postedFor, type Raw } from './answers.ts'
import type { Definition, Field, Page } from './definition.ts'
import { type Answers, answerOf, type Condition, evaluate, type FileAnswer, offered } from './evaluate.ts'
import { readField } from './kinds.ts'

/**
 * `fields`: the fields the page offers, as they are defined. `earlier`: the answers of earlier pages that their
 * conditions name, and no others, so that a page does not repeat what it need not.
 */
export type PageLogic = { fields: Field[]; earlier: Answers }

function named(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(named)
  if ('any' in condition) return condition.any.flatMap(named)
  return 'not' in condition ? named(condition.not) : [condition.field]
}

/** JSON for the `data-logic` of `<form-logic>`; null where no field of the page depends on another of it. */
export function pageLogic(definition: Definition, page: Page, answers: Answers): PageLogic | null {
  const offer = offered(definition, page.id, answers)
  if (!offer.some((field) => field.when === 'depends')) return null
  const ids = new Set(offer.map((field) => field.id))
  const fields = page.fields.filter((field) => ids.has(field.id))
  const at = definition.pages.indexOf(page)
  const shown = new Set(evaluate({ pages: definition.pages.slice(0, at) }, answers).pages.flatMap((one) => one.fields))
  const earlier: Answers = {}
  for (const id of fields.flatMap((field) => (field.showIf ? named(field.showIf) : []))) {
    const answer = shown.has(id) ? answerOf(answers, id) : undefined
    if (answer !== undefined) earlier[id] = answer
  }
  return { fields, earlier }
}

/**
 * The fields of the page to show for what its inputs hold now: read and decided as the server will. `files`: per file
 * field what is attached.
 */
export function shownOnPage(
  { fields, earlier }: PageLogic,
  raw: Raw,
  files: Record<string, readonly FileAnswer[]> = {},
): string[] {
  const answers = { ...earlier }
  for (const field of fields) {
    const { answer } = readField(field, postedFor(field, raw, files[field.id]))
    if (answer !== undefined) answers[field.id] = answer
  }
  const before = { id: 'earlier', fields: Object.keys(earlier).map((id) => ({ id })) }
  return evaluate({ pages: [before, { id: 'page', fields }] }, answers).pages.find((p) => p.id === 'page')?.fields ?? []
}
