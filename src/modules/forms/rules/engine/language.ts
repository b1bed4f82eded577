/**
 * The language of form logic: answers, conditions, formulas, and what the engine needs of a definition. Types alone, so
 * that schema, engine, analysis and words speak of the same things. docs/forms.md gives their meaning.
 */

/** A stored file, given by the server; never made from what a person sends. `size` in bytes, `type` a media type. */
export type FileAnswer = { file: string; name: string; size: number; type: string }

/** The parts of a name, an address, an account: texts by name of the part. */
export type PartsAnswer = Record<string, string>

/** One row of a repeating group or a table: answers by id of the inner field. */
export type Row = { [field: string]: Answer }

/**
 * Text, number (canonical decimal), date (ISO) and one choice are a string; several choices a list of values; files, rows
 * and parts as above.
 */
export type Answer = string | string[] | FileAnswer[] | PartsAnswer | Row[]

/** By field id. JSON as it stands. An unanswered field has no entry. */
export type Answers = Record<string, Answer>

/** How two values compare; the same words as the tests of a field. */
export type Comparison = 'is' | 'isNot' | 'atLeast' | 'atMost' | 'over' | 'under'

/** What is asked about: a field, a part of its answer, or a calculated value. */
export type Subject = { field: string; part?: string | undefined } | { value: string }

/** `isNot` holds where something else was answered; `{ not: { field, is } }` also where nothing was. */
export type Test =
  | { is: string }
  | { isNot: string }
  | { in: string[] }
  | { includes: string }
  | { answered: true }
  | { atLeast: string }
  | { atMost: string }
  | { over: string }
  | { under: string }

export type Condition =
  | (Subject & Test)
  | { condition: string }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { some: Rows }
  | { every: Rows }
  | { compare: [Formula, Comparison, Formula] }

/** The rows of a repeating group or table for which `when` holds. */
export type Rows = { of: string; when: Condition }

export type Rounding = 'half-up' | 'half-even' | 'up' | 'down'

/** One row of a decision table. */
export type TableRow = { when: Condition; gives: Formula }

/**
 * Gives a number, a date or a text, or nothing (null) where something that it needs is not known.
 * Numbers and dates are written as text: '0.1' is exact.
 */
export type Formula =
  | { number: string }
  | { date: string }
  | { text: string }
  | { today: true }
  | { field: string; part?: string | undefined }
  | { value: string }
  | { add: Formula[] }
  | { subtract: [Formula, Formula] }
  | { multiply: Formula[] }
  | { divide: { of: Formula; by: Formula; digits: number; rounding?: Rounding | undefined } }
  | { round: { of: Formula; digits: number; rounding?: Rounding | undefined } }
  | { min: Formula[] }
  | { max: Formula[] }
  | { first: Formula[] }
  | { count: { of: string; when?: Condition | undefined } }
  | { sum: { of: string; each: Formula; when?: Condition | undefined } }
  | {
      table: { hit?: 'unique' | 'first' | 'sum' | undefined; rows: TableRow[]; else?: Formula | undefined }
    }
  | { years: [Formula, Formula] }
  | { days: [Formula, Formula] }
  | { plus: { date: Formula; years?: number | undefined; months?: number | undefined; days?: number | undefined } }

export type Named = { id: string; when: Condition }
export type Calculated = { id: string; formula: Formula }

/** What the engine needs of a field. */
export type LogicField = {
  id: string
  showIf?: Condition | undefined
  required?: boolean | undefined
  requiredIf?: Condition | undefined
  softRequired?: { consequence?: string; when?: Condition | undefined } | undefined
  section?: string | undefined
  options?: readonly { value: string; showIf?: Condition | undefined }[] | undefined
  formula?: Formula | undefined
  fields?: readonly LogicField[] | undefined
}

export type LogicPage = {
  id: string
  showIf?: Condition | undefined
  sections?: readonly { id: string; showIf?: Condition | undefined }[] | undefined
  fields: readonly LogicField[]
  skip?: readonly { when?: Condition | undefined; to: string }[] | undefined
  end?: unknown
}

export type Logic = {
  conditions?: readonly Named[] | undefined
  values?: readonly Calculated[] | undefined
  pages: readonly LogicPage[]
}

/** The page after the last: check your answers. No page of a definition can have this id. */
export const checkPage = '_check'
