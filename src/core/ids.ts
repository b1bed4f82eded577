/** Whether a text has the form of our ids: of what others hand in, only this may be looked for in a column of ids. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** UUIDv7 (RFC 9562): sorts by time of birth, on any PostgreSQL. `at` in milliseconds since 1970. */
export function newId(at = Date.now()): string {
  const time = at.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`
}
