/** The two files as the checker sees them. It reads them with its own code and trusts neither. */
export type Instance = {
  scores: (number | null)[][]
  need: number[]
  min: number[]
  max: number[]
  groups: string[][]
  /** `case,expert` of what is forbidden. */
  forbidden: Set<string>
  pins: [number, number][]
  rules: { per: 'case' | 'all'; group: string; min: number; max: number }[]
}

/** What can't be read, by path. */
export class Unreadable extends Error {}

type Json = Record<string, unknown>

const wrong = (path: string, sentence: string): never => {
  throw new Unreadable(`${path}: ${sentence}`)
}

export function parsed(text: string, name: string): Json {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    return wrong(name, `is no JSON (${(error as Error).message})`)
  }
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? (json as Json)
    : wrong(name, 'is no object')
}

export const listAt = (json: Json, key: string, otherwise?: unknown[]): unknown[] => {
  const list = json[key] ?? otherwise
  return Array.isArray(list) ? list : wrong(key, 'is no list')
}

export const numberAt = (value: unknown, path: string): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : wrong(path, 'is no number')

const countAt = (value: unknown, path: string): number => {
  const count = numberAt(value, path)
  return Number.isSafeInteger(count) && count >= 0 ? count : wrong(path, 'is no count')
}

export const pairAt = (value: unknown, path: string): [number, number] =>
  Array.isArray(value) && value.length === 2
    ? [countAt(value[0], `${path}[0]`), countAt(value[1], `${path}[1]`)]
    : wrong(path, 'is no pair')

export function readInstance(text: string): Instance {
  const json = parsed(text, 'the file')
  const cases = listAt(json, 'cases') as Json[]
  const experts = listAt(json, 'experts') as Json[]
  const scores = listAt(json, 'scores').map((line, row) => {
    const path = `scores[${row}]`
    if (!Array.isArray(line) || line.length !== experts.length)
      return wrong(path, 'is no list with a score for every expert')
    return line.map((score, at) => (score === null ? null : numberAt(score, `${path}[${at}]`)))
  })
  if (scores.length !== cases.length) wrong('scores', 'is no list with a row for every case')
  const inside = (pair: [number, number], path: string): [number, number] =>
    pair[0] < cases.length && pair[1] < experts.length ? pair : wrong(path, 'names what is not there')
  const pairs = (key: string) =>
    listAt(json, key, []).map((pair, at) => inside(pairAt(pair, `${key}[${at}]`), `${key}[${at}]`))
  return {
    scores,
    need: cases.map((one, at) => countAt(one?.need, `cases[${at}].need`)),
    min: experts.map((one, at) => countAt(one?.min, `experts[${at}].min`)),
    max: experts.map((one, at) => countAt(one?.max, `experts[${at}].max`)),
    groups: experts.map((one) => (Array.isArray(one?.groups) ? one.groups.map(String) : [])),
    forbidden: new Set(pairs('conflicts').map(String)),
    pins: pairs('pins'),
    rules: (listAt(json, 'balance', []) as Json[]).map((rule, at) => {
      const path = `balance[${at}]`
      if (rule?.per !== 'case' && rule?.per !== 'all') return wrong(`${path}.per`, 'is neither case nor all')
      return {
        per: rule.per,
        group: String(rule.group),
        min: rule.min === undefined ? 0 : countAt(rule.min, `${path}.min`),
        max: rule.max === undefined ? Infinity : countAt(rule.max, `${path}.max`),
      }
    }),
  }
}

export const allows = ({ scores, forbidden }: Instance, one: number, expert: number): boolean =>
  scores[one]?.[expert] !== null && !forbidden.has(`${one},${expert}`)

export const inGroup = ({ groups }: Instance, expert: number, group: string): boolean => groups[expert]!.includes(group)
