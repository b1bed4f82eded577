import { createHash } from 'node:crypto'

const longest = 120

/**
 * The name of a thing in addresses, made of the document's own id and nothing else, so that it stays the same over imports:
 * "mie-vision-3/smart-jichitai" → "mie-vision-3.smart-jichitai". What can't be written so is shortened and marked by a hash.
 */
export function slugOf(id: string): string {
  const plain = id.replaceAll('/', '.')
  if (/^[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*$/.test(plain) && !id.includes('.') && plain.length <= longest) return plain
  const readable = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
  return `${readable || 'id'}-${createHash('sha256').update(id).digest('hex').slice(0, 12)}`
}

/** "init-09" of the plan "p" and "p/init-09" both become "p/init-09": a document may write its ids either way. */
const within = (parent: string, id: string) => (id.startsWith(`${parent}/`) ? id : `${parent}/${id}`)

export const initiativeSlug = (plan: string, id: string) => slugOf(within(plan, id))
export const indicatorSlug = (measure: string, id: string) => slugOf(within(measure, id))
