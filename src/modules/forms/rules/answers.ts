/** From what a page posts to typed answers, and from stored answers to what is wrong with them. */
import type { DateParts } from '#core/dates.ts'
import type { Definition, Field, Page } from './definition.ts'
import { type Answer, type Answers, answerOf, evaluate, type FileAnswer, offered } from './evaluate.ts'
import { askFor, readField } from './kinds.ts'
import type { Outcome, Posted } from './outcome.ts'

/** As a form parser gives it; anything else in it is ignored. */
export type Raw = Readonly<Record<string, unknown>>

/** What is put back into the inputs: exactly what was typed, but for characters that no page can hold. */
export type Typed = string | string[] | { era: string; year: string; month: string; day: string }

export type ReadPage = {
  /** All answers of the draft after this page, including those of fields that are hidden now. */
  answers: Answers
  /** By field, for the fields the page offers; files are not typed and stay in `answers`. */
  typed: Record<string, Typed>
  /** By field, for shown fields only: a sentence that begins with the label and says what to do. */
  errors: Record<string, string>
  /** The inputs of dates to mark. */
  wrong: Record<string, ('year' | 'month' | 'day')[]>
}

const most = 20_000

/** Redisplayed text: bounded, well-formed, without control characters, so that it can also be stored as it is. */
const redisplay = (text: string): string =>
  text
    .slice(0, most)
    .toWellFormed()
    .replace(/[^\P{Cc}\n\r\t]/gu, '')

function strings(raw: Raw, name: string): string[] {
  const value = Object.hasOwn(raw, name) ? raw[name] : undefined
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.slice(0, 1000).filter((one) => typeof one === 'string') : []
}

/** What was posted for a field: every value under its id, or a date's three inputs `id.year`, `.month`, `.day` (`.era`). */
export function postedFor(field: Field, raw: Raw, files: readonly FileAnswer[] = []): Posted {
  if (field.kind === 'file') return { values: [], files }
  const values = strings(raw, field.id)
  if (field.kind !== 'date' || values.length > 0) return { values }
  const part = (name: string) => strings(raw, `${field.id}.${name}`)[0] ?? ''
  const parts: DateParts = { era: part('era'), year: part('year'), month: part('month'), day: part('day') }
  return { values, parts }
}

function typedFrom(field: Field, posted: Posted): Typed {
  if (field.kind === 'choices') return posted.values.slice(0, 500).map(redisplay)
  if (field.kind !== 'date') return redisplay(posted.values[0] ?? '')
  const { era = '', year, month, day } = posted.parts ?? { year: posted.values[0] ?? '', month: '', day: '' }
  return { era: redisplay(era), year: redisplay(year), month: redisplay(month), day: redisplay(day) }
}

/** The required fields that are shown and empty, and the errors of shown fields only. */
function shownErrors(definition: Definition, answers: Answers, outcomes: ReadonlyMap<string, Outcome>) {
  const shown = new Set(evaluate(definition, answers).pages.flatMap((page) => page.fields))
  const errors: Record<string, string> = {}
  for (const field of definition.pages.flatMap((page) => page.fields)) {
    const outcome = outcomes.get(field.id)
    if (!outcome || !shown.has(field.id)) continue
    if (outcome.error !== undefined) errors[field.id] = outcome.error
    else if (field.required && outcome.answer === undefined) errors[field.id] = askFor(field)
  }
  return errors
}

/**
 * Reads one posted page against the draft so far.
 *
 * Only the fields that the page offered are read: an absent one among them was left empty (an unchecked group of boxes
 * is not posted at all), while fields that were hidden by earlier pages keep the draft's answers. A field that is
 * hidden by an answer of this page keeps what was posted, but cannot be wrong. A field that is wrong has no answer
 * any more, so an older one is never filed in its place. Unknown names are ignored. Never throws.
 *
 * `files`: per file field the files it holds after this post (`[]` where all were taken away); the caller has looked
 * them up in the store. A field not named there keeps its files.
 */
export function readAnswers(
  definition: Definition,
  page: Page,
  raw: Raw,
  { answers: before = {}, files = {} }: { answers?: Answers; files?: Record<string, readonly FileAnswer[]> } = {},
): ReadPage {
  const answers = known(definition, before)
  const read: ReadPage = { answers, typed: {}, errors: {}, wrong: {} }
  const offer = new Set(offered(definition, page.id, answers).map((field) => field.id))
  const outcomes = new Map<string, Outcome>()
  for (const field of page.fields) {
    if (!offer.has(field.id)) continue
    // Files are not part of what is typed: without word of the caller a field keeps the ones it has.
    const held = field.kind === 'file' ? (Object.hasOwn(files, field.id) ? files[field.id] : answers[field.id]) : []
    const posted = postedFor(field, raw, held as readonly FileAnswer[] | undefined)
    const outcome = readField(field, posted)
    outcomes.set(field.id, outcome)
    if (field.kind !== 'file') read.typed[field.id] = typedFrom(field, posted)
    if (outcome.answer === undefined) delete answers[field.id]
    else answers[field.id] = outcome.answer
    if (outcome.wrong) read.wrong[field.id] = outcome.wrong
  }
  read.errors = shownErrors(definition, answers, outcomes)
  return read
}

/** A copy with the answers to fields of the form and nothing else. */
function known(definition: Definition, answers: Answers): Answers {
  const copy: Answers = {}
  for (const field of definition.pages.flatMap((page) => page.fields)) {
    const answer = answerOf(answers, field.id)
    if (answer !== undefined) copy[field.id] = answer
  }
  return copy
}

const isFile = (value: unknown): value is FileAnswer => {
  const file = value as FileAnswer
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof file.file === 'string' &&
    typeof file.name === 'string' &&
    typeof file.type === 'string' &&
    Number.isSafeInteger(file.size) &&
    file.size >= 0
  )
}

function readStored(field: Field, value: unknown): Outcome {
  if (field.kind === 'file') {
    const files = Array.isArray(value) && value.length <= 100 ? value.filter(isFile) : []
    return value === undefined || (Array.isArray(value) && files.length === value.length)
      ? readField(field, { values: [], files })
      : { error: askFor(field) }
  }
  if (value === undefined) return {}
  if (field.kind === 'choices' ? !Array.isArray(value) : typeof value !== 'string') return { error: askFor(field) }
  const values = typeof value === 'string' ? [value] : (value as unknown[])
  return values.length <= 1000 && values.every((one) => typeof one === 'string')
    ? readField(field, { values: values as string[] })
    : { error: askFor(field) }
}

/**
 * Checks typed answers as a whole, from the store or from an API: by the same rules as a posted page, whatever an
 * earlier version of the form or another program let through. Gives the answers in their one spelling, without those
 * that are wrong or unknown, and the errors of all shown fields. File references are checked for their form only: the
 * caller knows whose files they are. Never throws.
 */
export function checkAnswers(
  definition: Definition,
  given: unknown,
): { answers: Answers; errors: Record<string, string> } {
  const data = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {}
  const answers: Answers = {}
  const outcomes = new Map<string, Outcome>()
  for (const field of definition.pages.flatMap((page) => page.fields)) {
    const outcome = readStored(field, Object.hasOwn(data, field.id) ? (data[field.id] ?? undefined) : undefined)
    outcomes.set(field.id, outcome)
    if (outcome.answer !== undefined) answers[field.id] = outcome.answer
  }
  return { answers, errors: shownErrors(definition, answers, outcomes) }
}

/** What the inputs of a page hold when it is opened again: the draft's answers, a date in its three parts. */
export function typedAnswers(page: Page, answers: Answers): Record<string, Typed> {
  const typed: Record<string, Typed> = {}
  for (const field of page.fields) {
    const answer: Answer | undefined = answerOf(answers, field.id)
    if (answer === undefined || field.kind === 'file') continue
    if (field.kind === 'date') {
      const [year = '', month = '', day = ''] = String(answer).split('-')
      typed[field.id] = { era: '', year, month: month.replace(/^0/, ''), day: day.replace(/^0/, '') }
    } else typed[field.id] = answer as string | string[]
  }
  return typed
}
