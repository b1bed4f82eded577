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

/** Who acts: for whom, from which section, how surely we know, and through which door. */
export type Actor = {
  id: string
  kind: 'person' | 'token' | 'system'
  roles: readonly Role[]
  section: string | null
  /** The person or company acted for. */
  represents: string | null
  assurance: 'none' | 'mail' | 'account' | 'card'
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

/** Works here, in any role. */
export const isStaff = (actor: Actor | null): boolean => actor !== null && actor.roles.length > 0

/** The house itself, doing work later. */
export const isSystem = (actor: Actor | null): boolean => actor?.kind === 'system'

/** A token may use a module only where its scopes say so; people are bounded by their roles alone. */
export const withinScope = (actor: Actor | null, name: string, way: 'read' | 'write'): boolean => {
  if (!actor?.scopes) return true
  const module = name.split('.')[0]
  return actor.scopes.includes(`${module}:${way}`) || (way === 'read' && actor.scopes.includes(`${module}:write`))
}
