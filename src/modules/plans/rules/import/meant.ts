/** Slips of at most this many letters are taken for slips; shorter words differ by as much without being one. */
const mostSlips = 2
const shortest = 4

const plain = (key: string) => key.toLowerCase().replace(/[^a-z0-9]/g, '')

/**
 * Which of the keys that could be there, and aren't, was meant by an unknown one: written in another case, with a slip of
 * one or two letters, or with only the end of it ("measures" for "performanceMeasures"). Null: none, it is a key of its own.
 */
export function meant(key: string, missing: readonly string[]): string | null {
  const word = plain(key)
  const like = (other: string) => {
    const known = plain(other)
    if (word === known) return true
    if (Math.min(word.length, known.length) < shortest) return false
    if (word.length >= 2 * shortest && known.endsWith(word)) return true
    return slips(word, known) <= Math.min(mostSlips, Math.floor(known.length / shortest))
  }
  return missing.find(like) ?? null
}

/** How many letters must be put in, left out or changed to come from one word to the other (Levenshtein, 1965). */
function slips(from: string, to: string): number {
  // A key can be as long as its author likes: what is longer than the slips allow isn't compared.
  if (Math.abs(from.length - to.length) > mostSlips) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
