/**
 * A number in groups of three. Decimal strings keep their digits (no detour through binary fractions); `digits` fixes the decimals.
 * What is not a number (「約3割」) is given back as it is.
 */
export function formatNumber(value: number | string, digits?: number): string {
  const text = typeof value === 'number' || digits !== undefined ? fixed(value, digits) : value
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(text)
  if (!match) return String(value)
  const [, sign, whole = '', fraction = ''] = match
  return `${sign ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`
}

const fixed = (value: number | string, digits: number | undefined) => {
  const number = Number(value)
  if (!Number.isFinite(number)) return String(value)
  return digits === undefined ? String(number) : number.toFixed(digits)
}

/** A size for people: 312 KB, 4.2 MB. Counted by 1,024, as file managers in Japan do. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${trim(bytes / 1024 / 1024)} MB`
}

const trim = (n: number) => n.toFixed(1).replace(/\.0$/, '')
