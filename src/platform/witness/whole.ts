/** Whether a line was written to its end: a crash can leave half of one. */
export function isWhole(line: string): boolean {
  if (!line.endsWith('}')) return false
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
