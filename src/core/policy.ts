/**
 * A role and where it holds: everywhere in the tenant (both null), in one department (部局) with the sections that it has
 * today, or in one section (課).
 */
export type Role = {
  name: RoleName
  department: string | null
  section: string | null
  sections?: readonly string[]
}

/** What people may be here. The sentences that use them stand in each action's and view's `allow`. */
export const roleNames = [
  'staff',
  'reviewer',
  'approver',
  'procedure-editor',
  'plan-editor',
  'administrator',
  'auditor',
] as const

export type RoleName = (typeof roleNames)[number]

/** As they stand above: how somebody's roles are listed. */
export const roleOrder = (one: RoleName, other: RoleName): number => roleNames.indexOf(one) - roleNames.indexOf(other)

/** How surely we know who acts, from nobody to the chip of a My Number card. Each counts as those before it. */
export const assurances = ['none', 'mail', 'account', 'card'] as const

export type Assurance = (typeof assurances)[number]

/** Stands for the sign-in of whoever came by a code to their mailbox, which is no row of its own. */
export const mailSignIn = 'mail'

/** What kind of GビズID account somebody came with, from the self-asserted one. Each counts as those before it. */
export const accountTypes = ['entry', 'member', 'prime'] as const

export type AccountType = (typeof accountTypes)[number]

/**
 * The right to act for another, where it isn't that of a company's member: for which procedures (null = all), and how
 * surely whoever granted it was known.
 */
export type Mandate = {
  id: string
  procedures: readonly string[] | null
  assurance: Assurance
  account: AccountType | null
}

/** Who acts: for whom, from which section, how surely we know, and through which door. */
export type Actor = {
  id: string
  kind: 'person' | 'token' | 'system'
  roles: readonly Role[]
  section: string | null
  /** The person or company acted for. */
  represents: string | null
  assurance: Assurance
  /** The business account by which one acts: for a company, the one that made one its member. */
  account?: AccountType | null
  /** The business account that was signed in with, whoever one acts for. */
  cameWith?: AccountType | null
  /** That account is a sole proprietor's (個人事業主): whoever acts for themselves with it acts as a business. */
  sole?: boolean
  /** The sign-in that their session came by: its id, or `mailSignIn`. */
  signIn?: string | null
  /** By what right another is acted for, where it isn't as a member of the company. */
  mandate?: Mandate | null
  /** Who issued the API token that acts. */
  issuedBy?: string
  /** What an API token may use ("procedures:read"); null = everything its roles allow. */
  scopes: readonly string[] | null
}

/** "Holds this role", anywhere in the tenant. */
export const holds = (actor: Actor | null, ...names: readonly RoleName[]): boolean =>
  actor?.roles.some((role) => names.includes(role.name)) ?? false

/**
 * "Holds this role for this department or section". What belongs to none (null) is the whole tenant's: only a role for the
 * whole tenant covers it.
 */
export const holdsAt = (actor: Actor | null, unit: string | null, ...names: readonly RoleName[]): boolean => {
  const units = unitsHeld(actor, ...names)
  return units === null || (unit !== null && units.includes(unit))
}

/** The departments and sections for which one of these roles is held, to bound a list; null = everywhere. */
export function unitsHeld(actor: Actor | null, ...names: readonly RoleName[]): readonly string[] | null {
  const held = (actor?.roles ?? []).filter(({ name }) => names.includes(name))
  if (held.some(({ department, section }) => department === null && section === null)) return null
  return held.flatMap(({ department, section, sections = [] }) => [department ?? [], section ?? [], sections].flat())
}

/** Four eyes: whether an actor is this person, or a token that this person has issued. */
export const isOneself = (actor: Pick<Actor, 'id' | 'issuedBy'> | null, person: string): boolean =>
  actor?.id === person || actor?.issuedBy === person

/** Works here, in any role. */
export const isStaff = (actor: Actor | null): boolean => actor !== null && actor.roles.length > 0

/** Who decides or audits is chosen by two people; a token never holds these for longer than whoever issued it. */
export const guardedRoles: readonly RoleName[] = ['approver', 'auditor']

/** The house itself, doing work later. */
export const isSystem = (actor: Actor | null): boolean => actor?.kind === 'system'

/**
 * The least that is asked of whoever acts: one bound for people, one for those who come with a business account (null =
 * as surely known as people must be).
 */
export type Least = { assurance: Assurance; account: AccountType | null }

/** The least business account: where people must prove who they are, a self-asserted one isn't enough either. */
export const leastAccount = ({ assurance, account }: Least): AccountType =>
  account ?? (assurance === 'account' || assurance === 'card' ? 'member' : 'entry')

/**
 * Whether we know surely enough who acts. Whoever acts as a business with a business account is measured by its type,
 * everybody else by their assurance.
 */
export function knownEnough(
  actor: Pick<Actor, 'assurance' | 'account' | 'represents' | 'sole' | 'mandate'> | null,
  least: Least,
): boolean {
  // An agent, however surely known, can't lend the principal more than was known of them when they granted it.
  if (actor?.mandate && !knownEnough({ ...actor.mandate, represents: 'principal' }, least)) return false
  if (actor?.account && (actor.represents !== null || actor.sole)) {
    return accountTypes.indexOf(actor.account) >= accountTypes.indexOf(leastAccount(least))
  }
  return assurances.indexOf(actor?.assurance ?? 'none') >= assurances.indexOf(least.assurance)
}

/** A token may use a module only where its scopes say so; people are bounded by their roles alone. */
export const withinScope = (actor: Actor | null, name: string, way: 'read' | 'write'): boolean => {
  if (!actor?.scopes) return true
  const module = name.split('.')[0]
  return actor.scopes.includes(`${module}:${way}`) || (way === 'read' && actor.scopes.includes(`${module}:write`))
}
