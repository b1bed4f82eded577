import type { Address } from '#core/contributions.ts'
import { type Actor, holds } from '#core/policy.ts'

/** What becomes of a mail. `told-otherwise`: staff wrote a letter or called. */
export const deliveryStates = ['given-up', 'failed', 'queued', 'sent', 'told-otherwise'] as const

export type DeliveryState = (typeof deliveryStates)[number]

/** The outbox tries for some four days; we stop one try before it would, so that the end is always written down. */
const mostAttempts = 20

/** Longer than the longest pause between two tries: whoever lies still for so long has lost its job. */
export const restlessAfter = 12 * 3_600_000

/** How long a notice is kept, in days: three years. */
export const keptDays = 3 * 365

/** Where a failed try leads. Trying a wrong address again only annoys the mail server. */
export const afterFailure = (attempts: number, permanent: boolean): DeliveryState =>
  permanent || attempts >= mostAttempts ? 'given-up' : 'failed'

/** Who looks after what did not arrive. */
export const mayDeliver = (actor: Actor | null): boolean => holds(actor, 'staff', 'administrator')

/** What may be kept of an error's answer: a status such as "550 5.1.1" or a short word, else its class alone. */
export function responseOf(error: unknown): string {
  const { permanent, reason } = (typeof error === 'object' && error ? error : {}) as Record<string, unknown>
  const known = typeof reason === 'string' && /^(\d{3}( [245]\.\d{1,3}\.\d{1,3})?|[A-Za-z]{1,20})$/.test(reason)
  return [permanent === true ? 'refused' : 'unreachable', known ? reason : ''].filter(Boolean).join(' ')
}

/** A mail's subject is one line; what people typed into a title can't break it, nor make it endless. */
export function oneLine(text: string, most = 120): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  const characters = [...line]
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`
}

/** Each reader once: the same person, the same mailbox, or a bare mail address that belongs to one of the persons. */
export function distinct(addresses: readonly Address[], mailOf: (person: string) => string | null): Address[] {
  const persons = new Set(addresses.flatMap((to) => ('person' in to ? [to.person] : [])))
  const taken = new Set([...persons].map((person) => mailOf(person)?.toLowerCase()))
  const mails = new Map<string, string>()
  for (const to of addresses) {
    if (!('mail' in to)) continue
    const folded = to.mail.toLowerCase()
    if (!taken.has(folded) && !mails.has(folded)) mails.set(folded, to.mail)
  }
  return [...[...persons].map((person) => ({ person })), ...[...mails.values()].map((mail) => ({ mail }))]
}
