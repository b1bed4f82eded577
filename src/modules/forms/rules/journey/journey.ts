/** Where a person stands in a form. Computed from the answers, never stored. */
import { checkAnswers, type ReadPage, typedAnswers } from '../answers/answers.ts'
import { shownAnswer } from '../answers/kinds.ts'
import type { Definition, Field, Page } from '../definition/definition.ts'
import { type DecidedField, decide } from '../engine/evaluate.ts'
import { type Answer, type Answers, checkPage } from '../engine/language.ts'

export { checkPage } from '../engine/language.ts'

/** `title` is the page's short name, where it has one. */
export type Step = { page: string; title: string; state: 'done' | 'current' | 'todo' }

/** One line of check-your-answers; `text` is null where an optional field was left empty. */
export type CheckItem = { field: string; label: string; text: string | null; page: string }

export type Journey = {
  /** The shown pages in order, without `_check`. */
  pages: string[]
  /** The first shown page with something missing or wrong; an end, where the answers lead to one. */
  firstIncomplete: string | undefined
  complete: boolean
  /** By field, for all shown fields. */
  errors: Record<string, string>
  /** The page at which the form ends without a filing. */
  ended?: string
}

/** The page of a definition, by an id from an address: undefined where there is none. */
export const findPage = (definition: Definition, id: string): Page | undefined =>
  definition.pages.find((page) => page.id === id)

const nameOf = ({ name, title }: Page) => name ?? title

type Standing = { page: Page; fields: { field: Field; decided: DecidedField }[] }

/** What is shown, each with its definition. */
function standing(definition: Definition, answers: Answers, today: string | undefined) {
  const { pages, ended } = decide(definition, answers, today)
  const shown = pages.flatMap((decided, p): Standing[] => {
    const page = definition.pages[p]!
    const fields = decided.fields.map((one, f) => ({ field: page.fields[f]!, decided: one }))
    return decided.shown ? [{ page, fields: fields.filter((one) => one.decided.shown) }] : []
  })
  return { shown, ended }
}

type Stood = ReturnType<typeof standing> & { checked: ReturnType<typeof checkAnswers> }

/** What was worked out last, by the answers themselves: nobody alters them in place. */
const latest = new WeakMap<Answers, { definition: Definition; today: string | undefined; stood: Stood }>()

/** What is right of the answers, and what is shown. A page asks this of the same answers for its steps, its list and its errors. */
function stand(definition: Definition, answers: Answers, today: string | undefined): Stood {
  // What comes from outside may be anything.
  if (typeof answers !== 'object' || answers === null) return workedOut(definition, answers, today)
  const known = latest.get(answers)
  if (known?.definition === definition && known.today === today) return known.stood
  const stood = workedOut(definition, answers, today)
  latest.set(answers, { definition, today, stood })
  return stood
}

function workedOut(definition: Definition, answers: Answers, today: string | undefined): Stood {
  const checked = checkAnswers(definition, answers, today)
  return { checked, ...standing(definition, checked.answers, today) }
}

/** Where the answers lead: which pages, how far, what is missing. `today`: an ISO date, for what hangs on the day. */
export function journey(definition: Definition, answers: Answers, today?: string): Journey {
  const { checked, shown, ended } = stand(definition, answers, today)
  const wrong = new Set(Object.keys(checked.errors).map((path) => path.split('.')[0]!))
  const firstIncomplete = shown.find(
    ({ page, fields }) => page.id === ended || fields.some(({ field }) => wrong.has(field.id)),
  )?.page.id
  return {
    pages: shown.map(({ page }) => page.id),
    firstIncomplete,
    complete: firstIncomplete === undefined,
    errors: checked.errors,
    ...(ended !== undefined && { ended }),
  }
}

/** A soft-required field without an answer: what follows from leaving it so. */
export type Missing = { field: string; label: string; page: string; consequence: string }

/** What should be answered but need not be, and is not: said before filing, and never in its way (行政手続法7条). */
export function softMissing(definition: Definition, answers: Answers, today?: string): Missing[] {
  const { checked, shown } = stand(definition, answers, today)
  return shown.flatMap(({ page, fields }) =>
    fields.flatMap(({ field, decided: { need, answer } }): Missing[] => {
      if (need !== 'soft' || answer !== undefined || Object.hasOwn(checked.errors, field.id)) return []
      const consequence = 'softRequired' in field ? (field.softRequired?.consequence ?? '') : ''
      return [{ field: field.id, label: field.label, page: page.id, consequence }]
    }),
  )
}

/**
 * What was right when it was answered and is right no more, since days have passed: the answers of the page and the errors
 * of those; undefined where all of them stand.
 */
export function outdated(
  definition: Definition,
  page: Page,
  answers: Answers,
  today: string,
): Pick<ReadPage, 'typed' | 'errors' | 'wrong'> | undefined {
  const { errors } = stand(definition, answers, today).checked
  const over = page.fields.filter(({ id }) => Object.hasOwn(answers, id) && Object.hasOwn(errors, id))
  if (over.length === 0) return undefined
  return {
    typed: typedAnswers(page, answers),
    errors: Object.fromEntries(over.map(({ id }) => [id, errors[id]!])),
    wrong: {},
  }
}

const shownPages = (definition: Definition, answers: Answers, today: string | undefined) =>
  stand(definition, answers, today).shown.map(({ page }) => page.id)

const indexOf = (definition: Definition, page: string) => definition.pages.findIndex((one) => one.id === page)

/** The page to go to after `page` (which may itself be hidden by now), `_check` after the last; undefined after an end. */
export function nextPage(definition: Definition, answers: Answers, page: string, today?: string): string {
  const at = indexOf(definition, page)
  return shownPages(definition, answers, today).find((id) => indexOf(definition, id) > at) ?? checkPage
}

/** The page to go back to; undefined from the first. From `_check` it is the last page. */
export function previousPage(
  definition: Definition,
  answers: Answers,
  page: string,
  today?: string,
): string | undefined {
  const at = page === checkPage ? definition.pages.length : indexOf(definition, page)
  return shownPages(definition, answers, today).findLast((id) => indexOf(definition, id) < at)
}

/** The steps shown above a page: done where nothing is missing up to there. `_check` comes last, unless the form ends. */
export function stepsOf(definition: Definition, answers: Answers, current: string, today?: string): Step[] {
  const { pages, firstIncomplete, ended } = journey(definition, answers, today)
  const reached = firstIncomplete === undefined ? pages.length : pages.indexOf(firstIncomplete)
  const steps = pages.map((id, n): Step => {
    return {
      page: id,
      title: nameOf(findPage(definition, id)!),
      state: id === current ? 'current' : n < reached ? 'done' : 'todo',
    }
  })
  if (ended !== undefined) return steps
  return [...steps, { page: checkPage, title: '内容の確認', state: current === checkPage ? 'current' : 'todo' }]
}

/** Check-your-answers: the shown pages with their shown fields, each with its answer in words. */
export function checkList(
  definition: Definition,
  answers: Answers,
  today?: string,
): { page: string; title: string; items: CheckItem[] }[] {
  const { shown } = stand(definition, answers, today)
  return shown
    .map(({ page, fields }) => ({
      page: page.id,
      title: nameOf(page),
      items: fields
        .filter(({ field }) => field.kind !== 'note')
        .map(({ field, decided: { answer } }) => {
          const text = answer === undefined ? null : shownAnswer(field, answer)
          return { field: field.id, label: field.label, text, page: page.id }
        }),
    }))
    .filter(({ items }) => items.length > 0)
}

/**
 * The answers that a filing contains: those of shown fields, in the order of the form, with what was computed. Hidden ones
 * stay in the draft; what is not shown on check-your-answers is never filed. Whether the filing is complete, `journey` says.
 */
export function filed(definition: Definition, answers: Answers, today?: string): Answers {
  const { shown } = stand(definition, answers, today)
  const contained: Record<string, Answer> = {}
  for (const { decided } of shown.flatMap((page) => page.fields)) {
    if (decided.answer !== undefined) contained[decided.id] = decided.answer
  }
  return contained
}
