import { type Definition, definitionSchema } from '../definition/definition.ts'
import { type Fault, sentences } from './faults.ts'
import { references } from './references.ts'

export type ParsedDefinition = { ok: true; definition: Definition } | { ok: false; faults: Fault[] }

/** Deeper or larger data is refused before anything walks it by recursion. */
const limits = { depth: 30, parts: 50_000, characters: 2_000_000 }

function size(data: unknown): 'depth' | 'parts' | undefined {
  let parts = 0
  let characters = 0
  const left: { data: unknown; depth: number }[] = [{ data, depth: 0 }]
  for (let one = left.pop(); one; one = left.pop()) {
    if (typeof one.data === 'string') characters += one.data.length
    if (++parts > limits.parts || characters > limits.characters) return 'parts'
    if (typeof one.data !== 'object' || one.data === null) continue
    if (one.depth >= limits.depth) return 'depth'
    const inside = Object.values(one.data)
    if (inside.length > limits.parts) return 'parts'
    for (const child of inside) left.push({ data: child, depth: one.depth + 1 })
  }
  return undefined
}

/**
 * Reads a definition from anything (parsed JSON). Either the definition, or all its faults, each with its path
 * (`pages[0].fields[2].id`) and a sentence in Japanese and English. Never throws.
 */
export function parseDefinition(data: unknown): ParsedDefinition {
  const large = size(data)
  if (large) return { ok: false, faults: [{ path: '', ...sentences.large(large) }] }
  const parsed = definitionSchema.safeParse(data, { reportInput: true })
  if (!parsed.success) {
    const faults = parsed.error.issues.flatMap(sentences.issues)
    // An empty text is also one without visible characters: one sentence per place is enough.
    return { ok: false, faults: faults.filter((fault, n) => faults.findIndex((f) => f.path === fault.path) === n) }
  }
  const faults = references(parsed.data)
  return faults.length > 0 ? { ok: false, faults } : { ok: true, definition: parsed.data }
}
