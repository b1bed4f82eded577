import type { Sealer } from '#core/outside.ts'
import type { Scene } from '#core/scene.ts'
import { endingOf, knownTypes } from '#platform/storage/content-type.ts'

/** What a field takes: name endings with their dot (".pdf"), and the most bytes of one file. */
export type Limits = { accept: readonly string[]; maxBytes: number }

/** No file may be larger, whatever a form says: the web layer ends a body at 64 MB. */
export const mostBytes = 50 * 1024 * 1024

/** Every ending that can be received at all. A form that asks for others only can't be answered. */
export const receivableEndings: readonly string[] = Object.values(knownTypes).flatMap((endings) =>
  endings.map((ending) => `.${ending}`),
)

/** The media types behind endings; one ending of a type stands for all of them (.jpg also takes .jpeg). */
export const typesOf = (accept: readonly string[]): string[] =>
  Object.entries(knownTypes)
    .filter(([, endings]) => endings.some((ending) => accept.includes(`.${ending}`)))
    .map(([type]) => type)

/** The name, with an ending that tells what the content is where it had none. */
export const withEnding = (name: string, type: string): string =>
  endingOf(name) ? name : `${name}.${knownTypes[type]?.[0] ?? 'bin'}`

export const bounded = ({ accept, maxBytes }: Limits): Limits => ({
  accept,
  maxBytes: Math.min(maxBytes, mostBytes),
})

const purpose = 'file-limits'

/** Signatures given before: published forms have few limits, and a page with files would sign the same ones each time. */
const given = new WeakMap<Sealer, Map<string, string>>()
const mostGiven = 1_000

/** The limits as a text that a page may give away: signed for this tenant, so that nobody can widen them. */
function signLimits({ tenant, outside: { sealer } }: Pick<Scene, 'tenant' | 'outside'>, limits: Limits): string {
  const text = JSON.stringify([limits.accept, limits.maxBytes])
  const known = given.get(sealer) ?? new Map<string, string>()
  const of = `${tenant} ${text}`
  const signed = known.get(of) ?? `${Buffer.from(text).toString('base64url')}.${sealer.sign(purpose, of)}`
  if (known.size < mostGiven) given.set(sealer, known.set(of, signed))
  return signed
}

/** The limits that `signLimits` wrote; null for anything else, another tenant's too. */
export function readLimits({ tenant, outside }: { tenant: string; outside: { sealer: Sealer } }, signed: string) {
  const [encoded = '', signature = ''] = signed.split('.')
  const text = Buffer.from(encoded, 'base64url').toString()
  if (!outside.sealer.verify(purpose, `${tenant} ${text}`, signature)) return null
  const [accept, maxBytes] = JSON.parse(text) as [string[], number]
  return { accept, maxBytes } satisfies Limits
}

/** What `FileField` needs, so that page, upload and claim go by the same limits. */
export const uploadField = (scene: Scene, limits: Limits) => ({
  accept: limits.accept.join(','),
  maxBytes: bounded(limits).maxBytes,
  upload: `/files/staging?policy=${encodeURIComponent(signLimits(scene, limits))}`,
})
