import { type AccountType, type Actor, mailSignIn } from '#core/policy.ts'

/**
 * With which business account somebody acts for a company they belong to; undefined = not at all. A member by GビズID acts
 * only when they came with such an account this time, and never with more than made them a member of this very company:
 * the account of one company says nothing of another. Whom the office entered acts without any.
 */
export function actsWith(
  member: { source: string; account: AccountType | null } | undefined,
  came: AccountType | null,
): AccountType | null | undefined {
  if (!member) return undefined
  if (member.source === 'office') return null
  return member.account === came ? came : undefined
}

/** Who may entrust others with a company's filings: whoever represents it, not everybody who works there. */
export const mayEntrust = (actor: { represents: string | null; account?: AccountType | null; mandate?: unknown }) =>
  actor.represents === null || (actor.account === 'prime' && !actor.mandate)

/**
 * The mailbox that this very session has proved to read, null where it came by anything else: addresses change hands, and
 * whoever shows a card today may have read that mailbox years ago.
 */
export const mailboxOf = (
  actor: Pick<Actor, 'signIn'> | null,
  person: { mail: string | null; mail_verified_at: Date | null },
): string | null => (actor?.signIn === mailSignIn && person.mail_verified_at ? person.mail : null)
