/** Fields that name a thing which must be there. */
const naming =
  /^(id|person|unit|section|parent|grant|token|form|draft|number|slug|plan|measure|initiative|indicator|procedure)$/

// biome-ignore lint/suspicious/noExplicitAny: a JSON Schema, walked by its keywords
type Schema = any

/** Input that the act can read, with `name` wherever something is named; and whether something must be. */
export function inputWith(schema: Schema, name: string, field = ''): { value: unknown; names: boolean } {
  if ('const' in schema) return { value: schema.const, names: false }
  if (schema.enum) return { value: schema.enum[0], names: false }
  const options: Schema[] = schema.anyOf ?? schema.oneOf ?? []
  if (options.length > 0) {
    const taken = options.map((option) => inputWith(option, name, field))
    return taken.find(({ names }) => names) ?? taken[0] ?? { value: null, names: false }
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object' && schema.properties) {
    const { module, kind, id, ...rest } = schema.properties
    if (module && kind && id)
      return { value: { module: 'procedures', kind: 'filing', id: name, ...(rest.q && { q: '' }) }, names: true }
    const given = Object.entries(schema.properties as Record<string, Schema>)
      .filter(([key, inner]) => schema.required?.includes(key) || inner.format === 'uuid')
      .map(([key, inner]) => ({ key, required: schema.required?.includes(key), ...inputWith(inner, name, key) }))
    return {
      value: Object.fromEntries(given.map(({ key, value }) => [key, value])),
      names: given.some(({ names, required }) => names && required),
    }
  }
  if (type === 'object') return { value: {}, names: false }
  if (type === 'array') {
    const inner = inputWith(schema.items ?? {}, name, field)
    return { value: [inner.value], names: inner.names }
  }
  if (type === 'string') {
    if (schema.format === 'uuid') return { value: name, names: true }
    if (/mail/.test(field) || schema.format === 'email') return { value: 'somebody@example.jp', names: false }
    if (/from|until|on$/.test(field)) return { value: '2030-04-01', names: false }
    return naming.test(field) ? { value: name, names: true } : { value: 'ことば', names: false }
  }
  if (type === 'integer' || type === 'number') return { value: schema.minimum ?? 2024, names: false }
  if (type === 'boolean') return { value: true, names: false }
  return { value: '2026-11-21T00:00:00.000Z', names: false }
}
