/** From what a page posts to typed answers, and from stored answers to what is wrong with them. In one file, since both ways know each kind of field. */

import type { Definition, Field, Page } from '../definition/definition.ts'
import { fieldsOf } from '../definition/fields.ts'
import { holds } from '../engine/decide.ts'
import { type DecidedField, decide, offered } from '../engine/evaluate.ts'
import type { Answer, Answers, FileAnswer, Row } from '../engine/language.ts'
import { answerOf, type Scope } from '../engine/scope.ts'
import { askFor, readField } from './kinds.ts'
import type { Outcome, Posted } from './outcome.ts'
import { partsOfField } from './parts.ts'
import { readStored } from './stored.ts'

/** As a form parser gives it; anything else in it is ignored. */
export type Raw = Readonly<Record<string, unknown>>

/**
 * What is put back into the inputs: exactly what was typed, but for characters that no page can hold. A date by `era`,
 * `year`, `month` and `day`, other kinds with parts by theirs.
 */
export type Typed = string | string[] | Record<string, string>

export type ReadPage = {
  /** All answers of the draft after this page, including those of fields that are hidden now. */
  answers: Answers
  /** By field, for the fields the page offers; files are not typed and stay in `answers`. */
  typed: Record<string, Typed>
  /** By field, for shown fields only: a sentence that begins with the label and says what to do. */
  errors: Record<string, string>
  /** The inputs of dates and other kinds with parts to mark. */
  wrong: Record<string, string[]>
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

const partNames = (field: Field) =>
  field.kind === 'date' ? ['era', 'year', 'month', 'day'] : partsOfField(field).map((part) => part.name)

/** What was posted for a field: every value under its id, or its inputs `id.year`, `id.family` and so on. */
export function postedFor(field: Field, raw: Raw, files: readonly FileAnswer[] = []): Posted {
  if (field.kind === 'file') return { values: [], files }
  const values = strings(raw, field.id)
  const names = partNames(field)
  if (names.length === 0 || values.length > 0) return { values }
  return {
    values,
    parts: Object.fromEntries(names.map((name) => [name, strings(raw, `${field.id}.${name}`)[0] ?? ''])),
  }
}

function typedFrom(field: Field, posted: Posted): Typed {
  if (field.kind === 'choices' || field.kind === 'ranking') return posted.values.slice(0, 500).map(redisplay)
  const names = partNames(field)
  if (names.length === 0) return redisplay(posted.values[0] ?? '')
  const whole: Record<string, string> = field.kind === 'date' ? { year: posted.values[0] ?? '' } : {}
  const parts = posted.parts ?? whole
  return Object.fromEntries(names.map((name) => [name, redisplay(parts[name] ?? '')]))
}

/** What is wrong with one field that is shown, given what was read: itself, its options, its own checks, its rows. */
function faultOf(field: Field, outcome: Outcome, decided: DecidedField, scope: Scope): string | undefined {
  if (outcome.error !== undefined) return outcome.error
  if (decided.need === 'required' && decided.answer === undefined) return askFor(field)
  if (outcome.answer === undefined || !('checks' in field || 'options' in field)) return undefined
  const given = Array.isArray(outcome.answer) ? outcome.answer : [outcome.answer]
  if (decided.without?.some((value) => given.includes(value as never))) return `${field.label}を一覧から選んでください`
  const failed = 'checks' in field ? field.checks?.find(({ wrongIf }) => holds(wrongIf, scope)) : undefined
  return failed && `${field.label}：${failed.message}`
}

type Outcomes = ReadonlyMap<string, Outcome>

/** The errors of shown fields only, those of rows by `group.0.field`. */
function shownErrors(definition: Definition, answers: Answers, outcomes: Outcomes, today?: string) {
  const { pages, scope } = decide(definition, answers, today)
  const errors: Record<string, string> = {}
  const look = (field: Field, decided: DecidedField, outcome: Outcome, at: string, within: Scope) => {
    if (!decided.shown) return
    const fault = faultOf(field, outcome, decided, within)
    if (fault !== undefined) errors[at] = fault
    if (field.kind !== 'group' && field.kind !== 'table') return
    decided.rows?.forEach((row, n) => {
      const inner: Scope = { ...within, row: (decided.answer as Row[])[n]!, outer: within }
      row.forEach((one, f) => {
        const path = `${n}.${one.id}`
        const answer = answerOf((outcome.answer as Row[])[n]!, one.id)
        const error = outcome.inner?.[path]
        const rows = Object.entries(outcome.inner ?? {}).filter(([key]) => key.startsWith(`${path}.`))
        const deeper = Object.fromEntries(rows.map(([key, said]) => [key.slice(path.length + 1), said]))
        const read: Outcome = { ...(answer !== undefined && { answer }), ...(error && { error }), inner: deeper }
        look(field.fields[f]!, one, read, `${at}.${path}`, inner)
      })
    })
  }
  definition.pages.forEach((page, p) => {
    page.fields.forEach((field, f) => {
      const outcome = outcomes.get(field.id)
      if (outcome) look(field, pages[p]!.fields[f]!, outcome, field.id, scope)
    })
  })
  return errors
}

export type ReadOptions = {
  answers?: Answers
  files?: Record<string, readonly FileAnswer[]>
  /** ISO date, for what hangs on the day. */
  today?: string | undefined
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
 * them up in the store. A field not named there keeps its files; groups are not posted, and keep their rows.
 */
export function readAnswers(
  definition: Definition,
  page: Page,
  raw: Raw,
  { answers: before = {}, files = {}, today }: ReadOptions = {},
): ReadPage {
  const answers = known(definition, before)
  const read: ReadPage = { answers, typed: {}, errors: {}, wrong: {} }
  const offer = new Set(offered(definition, page.id, answers, today).map((field) => field.id))
  const outcomes = new Map<string, Outcome>()
  for (const field of page.fields) {
    if (!offer.has(field.id) || ['note', 'computed', 'group', 'table'].includes(field.kind)) continue
    // Files are not part of what is typed: without word of the caller a field keeps the ones it has.
    const held = field.kind === 'file' ? (Object.hasOwn(files, field.id) ? files[field.id] : answers[field.id]) : []
    const posted = postedFor(field, raw, held as readonly FileAnswer[] | undefined)
    const outcome = readField(field, posted, today)
    outcomes.set(field.id, outcome)
    if (field.kind !== 'file') read.typed[field.id] = typedFrom(field, posted)
    if (outcome.answer === undefined) delete answers[field.id]
    else answers[field.id] = outcome.answer
    if (outcome.wrong) read.wrong[field.id] = outcome.wrong
  }
  read.errors = shownErrors(definition, answers, outcomes, today)
  return read
}

/** A copy with the answers to fields of the form and nothing else. */
function known(definition: Definition, answers: Answers): Answers {
  const copy: Answers = {}
  for (const field of fieldsOf(definition)) {
    const answer = answerOf(answers, field.id)
    if (answer !== undefined) copy[field.id] = answer
  }
  return copy
}

/**
 * Checks typed answers as a whole, from the store or from an API: by the same rules as a posted page, whatever an
 * earlier version of the form or another program let through. Gives the answers in their one spelling, without those
 * that are wrong or unknown, and the errors of all shown fields, those of rows by `group.0.field`. File references are
 * checked for their form only: the caller knows whose files they are. Never throws.
 */
export function checkAnswers(
  definition: Definition,
  given: unknown,
  today?: string,
): { answers: Answers; errors: Record<string, string> } {
  const data = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {}
  const answers: Answers = {}
  const outcomes = new Map<string, Outcome>()
  for (const field of fieldsOf(definition)) {
    const outcome = readStored(field, Object.hasOwn(data, field.id) ? (data[field.id] ?? undefined) : undefined, today)
    outcomes.set(field.id, outcome)
    if (outcome.answer !== undefined) answers[field.id] = outcome.answer
  }
  return { answers, errors: shownErrors(definition, answers, outcomes, today) }
}

/** What the inputs of a page hold when it is opened again: the draft's answers, a date in its three parts. */
export function typedAnswers(page: Page, answers: Answers): Record<string, Typed> {
  const typed: Record<string, Typed> = {}
  for (const field of page.fields) {
    const answer: Answer | undefined = answerOf(answers, field.id)
    if (answer === undefined || ['file', 'group', 'table', 'computed'].includes(field.kind)) continue
    if (field.kind === 'date') {
      const [year = '', month = '', day = ''] = String(answer).split('-')
      typed[field.id] = { era: '', year, month: month.replace(/^0/, ''), day: day.replace(/^0/, '') }
    } else typed[field.id] = answer as Typed
  }
  return typed
}
