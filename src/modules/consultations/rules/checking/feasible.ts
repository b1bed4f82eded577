import { allows, type Instance, inGroup } from './files.ts'

/** What the pairs break, by path and in words; nothing if they are a feasible assignment. */
export function faultsOf(instance: Instance, pairs: readonly (readonly [number, number])[]): string[] {
  const { scores, need, min, max, pins, rules } = instance
  const faults: string[] = []
  const seen = new Set<string>()
  const got = need.map(() => [] as number[])
  const loads = min.map(() => 0)
  for (const [at, [one, expert]] of pairs.entries()) {
    const name = `pairs[${at}]`
    if (one >= need.length || expert >= min.length) {
      faults.push(`${name}: names what is not there`)
      continue
    }
    if (seen.has(`${one},${expert}`)) faults.push(`${name}: stands there twice`)
    seen.add(`${one},${expert}`)
    if (scores[one]![expert] === null) faults.push(`${name}: scores[${one}][${expert}] is null`)
    else if (!allows(instance, one, expert)) faults.push(`${name}: is among the conflicts`)
    got[one]!.push(expert)
    loads[expert]!++
  }
  for (const [at, pin] of pins.entries()) if (!seen.has(String(pin))) faults.push(`pins[${at}]: is not among the pairs`)
  const between = (path: string, count: number, least: number, most: number) => {
    if (count < least) faults.push(`${path}: ${count} is fewer than ${least}`)
    if (count > most) faults.push(`${path}: ${count} is more than ${most}`)
  }
  for (const [one, experts] of got.entries()) between(`cases[${one}].need`, experts.length, need[one]!, need[one]!)
  for (const [expert, load] of loads.entries()) between(`experts[${expert}]`, load, min[expert]!, max[expert]!)
  for (const [at, rule] of rules.entries()) {
    const count = (experts: readonly number[]) =>
      experts.filter((expert) => inGroup(instance, expert, rule.group)).length
    if (rule.per === 'all')
      between(
        `balance[${at}]`,
        got.reduce((sum, experts) => sum + count(experts), 0),
        rule.min,
        rule.max,
      )
    else
      for (const [one, experts] of got.entries())
        between(`balance[${at}] for case ${one}`, count(experts), rule.min, rule.max)
  }
  return faults
}
