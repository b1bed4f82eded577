/** What a plan file would change in what is stored: whole things by their names, for a person to look over. */
import type { Json, Plan, PlanFile, PlanMeasure } from './plan-file.ts'
import { planTitle } from './plan-file.ts'

export const changedKinds = ['plan', 'initiative', 'measure', 'indicator'] as const
export const waysOfChange = ['added', 'changed', 'removed'] as const

/** One thing that would be another afterwards. */
export type Change = {
  kind: (typeof changedKinds)[number]
  way: (typeof waysOfChange)[number]
  title: string
}

type Facts = { plans: readonly Plan[]; measures: readonly PlanMeasure[] }
type Thing = { key: string; title: string; facts: unknown }

/** Keys in one order, and nothing where nothing is said, so that a stored thing and a read one can be compared as text. */
function said(value: unknown): Json {
  if (Array.isArray(value)) return value.map(said)
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null)
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, said(inner)]))
}

/** What stands in plans by kind; what is inside another thing is that thing's own. */
function thingsIn({ plans, measures }: Facts): Record<Change['kind'], Thing[]> {
  return {
    plan: plans.map(({ initiatives: _, ...facts }) => ({ key: facts.id, title: planTitle(plans, facts.id), facts })),
    initiative: plans.flatMap(({ id, initiatives }) =>
      initiatives.map((facts) => ({ key: `${id}/${facts.id}`, title: facts.title, facts })),
    ),
    measure: measures.map(({ indicators: _, ...facts }) => ({
      key: facts.id,
      title: facts.title ?? facts.titleSuggested ?? facts.id,
      facts,
    })),
    // The binding to a count stays what it is, whatever a file says.
    indicator: measures.flatMap(({ id, indicators }) =>
      indicators.map(({ binding: _, ...facts }) => ({ key: `${id}/${facts.id}`, title: facts.title, facts })),
    ),
  }
}

/** Every plan that the file names is replaced as a whole; `stored` may hold others too, which stay as they are. */
export function changesBy(file: Pick<PlanFile, 'plans' | 'measures'>, stored: Facts): Change[] {
  const named = new Set(file.plans.map(({ id }) => id))
  const before = thingsIn({
    plans: stored.plans.filter(({ id }) => named.has(id)),
    measures: stored.measures.filter(({ plan }) => named.has(plan)),
  })
  const after = thingsIn(file)
  return changedKinds.flatMap((kind) => {
    const [old, fresh] = [before[kind], after[kind]].map((all) => new Map(all.map((one) => [one.key, one])))
    const changes = [...after[kind], ...before[kind].filter(({ key }) => !fresh?.has(key))].flatMap((one): Change[] => {
      const [was, is] = [old?.get(one.key), fresh?.get(one.key)]
      if (was && is && JSON.stringify(said(was.facts)) === JSON.stringify(said(is.facts))) return []
      return [{ kind, way: !was ? 'added' : !is ? 'removed' : 'changed', title: one.title }]
    })
    return waysOfChange.flatMap((way) => changes.filter((change) => change.way === way))
  })
}
