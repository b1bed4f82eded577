import type { RoleName } from '#core/policy.ts'

/** Where a role may hold. Those who manage or audit do so for the whole office: part of it would see through to the rest. */
export type Reach = 'whole' | 'any'

export const reach: Record<RoleName, Reach> = {
  staff: 'whole',
  reviewer: 'any',
  approver: 'any',
  'procedure-editor': 'any',
  'plan-editor': 'any',
  administrator: 'whole',
  auditor: 'whole',
}
