import type { Json, Plan } from '../plan-file.ts'

const isTable = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function tally(keys: readonly (string | number | null)[]): Record<string, number> {
  const counts: Record<string, number> = Object.create(null)
  for (const key of keys) if (key !== null) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

/** The counts that a plan states about itself, against what is there: [path below `statistics`, sentence]. */
export function countFaults(plan: Plan): [string, string][] {
  const stated = plan.extra.statistics
  if (stated === undefined || stated === null) return []
  if (!isTable(stated)) return [['', '数の表（{ } で囲んだもの）で書いてください。']]

  const rows = plan.initiatives
  const single: Record<string, number> = {
    initiatives: rows.length,
    distinctInitiatives: rows.filter((one) => one.restatementOfNo === null).length,
    phases: rows.flatMap((one) => one.phases).length,
  }
  const tables: Record<string, Record<string, number>> = {
    byMeasureGroup: tally(rows.map((one) => one.measureGroup)),
    byActorClass: tally(rows.map((one) => one.actorClass)),
    byBasicPolicy: tally(rows.flatMap((one) => one.basicPolicies)),
  }
  const differ = (path: string, told: Json | undefined, there: number): [string, string][] =>
    told === there ? [] : [[path, `書かれた数は${JSON.stringify(told ?? null)}ですが、数えると${there}です。`]]

  return [
    ...Object.entries(single).flatMap(([key, there]) =>
      Object.hasOwn(stated, key) ? differ(key, stated[key], there) : [],
    ),
    ...Object.entries(tables).flatMap(([key, there]) => {
      const told = stated[key]
      if (told === undefined) return []
      if (!isTable(told)) return [[key, '数の表（{ } で囲んだもの）で書いてください。'] satisfies [string, string]]
      return [...new Set([...Object.keys(told), ...Object.keys(there)])].flatMap((one) =>
        differ(`${key}.${one}`, Object.hasOwn(told, one) ? told[one] : undefined, there[one] ?? 0),
      )
    }),
  ]
}
