/** Where a person stands in a form. Computed from the answers each time, never stored. */
import { checkAnswers } from './answers.ts'
import type { Definition, Field, Page } from './definition.ts'
import { type Answer, type Answers, answerOf, evaluate, type Shown } from './evaluate.ts'
import { shownAnswer } from './kinds.ts'

/** The page after the last: check your answers. No page of a definition can have this id. */
export const checkPage = '_check'

/** `title` is the page's short name, where it has one. */
export type Step = { page: string; title: string; state: 'done' | 'current' | 'todo' }

/** One line of check-your-answers; `text` is null where an optional field was left empty. */
export type CheckItem = { field: string; label: string; text: string | null; page: string }

export type Journey = {
  /** The shown pages in order, without `_check`. */
  pages: string[]
  /** The first shown page with something missing or wrong. */
  firstIncomplete: string | undefined
  complete: boolean
  /** By field, for all shown fields. */
  errors: Record<string, string>
}

/** The page of a definition, by an id from an address: undefined where there is none. */
export const findPage = (definition: Definition, id: string): Page | undefined =>
  definition.pages.find((page) => page.id === id)

const nameOf = ({ name, title }: Page) => name ?? title

/** Where the answers lead: which pages, how far, what is missing. */
export function journey(definition: Definition, answers: Answers): Journey {
  const checked = checkAnswers(definition, answers)
  const { pages } = evaluate(definition, checked.answers)
  const firstIncomplete = pages.find((page) => page.fields.some((id) => Object.hasOwn(checked.errors, id)))?.id
  return {
    pages: pages.map((page) => page.id),
    firstIncomplete,
    complete: firstIncomplete === undefined,
    errors: checked.errors,
  }
}

const shownPages = (definition: Definition, answers: Answers) =>
  evaluate(definition, checkAnswers(definition, answers).answers).pages.map((page) => page.id)

const indexOf = (definition: Definition, page: string) => definition.pages.findIndex((one) => one.id === page)

/** The page to go to after `page` (which may itself be hidden by now), `_check` after the last. */
export function nextPage(definition: Definition, answers: Answers, page: string): string {
  const at = indexOf(definition, page)
  return shownPages(definition, answers).find((id) => indexOf(definition, id) > at) ?? checkPage
}

/** The page to go back to; undefined from the first. From `_check` it is the last page. */
export function previousPage(definition: Definition, answers: Answers, page: string): string | undefined {
  const at = page === checkPage ? definition.pages.length : indexOf(definition, page)
  return shownPages(definition, answers).findLast((id) => indexOf(definition, id) < at)
}

/** The steps shown above a page: done where nothing is missing up to there. `_check` comes last. */
export function stepsOf(definition: Definition, answers: Answers, current: string): Step[] {
  const { pages, firstIncomplete } = journey(definition, answers)
  const reached = firstIncomplete === undefined ? pages.length : pages.indexOf(firstIncomplete)
  const steps = pages.map((id, n): Step => {
    return {
      page: id,
      title: nameOf(findPage(definition, id)!),
      state: id === current ? 'current' : n < reached ? 'done' : 'todo',
    }
  })
  return [...steps, { page: checkPage, title: '内容の確認', state: current === checkPage ? 'current' : 'todo' }]
}

function eachShown(definition: Definition, shown: Shown): { page: Page; fields: Field[] }[] {
  return shown.pages.map(({ id, fields }) => {
    const page = findPage(definition, id)!
    return { page, fields: page.fields.filter((field) => fields.includes(field.id)) }
  })
}

/** Check-your-answers: the shown pages with their shown fields, each with its answer in words. */
export function checkList(
  definition: Definition,
  answers: Answers,
): { page: string; title: string; items: CheckItem[] }[] {
  const checked = checkAnswers(definition, answers).answers
  return eachShown(definition, evaluate(definition, checked)).map(({ page, fields }) => ({
    page: page.id,
    title: nameOf(page),
    items: fields.map((field) => {
      const answer = answerOf(checked, field.id)
      const text = answer === undefined ? null : shownAnswer(field, answer)
      return { field: field.id, label: field.label, text, page: page.id }
    }),
  }))
}

/**
 * The answers that a filing contains: those of shown fields, in the order of the form. Hidden ones stay in the draft;
 * what is not shown on check-your-answers is never filed. Whether the filing is complete, `journey` says.
 */
export function filed(definition: Definition, answers: Answers): Answers {
  const checked = checkAnswers(definition, answers).answers
  const contained: Record<string, Answer> = {}
  for (const id of evaluate(definition, checked).pages.flatMap((page) => page.fields)) {
    const answer = answerOf(checked, id)
    if (answer !== undefined) contained[id] = answer
  }
  return contained
}
