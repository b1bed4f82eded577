/** Comma-separated values (RFC 4180) for spreadsheets of people who did not write what is in the cells. */

/** What spreadsheets take for a formula, also in full width. */
const formula = /^[\s]*[=+\-@＝＋－＠\t\r]/u

/** One cell, quoted where needed. A text that a spreadsheet would calculate gets an apostrophe in front. */
export function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && formula.test(text) ? `'${text}` : text
  return /[",\r\n']/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows with CR LF. `bom` tells Excel that the file is UTF-8. */
export const csv = (rows: readonly (readonly (string | number | null)[])[], { bom = false } = {}): string =>
  (bom ? '\ufeff' : '') + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
