import { z } from 'zod'
import { scanJsonText } from '#core/json-text.ts'
import type { Problem } from './problem.ts'

/** One fault of a file, by its path; the path of the file as a whole is empty. */
export type Fault = { path: string; sentence: string }

/** More cells than this are not read. */
const mostCells = 8_000_000
/** A count or bound above this is a slip of the pen. */
const mostCount = 1_000_000_000
/** Scores above this are no scores. */
const mostScore = 1e9

const count = z
  .number({ error: ({ input }) => said(input, 'must be a whole number') })
  .int({ error: ({ input }) => said(input, 'must be a whole number') })
  .min(0, { error: ({ input }) => said(input, 'must not be negative') })
  .max(mostCount, { error: ({ input }) => said(input, `must be at most ${mostCount}`) })

const id = z.union([z.string().min(1).max(200), z.number()], { error: 'must be a text or a number' }).transform(String)

const pairs = z
  .array(z.tuple([count, count], { error: ({ input }) => said(input, 'must be a pair of places: [case, expert]') }), {
    error: 'must be a list of pairs [case, expert]',
  })
  .default([])

const schema = z.strictObject(
  {
    scores: z.array(z.unknown(), {
      error: ({ input }) => said(input, 'must be a list of lists of numbers, one list per case'),
    }),
    cases: z.array(z.strictObject({ id: id.optional(), need: count }), {
      error: ({ input }) => said(input, 'must be a list'),
    }),
    experts: z.array(
      z.strictObject({
        id: id.optional(),
        min: count,
        max: count,
        groups: z
          .array(z.string({ error: ({ input }) => said(input, 'must be a text') }), {
            error: 'must be a list of texts',
          })
          .default([]),
      }),
      { error: ({ input }) => said(input, 'must be a list') },
    ),
    conflicts: pairs,
    pins: pairs,
    balance: z
      .array(
        z.strictObject({
          per: z.enum(['case', 'all'], { error: ({ input }) => said(input, 'must be "case" or "all"') }),
          group: z.string({ error: ({ input }) => said(input, 'must be a text') }),
          min: count.optional(),
          max: count.optional(),
        }),
        { error: 'must be a list of rules' },
      )
      .default([]),
  },
  { error: ({ input }) => said(input, 'must be an object') },
)

/**
 * Reads a file of the command `match`. Every fault is named by its path, all at once; literals that JSON has not (NaN, Infinity) too.
 */
export function readProblem(text: string): { problem: Problem } | { faults: Fault[] } {
  const { json, faults } = parse(text.replace(/^\ufeff/, ''))
  if (json === undefined) return { faults }
  const read = schema.safeParse(json)
  const { scores, cases, experts } = (read.data ?? json ?? {}) as Record<string, unknown>
  // Joined, not pushed one by one as arguments: there may be more of them than a call can take.
  const all = faults.concat(
    read.success ? [] : read.error.issues.flatMap(faultsOf),
    faultsOfScores(scores, lengthOf(cases), lengthOf(experts)),
    read.success ? faultsOfPairs(read.data) : [],
  )
  return all.length > 0 || !read.success ? { faults: all } : { problem: read.data as Problem }
}

/** Stands for a literal that JSON has not, until its path is known. */
const noNumber = /^\ue000(-?(?:NaN|Infinity))$/
const said = (input: unknown, sentence: string) => {
  if (input === undefined) return 'is missing'
  const literal = typeof input === 'string' ? noNumber.exec(input)?.[1] : undefined
  if (literal) return `is ${literal}; ${sentence}`
  const shown = shownOf(input, 0)
  return `is ${shown.length > mostShown ? `${shown.slice(0, mostShown)}…` : shown}; ${sentence}`
}

const mostShown = 40

/** The beginning of a value as JSON, a little more than is shown: as deep and as long as the whole may be. */
function shownOf(input: unknown, before: number): string {
  if (typeof input === 'string') return JSON.stringify(input.slice(0, mostShown + 1))
  if (typeof input !== 'object' || input === null) return JSON.stringify(input) ?? String(input)
  const list = Array.isArray(input)
  let text = list ? '[' : '{'
  for (const key in input) {
    if (before + text.length > mostShown) return text
    if (text.length > 1) text += ','
    if (!list) text += `${JSON.stringify(key.slice(0, mostShown + 1))}:`
    text += shownOf((input as Record<string, unknown>)[key], before + text.length)
  }
  return text + (list ? ']' : '}')
}

function parse(text: string): { json?: unknown; faults: Fault[] } {
  const literals = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g
  const plain = /NaN|Infinity/.test(text)
    ? text.replace(literals, (found) => (found.startsWith('"') ? found : `"\\ue000${found}"`))
    : text
  const { brokenAt, faults: doubled } = scanJsonText(plain)
  const faults = doubled.map(({ path }) => ({ path, sentence: 'stands there twice; which of the two is meant?' }))
  if (brokenAt) {
    // Where the literals were replaced, columns are those of the text as it was given only without them.
    const { line, column } = scanJsonText(text).brokenAt ?? brokenAt
    return { faults: [{ path: '', sentence: `is no JSON: it breaks off at line ${line}, column ${column}` }] }
  }
  try {
    return { json: JSON.parse(plain), faults }
  } catch (error) {
    return { faults: [{ path: '', sentence: `is no JSON: ${(error as Error).message}` }] }
  }
}

const pathOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    '',
  )

const faultsOf = (issue: z.core.$ZodIssue): Fault[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), sentence: 'is not known here' }))
    : [{ path: pathOf(issue.path), sentence: issue.message }]

const lengthOf = (list: unknown) => (Array.isArray(list) ? list.length : null)

/** By hand, since there may be millions of them. `null` where the list of cases or experts can't be read. */
function faultsOfScores(scores: unknown, cases: number | null, experts: number | null): Fault[] {
  if (!Array.isArray(scores)) return []
  const faults: Fault[] = []
  if (cases !== null && scores.length !== cases)
    faults.push({ path: 'scores', sentence: `has ${scores.length} rows; there are ${cases} cases` })
  if (scores.length * (experts ?? 0) > mostCells)
    return [{ path: 'scores', sentence: `has more than ${mostCells} cells, which is more than is read` }]
  for (const [row, line] of scores.entries()) {
    const path = `scores[${row}]`
    if (!Array.isArray(line)) {
      faults.push({ path, sentence: said(line, 'must be a list of numbers, one per expert') })
      continue
    }
    if (experts !== null && line.length !== experts)
      faults.push({ path, sentence: `has ${line.length} scores; there are ${experts} experts` })
    for (let at = 0; at < line.length; at++) {
      const score = line[at]
      if (score === null || (typeof score === 'number' && score >= 0 && score <= mostScore)) continue
      const sentence =
        typeof score === 'number' && score < 0
          ? 'must not be negative: 0 is possible but poor, null is impossible'
          : `must be a number from 0 to ${mostScore}, or null for impossible`
      faults.push({ path: `${path}[${at}]`, sentence: said(score === Infinity ? '\ue000Infinity' : score, sentence) })
    }
  }
  return faults
}

function faultsOfPairs({ cases, experts, conflicts, pins }: z.output<typeof schema>): Fault[] {
  const faults: Fault[] = []
  for (const [name, list] of Object.entries({ conflicts, pins })) {
    for (const [row, pair] of list.entries()) {
      for (const [at, [what, known]] of (
        [
          ['case', cases.length],
          ['expert', experts.length],
        ] as const
      ).entries()) {
        const place = pair[at] ?? 0
        if (place >= known)
          faults.push({
            path: `${name}[${row}][${at}]`,
            sentence: `is ${place}; there is no such ${what}, the last is ${known - 1}`,
          })
      }
    }
  }
  return faults
}
