import { grouped } from '../achievement/sentences.ts'

/**
 * One figure of a report.
 * - `printed`: as a source printed it, and nobody could recompute it (label 「資料の表示」)
 * - `value`: a stored figure; `live`: counted from another module's records; `computed`: by the rule
 * - `dash`: the source printed a dash; `noRate`: there is no rate, with the reason as a note
 * - `unknown`: nobody knows; `future`: the year isn't over in this report, so the cell stays empty
 */
export type Cell = {
  state: 'printed' | 'value' | 'live' | 'computed' | 'dash' | 'noRate' | 'unknown' | 'future'
  shown: string
  /** Decimal string; null where `shown` isn't a number. */
  value: string | null
  label: string | null
  /** How a computed figure came about. */
  explanation: string | null
  /** Numbers of the report's notes (※1 …). */
  notes: number[]
}

export type Notes = {
  /** Keeps the sentence once and gives its number. */
  add(text: string): number
  all(): { no: number; text: string }[]
}

export function collectNotes(): Notes {
  const texts: string[] = []
  return {
    add(text) {
      const before = texts.indexOf(text)
      return before >= 0 ? before + 1 : texts.push(text)
    },
    all: () => texts.map((text, index) => ({ no: index + 1, text })),
  }
}

export const cell = (state: Cell['state'], shown: string, more: Partial<Cell> = {}): Cell => ({
  state,
  shown,
  value: null,
  label: null,
  explanation: null,
  notes: [],
  ...more,
})

/** "32870", 件 → 「32,870 件」; percent signs stand close: 「10.0%」. */
export const withUnit = (value: string, unit: string) => `${grouped(value)}${/^[%％]/.test(unit) ? '' : ' '}${unit}`
