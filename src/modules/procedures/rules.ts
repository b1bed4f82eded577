import { fiscalYear, tokyoDate } from '#core/dates.ts'
import type { Actor } from '#core/policy.ts'

export const filingStates = ['received', 'reviewing', 'correcting', 'approved', 'rejected', 'withdrawn'] as const

export type FilingState = (typeof filingStates)[number]

/** Which state may follow which. A closed filing stays as it is; what follows is another filing. */
const next: Record<FilingState, readonly FilingState[]> = {
  received: ['reviewing', 'correcting', 'withdrawn'],
  reviewing: ['correcting', 'approved', 'rejected', 'withdrawn'],
  correcting: ['reviewing', 'withdrawn'],
  approved: [],
  rejected: [],
  withdrawn: [],
}

export const canBecome = (from: FilingState, to: FilingState) => next[from].includes(to)

export const isOpen = (state: FilingState) => next[state].length > 0

/** Who has to act next: whoever it is, somebody always has to, until it is closed. */
export const waitsFor = (state: FilingState): 'office' | 'applicant' | null =>
  state === 'correcting' ? 'applicant' : isOpen(state) ? 'office' : null

// Without 0/O, 1/I/L, 5/S, U/V and vowels: readable over the telephone, and it spells nothing.
const letters = '2346789BCDFGHJKMNPQRTWXYZ'

/**
 * A receipt number such as "R8-7K3M-2QXD": the fiscal year, seven random letters (25^7, about 6 × 10^9) and a check
 * letter that finds every single wrong letter. `random` gives whole numbers below its argument.
 */
export function receiptNumber(arrived: Date, random: (below: number) => number): string {
  const year = `R${fiscalYear(tokyoDate(arrived)) - 2018}`
  const body = Array.from({ length: 7 }, () => letters.charAt(random(letters.length))).join('')
  const whole = body + checkLetter(year + body)
  return `${year}-${whole.slice(0, 4)}-${whole.slice(4)}`
}

/** A number as people type it (small or full-width letters, with or without hyphens), or null if it can't be one. */
export function readReceiptNumber(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐‑–—―ーｰ−]/g, '')
  const match = /^(R\d{1,3}?)([0-9A-Z]{8})$/.exec(plain)
  if (!match) return null
  const [, year = '', whole = ''] = match
  for (const letter of whole) if (!letters.includes(letter)) return null
  if (checkLetter(year + whole.slice(0, 7)) !== whole[7]) return null
  return `${year}-${whole.slice(0, 4)}-${whole.slice(4)}`
}

/** Weighted sum modulo the alphabet's 25 letters, with weights that 25 has no divisor with: no single slip survives. */
function checkLetter(text: string): string {
  let sum = 0
  for (const [index, character] of [...text].entries()) {
    const weight = [1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14][index % 12] ?? 1
    const value = letters.indexOf(character)
    sum += weight * (value >= 0 ? value : character.charCodeAt(0))
  }
  return letters.charAt(sum % letters.length)
}

/** One step of a filing's history, as far as the clock is concerned. */
export type ClockEvent = { at: Date; kind: string }

/**
 * Days of the standard processing period (標準処理期間, 行政手続法6条) used up so far: whole days in Asia/Tokyo since
 * arrival, without those in which the office was waiting for a correction.
 */
export function daysUsed(arrived: Date, events: readonly ClockEvent[], until: Date): number {
  let used = 0
  let runningSince: Date | null = arrived
  for (const { at, kind } of events) {
    if (kind === 'correction-asked' && runningSince) {
      used += daysBetween(runningSince, at)
      runningSince = null
    }
    if (kind === 'corrected' && !runningSince) runningSince = at
  }
  return used + (runningSince ? daysBetween(runningSince, until) : 0)
}

const daysBetween = (from: Date, to: Date) =>
  Math.max(0, Math.round((Date.parse(tokyoDate(to)) - Date.parse(tokyoDate(from))) / 86_400_000))

export type Opening = 'open' | 'not-yet' | 'over' | 'closed'

/** Is the procedure open for filing at this moment? */
export function opening(
  procedure: { state: string; opens_at: Date | null; closes_at: Date | null },
  now: Date,
): Opening {
  if (procedure.state !== 'published') return 'closed'
  if (procedure.opens_at && now < procedure.opens_at) return 'not-yet'
  if (procedure.closes_at && now >= procedure.closes_at) return 'over'
  return 'open'
}

/**
 * Whether somebody who acts for a company sees all of its filings: its checked members do. An entry account is what
 * somebody wrote about themselves, and an agent was entrusted with their own filings only.
 */
export const seesAll = ({ account, mandate }: Pick<Actor, 'account' | 'mandate'>): boolean =>
  !mandate && (account === 'member' || account === 'prime')

/**
 * Whether a filing is one's own. For oneself: what one filed for oneself, and what others filed in one's name. For
 * another: what was filed for them, as far as one may see it.
 */
export function isOwn(
  actor: Pick<Actor, 'id' | 'represents' | 'account' | 'mandate'> | null,
  filing: { applicant: string | null; represents: string | null },
): boolean {
  if (!actor) return false
  const filer = filing.applicant === actor.id
  if (actor.represents === null) return filing.represents === null ? filer : filing.represents === actor.id
  return filing.represents === actor.represents && (filer || seesAll(actor))
}

/** A mail address as addresses are compared: full-width letters and capitals are the same. `filing.mail_compared` agrees. */
export const comparedMail = (mail: string): string => mail.normalize('NFKC').toLowerCase()

/** Whether a mandate covers a procedure; without a mandate nothing bounds it. */
export const covers = (mandate: Actor['mandate'], procedure: string): boolean =>
  !mandate?.procedures || mandate.procedures.includes(procedure)
