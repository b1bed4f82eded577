import type { DateParts } from '#core/dates.ts'
import type { Answer, FileAnswer } from './evaluate.ts'

/** What was sent for one field. `values` holds every value posted under its name. */
export type Posted = { values: readonly string[]; parts?: DateParts; files?: readonly FileAnswer[] }

/** Neither answer nor error: left empty. `wrong` names the inputs of a date that are to be marked. */
export type Outcome = { answer?: Answer; error?: string; wrong?: ('year' | 'month' | 'day')[] }
