import { CsvError, parse } from 'csv-parse/sync'
import type { Person, Pool, Quota } from './rules/sortition/pool.ts'

/** One thing wrong with a file. Lines and columns count from 1; columns are those of the table. */
export type Fault = { file: string; line: number; column: number; sentence: string }

export type File = { name: string; bytes: Uint8Array }

/** One line of a table, with where it stands. */
type Line = { line: number; cells: readonly string[] }

/** Files beyond this are refused: a pool of 100,000 with ten categories has some 10 MB. */
export const mostBytes = 20_000_000

/**
 * Reads the customary two files. Quotas: category, name, min, max (also category, feature or feature, value; optional min_flex, max_flex). People:
 * id (also nationbuilder_id) and a column per category; other columns are left alone. CSV in UTF-8, with or without byte order mark, any line ends;
 * spaces around values do not count. Either a pool without a fault, or all faults.
 */
export function readPool(files: { people: File; quotas: File }, size: number, householdColumn: string | null) {
  const faults: Fault[] = []
  const quotas = readQuotas(files.quotas, faults)
  const people = readPeople(files.people, quotas, householdColumn, faults)
  if (faults.length > 0) return { pool: null, faults }
  const categories = [...new Set(quotas.map(({ quota }) => quota.category))]
  const pool: Pool = { people, categories, quotas: quotas.map(({ quota }) => quota), size }
  return { pool, faults: sumFaults(files.quotas.name, quotas, size) }
}

function readTable({ name, bytes }: File, faults: Fault[]): { head: readonly string[]; lines: readonly Line[] } | null {
  const fault = (sentence: string, line = 1, column = 1) => {
    faults.push({ file: name, line, column, sentence })
    return null
  }
  if (bytes.length > mostBytes) return fault(`the file has ${bytes.length} bytes; at most ${mostBytes} are read`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const before = new TextDecoder().decode(bytes).split('\uFFFD', 1)[0] ?? ''
    return fault('this is not UTF-8 (perhaps Shift_JIS or UTF-16): save it as CSV UTF-8', before.split('\n').length)
  }
  try {
    const rows = parse(text, {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as {
      record: string[]
      info: { lines: number }
    }[]
    // A record is known by its last line; cells in quotes may have several.
    const lines = rows.map(({ record, info }) => ({
      line: info.lines - record.join('').split('\n').length + 1,
      cells: record,
    }))
    const [head, ...rest] = lines
    if (!head) return fault('the file is empty')
    for (const { line, cells } of rest) {
      const missing = cells.length < head.cells.length
      const sentence = `there are ${cells.length} cells, but ${head.cells.length} columns`
      if (cells.length !== head.cells.length) fault(sentence, line, missing ? cells.length + 1 : head.cells.length + 1)
    }
    return { head: head.cells, lines: rest }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines, column } = error as CsvError & { lines?: number; column?: number }
    return fault(error.message, lines ?? 1, typeof column === 'number' ? column + 1 : 1)
  }
}

type Placed = { quota: Quota; line: number; columns: Record<string, number> }

function readQuotas(file: File, faults: Fault[]): Placed[] {
  const table = readTable(file, faults)
  if (!table) return []
  const fault = (line: number, column: number, sentence: string) =>
    faults.push({ file: file.name, line, column: column + 1, sentence })
  const head = table.head.map((one) => one.toLowerCase())
  const [category, name] = [
    ['category', 'name'],
    ['category', 'feature'],
    ['feature', 'value'],
  ].find((pair) => pair.every((one) => head.includes(one))) ?? ['category', 'name']
  const columns: Record<string, number> = {}
  for (const [key, column] of Object.entries({ category, name, min: 'min', max: 'max' })) {
    columns[key] = head.indexOf(column ?? '')
    if (columns[key] < 0) fault(1, 0, `there is no column "${column}"; needed are category, name, min, max`)
  }
  if (Object.values(columns).some((at) => at < 0)) return []
  for (const [key, column] of Object.entries({ least: 'min_flex', most: 'max_flex' })) {
    if (head.includes(column)) columns[key] = head.indexOf(column)
  }
  if (table.lines.length === 0) fault(1, 0, 'there are no quotas')

  const seen = new Map<string, number>()
  return table.lines.map(({ line, cells }) => {
    const cell = (key: string) => cells[columns[key] ?? -1] ?? ''
    const whole = (key: string): number => {
      const text = cell(key)
      if (/^\d{1,7}$/.test(text)) return Number(text)
      const what = text.startsWith('-') ? 'negative' : 'not a whole number'
      fault(line, columns[key] ?? 0, text === '' ? `${key} is empty` : `${key} is ${what}: "${text}"`)
      return 0
    }
    for (const key of ['category', 'name']) if (cell(key) === '') fault(line, columns[key] ?? 0, `${key} is empty`)
    const before = faults.length
    const [min, max] = [whole('min'), whole('max')]
    if (before === faults.length && min > max) fault(line, columns.min ?? 0, `min ${min} is larger than max ${max}`)
    const least = columns.least !== undefined && cell('least') !== '' ? whole('least') : undefined
    const most = columns.most !== undefined && cell('most') !== '' ? whole('most') : undefined
    if (before === faults.length && least !== undefined && least > min)
      fault(line, columns.least ?? 0, `min_flex ${least} is larger than min ${min}`)
    if (before === faults.length && most !== undefined && most < max)
      fault(line, columns.most ?? 0, `max_flex ${most} is smaller than max ${max}`)
    const quota: Quota = { category: cell('category'), value: cell('name'), min, max, least, most }
    const key = JSON.stringify([quota.category, quota.value])
    const first = seen.get(key)
    if (first !== undefined)
      fault(line, columns.name ?? 0, `the quota for ${quota.category} "${quota.value}" stands in line ${first} already`)
    else seen.set(key, line)
    return { quota, line, columns }
  })
}

function readPeople(file: File, quotas: readonly Placed[], householdColumn: string | null, faults: Fault[]): Person[] {
  const table = readTable(file, faults)
  if (!table) return []
  const fault = (line: number, column: number, sentence: string) =>
    faults.push({ file: file.name, line, column: column + 1, sentence })
  const columnOf = (name: string) => {
    const at = table.head.indexOf(name)
    if (at >= 0 && table.head.includes(name, at + 1))
      fault(1, table.head.indexOf(name, at + 1), `the column "${name}" stands there twice`)
    return at
  }
  const known = Map.groupBy(quotas, ({ quota }) => quota.category)
  const needed = [...known].map(([category, all]) => ({
    category,
    column: columnOf(category),
    values: new Set(all.map(({ quota }) => quota.value)),
  }))
  const id = ['id', 'nationbuilder_id'].map(columnOf).find((at) => at >= 0) ?? -1
  const household = householdColumn === null ? -1 : columnOf(householdColumn)
  if (id < 0) fault(1, 0, 'there is no column "id"')
  for (const { category, column } of needed) {
    if (column < 0) fault(1, 0, `there is no column "${category}", for which there are quotas`)
  }
  if (householdColumn !== null && household < 0) fault(1, 0, `there is no column "${householdColumn}" for households`)
  if (table.lines.length === 0) fault(1, 0, 'there are no people')

  const seen = new Map<string, number>()
  return table.lines.map(({ line, cells }) => {
    const own = cells[id] ?? ''
    const first = seen.get(own)
    if (id >= 0 && own === '') fault(line, id, 'id is empty')
    else if (id >= 0 && first !== undefined) fault(line, id, `id "${own}" stands in line ${first} already`)
    else seen.set(own, line)
    const values = needed.map(({ category, column, values: allowed }) => {
      const value = cells[column] ?? ''
      if (column >= 0 && column < cells.length && !allowed.has(value))
        fault(line, column, value === '' ? `${category} is empty` : `there is no quota for ${category} "${value}"`)
      return value
    })
    return { id: own, values, household: (household >= 0 && cells[household]) || null }
  })
}

/** Quotas of one category that no panel of this size can meet, whoever is in the pool. Each is named at the first line of its category. */
function sumFaults(file: string, quotas: readonly Placed[], size: number): Fault[] {
  return [...Map.groupBy(quotas, ({ quota }) => quota.category)].flatMap(([category, all]) => {
    const sum = (key: 'min' | 'max') => all.reduce((so, { quota }) => so + quota[key], 0)
    const { line, columns } = all[0]!
    const at = (key: 'min' | 'max', sentence: string) => [{ file, line, column: (columns[key] ?? 0) + 1, sentence }]
    if (sum('min') > size)
      return at('min', `the minima of ${category} add up to ${sum('min')}, more than the size ${size}`)
    if (sum('max') < size)
      return at('max', `the maxima of ${category} add up to ${sum('max')}, less than the size ${size}`)
    return []
  })
}
