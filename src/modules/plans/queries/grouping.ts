/** Rows by a key, in their order, each as what `part` makes of it. */
export function grouped<Row, T>(rows: readonly Row[], key: (row: Row) => string, part: (row: Row) => T) {
  const found = new Map<string, T[]>()
  for (const row of rows) {
    const list = found.get(key(row))
    if (list) list.push(part(row))
    else found.set(key(row), [part(row)])
  }
  return found
}

/** Several names as one. NUL stands in no name: it can't be stored. */
export const keyOf = (...names: (string | number)[]): string => names.join('\0')

/** An empty list is no list for SQL; no id is empty. */
export const some = (ids: readonly string[] | null | undefined): readonly string[] =>
  ids && ids.length > 0 ? ids : ['']
