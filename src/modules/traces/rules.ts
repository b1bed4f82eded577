import type { Address } from '#core/contributions.ts'
import type { Reference } from '#core/reference.ts'

/**
 * How one thing can have to do with another, read from `from` to `to`: an idea led to a pilot, a draft became a plan, a
 * statement answers an opinion, a voice changed a measure, a filing is counted in an indicator, a plan was decided by a
 * meeting. `related` reads the same both ways. The words for both directions are in the words files.
 */
export const traceKinds = ['led-to', 'became', 'answers', 'changed', 'counted-in', 'decided-by', 'related'] as const

export type TraceKind = (typeof traceKinds)[number]

/** `there`: seen from `from`; `back`: seen from `to`. */
export type Direction = 'there' | 'back'

/** What the picker offers, in this order; "led-to:back" is "led-to" from the thing picked to the one at hand. */
export const choices: readonly string[] = traceKinds.flatMap((kind) =>
  kind === 'related' ? [kind] : [kind, `${kind}:back`],
)

/** The kind and direction that a choice of the picker means; null for anything else. */
export function readChoice(choice: string): { kind: TraceKind; direction: Direction } | null {
  if (!choices.includes(choice)) return null
  const [kind, back] = choice.split(':')
  return { kind: kind as TraceKind, direction: back ? 'back' : 'there' }
}

type Ends = { from: Reference; to: Reference; kind: TraceKind }

/** What reads the same both ways is kept one way only, so that it can't be there twice. */
export function ordered<Link extends Ends>(link: Link): Link {
  if (link.kind !== 'related' || nameOf(link.from) <= nameOf(link.to)) return link
  return { ...link, from: link.to, to: link.from }
}

/** One line that names a thing; ids may hold anything, so they come last. */
export const nameOf = ({ module, kind, id }: Reference): string => `${module}/${kind}/${id}`

/** The reference that `nameOf` wrote; null for anything else. */
export function readName(name: string): Reference | null {
  const [, module, kind, id] = name.match(/^([^/]+)\/([^/]+)\/(.+)$/s) ?? []
  return module && kind && id ? { module, kind, id } : null
}

export const same = (a: Reference, b: Reference): boolean => nameOf(a) === nameOf(b)

/** Everybody but whoever acts: nobody is told what they did themself. */
export const others = (addresses: readonly Address[], self: { person: string | null; mail: string | null }) =>
  addresses.filter((to) =>
    'person' in to ? to.person !== self.person : to.mail.toLowerCase() !== self.mail?.toLowerCase(),
  )
