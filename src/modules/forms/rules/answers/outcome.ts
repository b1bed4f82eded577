import type { Answer, FileAnswer } from '../engine/language.ts'

/**
 * What was sent for one field: every value posted under its name, the inputs of a date or of a name by their part, and for
 * groups the rows as data.
 */
export type Posted = {
  values: readonly string[]
  parts?: Readonly<Record<string, string>>
  files?: readonly FileAnswer[]
  rows?: readonly unknown[]
}

/**
 * Neither answer nor error: left empty. `wrong` names the inputs that are to be marked; `inner` the errors within the rows
 * of a group, by `0.field`.
 */
export type Outcome = { answer?: Answer; error?: string; wrong?: string[]; inner?: Record<string, string> }
