import type { PlanMeasure } from './plan-file.ts'

/** What a measure is called: its title, else the one that the file proposes, else its id. */
export const measureTitle = (one: Pick<PlanMeasure, 'id' | 'title' | 'titleSuggested'>): string =>
  one.title ?? one.titleSuggested ?? one.id

/** Where a plan stands in a fiscal year, as far as its documents say. */
export type PlanState = 'before' | 'running' | 'over' | 'revision' | 'unknown'

export function planState(
  plan: { period: { startFY: number; endFY: number } | null; revises: string | null },
  thisFY: number,
): PlanState {
  if (plan.period) {
    if (thisFY < plan.period.startFY) return 'before'
    return thisFY > plan.period.endFY ? 'over' : 'running'
  }
  return plan.revises ? 'revision' : 'unknown'
}

/**
 * The fiscal years whose live value can be counted: from the one in which the indicator was bound (what happened before was
 * not recorded here) to this one, inside the years that the indicator is for.
 */
export function liveYears(
  { boundFY, firstFY, lastFY }: { boundFY: number | null; firstFY: number | null; lastFY: number | null },
  thisFY: number,
): number[] {
  if (boundFY === null) return []
  const first = Math.max(boundFY, firstFY ?? boundFY)
  const last = Math.min(thisFY, lastFY ?? thisFY)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
}
