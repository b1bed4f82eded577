import type { Profile } from '#core/outside.ts'
import { type Assurance, assurances } from '#core/policy.ts'

type Kind = 'resident' | 'staff' | 'company'

/**
 * Which sign-ins may be linked to whom. Staff come through the office's own provider only, so that the office decides how
 * they prove themselves; a private card has no place in their work.
 */
const linkable: Record<Kind, readonly Profile[]> = {
  resident: ['card', 'gbizid'],
  staff: ['office'],
  company: [],
}

export const mayLink = (kind: Kind, profile: Profile): boolean => linkable[kind].includes(profile)

/**
 * Whoever has shown a card or a business account once is asked for it again before sign-ins are linked or taken away:
 * whoever only reads the mailbox, which may be another's by now, must not take the account over.
 */
export const sureEnoughToLink = (came: { assurance: string }, linked: readonly { profile: string | null }[]): boolean =>
  came.assurance === 'card' ||
  came.assurance === 'account' ||
  linked.every(({ profile }) => profile !== 'card' && profile !== 'gbizid')

/** How surely one must be known to be shown what was vouched for in this way: no less surely than it came. */
const shownFrom: Record<string, Assurance> = { card: 'card', gbizid: 'account' }

/** Whether somebody who came so surely is shown what a provider has vouched for about them. */
export const seesVerified = (came: Assurance, method: string): boolean =>
  assurances.indexOf(came) >= assurances.indexOf(shownFrom[method] ?? 'card')

/** Taking a sign-in away must leave another way in: a second one, or a mailbox that a code can be sent to. */
export const mayUnlink = (person: { kind: Kind; mailVerified: boolean }, signIns: number): boolean =>
  signIns > 1 || (person.kind === 'resident' && person.mailVerified)
