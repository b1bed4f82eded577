/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * The one spelling of a JSON value (RFC 8785, JSON Canonicalization Scheme): no spaces, keys sorted by their UTF-16 code
 * units, strings and numbers as ECMAScript writes them. Throws RangeError for what has no spelling: NaN, infinity and
 * half a surrogate pair.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value as Record<string, Json>).sort(([one], [other]) => (one < other ? -1 : 1))
    return `{${members.map(([key, inner]) => `${text(key)}:${canonicalJson(inner)}`).join(',')}}`
  }
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('a number without a spelling in JSON')
  return JSON.stringify(value)
}

function text(value: string): string {
  if (!value.isWellFormed()) throw new RangeError('half a surrogate pair')
  return JSON.stringify(value)
}

/**
 * Reads JSON so that no two texts of different values become one. A number that JavaScript would write in another way
 * (1.0, a number of 20 digits) becomes `{ "number": its digits }`.
 */
export const readExactly = (json: string): Json =>
  // Most entries hold no number at all, and are read ten times as fast. A text that merely looks like one is no harm.
  !/(?:^|[:[,])\s*-?\d/.test(json) ? JSON.parse(json) : withSources(json)

const withSources = (json: string): Json =>
  JSON.parse(json, (_, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
      ? { number: context.source }
      : value,
  ) as Json
