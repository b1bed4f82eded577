// One page on purpose: whoever trusts no one reads this file alone. It shares no code with the solver: it reads the files itself, models panels
// by people who are alike, and asks HiGHS by its own text format.
import { createHash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import loadHighs from 'highs'
import { z } from 'zod'

const ids = z.array(z.string())
const sparse = z.record(z.string(), z.int().nonnegative())
const resultShape = z.object({
  status: z.enum(['optimal', 'feasible', 'infeasible']),
  size: z.int().positive(),
  seed: z.string(),
  household: z.string().nullable(),
  probabilities: z.record(z.string(), z.number()),
  minimum: z.number().nullable(),
  panels: z.array(ids),
  drawn: z.int().nullable(),
  bounds: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
  relax: z.array(z.object({ change: z.string(), from: z.int(), to: z.int() })).optional(),
  certificate: z
    .object({
      kinds: z.array(z.object({ people: ids })),
      distribution: z.array(z.object({ probability: z.number(), counts: sparse })),
      levels: z.array(
        z.object({ value: z.number(), kinds: z.array(z.int()), weights: sparse, bound: z.int().nonnegative() }),
      ),
    })
    .optional(),
})
type Result = z.infer<typeof resultShape>
type Row = Record<string, string>
type Quota = { category: string; name: string; min: number; max: number }

/** How far chances and levels may be off. */
const tolerance = 1e-6
/** How far the share of anybody in the list of panels may be from their chance. */
const lotteryTolerance = 0.005

/**
 * Checks a result against its files. `given` overrides what the result says it was asked. `valid` is whether nothing was found wrong; the figures
 * say how sharp the proof is.
 */
export async function checkPanel(
  peopleFile: Uint8Array,
  quotasFile: Uint8Array,
  json: unknown,
  given: { size?: number; seed?: string; household?: string } = {},
) {
  const faults: string[] = []
  const expect = (holds: boolean, sentence: string) => {
    if (!holds) faults.push(sentence)
  }
  const figures: Record<string, number> = {}
  const said = () => ({ valid: faults.length === 0, faults: faults.slice(0, 50), ...figures })
  const parsed = resultShape.safeParse(json)
  if (!parsed.success) {
    faults.push(...parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
    return said()
  }
  const result: Result = parsed.data
  const [size, seed, household] = [
    given.size ?? result.size,
    given.seed ?? result.seed,
    given.household ?? result.household,
  ]

  const table = (bytes: Uint8Array) =>
    parse(new TextDecoder().decode(bytes), { columns: true, bom: true, trim: true, skip_empty_lines: true }) as Row[]
  const quotas: Quota[] = table(quotasFile).map((row) => ({
    category: (row.name !== undefined || row.value === undefined ? row.category : row.feature) ?? '',
    name: row.name ?? row.value ?? row.feature ?? '',
    min: Number(row.min),
    max: Number(row.max),
  }))
  const pool = new Map(table(peopleFile).map((row) => [row.id ?? row.nationbuilder_id ?? '', row]))
  const homeOf = (id: string) => (household && pool.get(id)?.[household]) || `alone: ${id}`
  const has = (id: string, { category, name }: Quota) => pool.get(id)?.[category] === name

  // People are alike when they have the same values and live with people of the same values.
  const categories = [...new Set(quotas.map(({ category }) => category))]
  const valuesOf = (id: string) => JSON.stringify(categories.map((one) => pool.get(id)?.[one]))
  const homes = Map.groupBy(pool.keys(), homeOf)
  const homeKind = (id: string) => JSON.stringify((homes.get(homeOf(id)) ?? []).map(valuesOf).sort())
  const alike = Map.groupBy(pool.keys(), (id) => `${homeKind(id)} ${valuesOf(id)}`)
  const homesOfKind = new Map(
    [...Map.groupBy(homes.values(), ([id = '']) => homeKind(id))].map(([key, all]) => [key, all.length]),
  )

  // Its types describe the CommonJS build, where the function is under `default`; what is loaded is the other one.
  const highs = await (loadHighs as unknown as typeof loadHighs.default)()
  const groups = [...alike.values()].map((members) => ({
    members,
    first: members[0] ?? '',
    homes: homesOfKind.get(homeKind(members[0] ?? '')) ?? 0,
  }))
  /** The largest Σ weight of the members over all panels, by HiGHS; null: there is no panel. */
  const largest = (weightOf: (id: string) => number, limits: readonly Quota[], seats: number): number | null => {
    const unit = Math.max(1, ...groups.map(({ first }) => weightOf(first)))
    const sum = (chosen: typeof groups, factor = (_: (typeof groups)[number]) => 1) =>
      chosen.map((one) => `${factor(one)} g${groups.indexOf(one)}`).join(' + ')
    const rows = [`${sum(groups)} = ${seats}`]
    for (const quota of limits) {
      const counted = groups.filter(({ first }) => has(first, quota))
      if (counted.length === 0) {
        if (quota.min > 0) return null
      } else rows.push(`${sum(counted)} >= ${quota.min}`, `${sum(counted)} <= ${quota.max}`)
    }
    for (const [, together] of Map.groupBy(groups, ({ first }) => homeKind(first)))
      rows.push(`${sum(together)} <= ${together[0]?.homes ?? 0}`)
    const names = groups.map((_, at) => `g${at}`)
    const model = [
      `Maximize\n obj: ${sum(groups, ({ first }) => weightOf(first) / unit)}`,
      `Subject To\n ${rows.map((row, at) => `r${at}: ${row}`).join('\n ')}`,
      `Bounds\n ${names.map((name, at) => `0 <= ${name} <= ${groups[at]?.homes}`).join('\n ')}`,
      `General\n ${names.join(' ')}\nEnd`,
    ]
    const outcome = highs.solve(model.join('\n'), { output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0 })
    if (outcome.Status === 'Infeasible') return null
    if (outcome.Status !== 'Optimal') throw new Error(`HiGHS ended as ${outcome.Status}`)
    const column = (at: number) => Math.round((outcome.Columns[`g${at}`] as { Primal: number }).Primal)
    return groups.reduce((so, { first }, at) => so + weightOf(first) * column(at), 0)
  }

  if (result.status === 'infeasible') {
    expect(largest(() => 0, quotas, size) === null, 'there is a panel, though the result says there is none')
    let seats = size
    const relaxed = quotas.map((quota) => ({ ...quota }))
    for (const { change, from, to } of result.relax ?? []) {
      const [, at, bound] = /^quotas\[(\d+)\]\.(min|max)$/.exec(change) ?? []
      const quota = relaxed[Number(at)]
      const before = change === 'size' ? seats : quota?.[bound as 'min' | 'max']
      expect(before === from, `${change} is ${before}, not ${from}`)
      if (change === 'size') seats = to
      else if (quota) quota[bound as 'min' | 'max'] = to
    }
    expect(largest(() => 0, relaxed, seats) !== null, 'with the proposed changes there is no panel either')
    return said()
  }

  // Every panel: so many different people of the pool, within quotas, no two of one household.
  result.panels.forEach((panel, at) => {
    expect(new Set(panel).size === size && panel.length === size, `panels[${at}] has not ${size} different members`)
    expect(
      panel.every((id) => pool.has(id)),
      `panels[${at}] has members who are not in the pool`,
    )
    expect(new Set(panel.map(homeOf)).size === panel.length, `panels[${at}] has two members of one household`)
    for (const quota of quotas) {
      const there = panel.filter((id) => has(id, quota)).length
      const within = there >= quota.min && there <= quota.max
      expect(within, `panels[${at}] has ${there} of ${quota.category} ${quota.name}`)
    }
  })
  expect(result.panels.length === 1000, `there are ${result.panels.length} panels instead of 1000`)
  expect(result.drawn === drawn(seed, 1000), 'the panel drawn is not that of the seed')

  // Chances: of everybody, between 0 and 1, as many as there are seats in all.
  const chance = (id: string) => result.probabilities[id] ?? Number.NaN
  const chances = [...pool.keys()].map(chance)
  expect(
    Object.keys(result.probabilities).length === pool.size && chances.every((one) => one >= 0 && one <= 1),
    'the chances are not those of the pool, between 0 and 1',
  )
  const total = chances.reduce((sum, one) => sum + one, 0)
  expect(Math.abs(total - size) <= tolerance * Math.max(1, size), `the chances add up to ${total} instead of ${size}`)
  expect(
    Math.abs(Math.min(...chances) - (result.minimum ?? Number.NaN)) <= tolerance,
    'the minimum is not the lowest chance',
  )
  const often = new Map<string, number>()
  for (const id of result.panels.flat()) often.set(id, (often.get(id) ?? 0) + 1)
  figures.farthestInLottery = Math.max(
    ...[...pool.keys()].map((id) => Math.abs((often.get(id) ?? 0) / result.panels.length - chance(id))),
  )
  expect(figures.farthestInLottery <= lotteryTolerance, 'the list of panels does not realise the chances')

  const { kinds = [], distribution = [], levels = [] } = result.certificate ?? {}
  expect(result.certificate !== undefined, 'there is no certificate')
  const all = kinds.flatMap(({ people }) => people)
  expect(
    all.length === pool.size && new Set(all).size === all.length && all.every((id) => pool.has(id)),
    'the kinds do not hold everybody once',
  )
  for (const [at, { people }] of kinds.entries()) {
    const group = new Set(alike.get(`${homeKind(people[0] ?? '')} ${valuesOf(people[0] ?? '')}`))
    expect(
      people.length === group.size && people.every((id) => group.has(id)),
      `kinds[${at}] is not all people who are alike`,
    )
    const first = chance(people[0] ?? '')
    expect(
      people.every((id) => Math.abs(chance(id) - first) <= tolerance),
      `kinds[${at}]: chances differ`,
    )
  }
  if (faults.length > 0) return said()

  // The distribution attains the chances, and consists of panels.
  const homeKindOf = kinds.map(({ people }) => homeKind(people[0] ?? ''))
  const attained = kinds.map(() => 0)
  distribution.forEach(({ probability, counts }, at) => {
    const seats = kinds.map((_, kind) => counts[kind] ?? 0)
    const sum = (chosen: (kind: number) => boolean) =>
      seats.reduce((so, one, kind) => (chosen(kind) ? so + one : so), 0)
    const isPanel =
      sum(() => true) === size &&
      Object.keys(counts).every((kind) => Number(kind) < kinds.length) &&
      quotas.every((quota) => {
        const there = sum((kind) => has(kinds[kind]?.people[0] ?? '', quota))
        return there >= quota.min && there <= quota.max
      }) &&
      [...homesOfKind].every(([key, count]) => sum((kind) => homeKindOf[kind] === key) <= count)
    expect(isPanel && probability >= 0, `distribution[${at}] is not a panel with a probability`)
    seats.forEach((one, kind) => {
      attained[kind]! += (probability * one) / (kinds[kind]?.people.length ?? 1)
    })
  })
  const probabilities = distribution.reduce((sum, { probability }) => sum + probability, 0)
  expect(Math.abs(probabilities - 1) <= tolerance, `the probabilities of the distribution add up to ${probabilities}`)
  kinds.forEach(({ people }, kind) => {
    expect(
      Math.abs(attained[kind]! - chance(people[0] ?? '')) <= tolerance,
      `kinds[${kind}]: the distribution gives ${attained[kind]}`,
    )
  })

  const optimal = result.status === 'optimal'
  const upperOf = (id: string) => result.bounds?.[id]?.[1] ?? 1
  // No distribution does better: level by level, by weights and a bound that every panel keeps.
  const settled = new Map<number, number>()
  const kindOf = new Map(kinds.flatMap(({ people }, kind) => people.map((id) => [id, kind] as const)))
  figures.largestGap = 0
  figures.largestDoubt = 0
  levels.forEach(({ value, kinds: own, weights, bound }, at) => {
    const best = largest((id) => weights[kindOf.get(id) ?? -1] ?? 0, quotas, size)
    expect(
      best !== null && best <= bound * (1 + 1e-9) + 1,
      `levels[${at}]: a panel is worth ${best}, more than the bound ${bound}`,
    )
    let [paid, open] = [0, 0]
    kinds.forEach(({ people }, kind) => {
      const weight = (weights[kind] ?? 0) * people.length
      if (settled.has(kind)) paid += weight * settled.get(kind)!
      else open += weight
    })
    const gap = Math.max(0, (bound - paid) / open - value)
    expect(!optimal || gap <= tolerance, `levels[${at}]: the bound allows ${value + gap} instead of ${value}`)
    figures.largestGap = Math.max(figures.largestGap ?? 0, gap)
    for (const kind of own) {
      const share = ((weights[kind] ?? 0) * (kinds[kind]?.people.length ?? 0)) / open
      expect(share > 0 && !settled.has(kind), `levels[${at}]: nothing holds kind ${kind} down`)
      const over = attained[kind]! - value
      expect(over >= -tolerance && (!optimal || over <= tolerance), `levels[${at}]: kind ${kind} has another chance`)
      const claimed = Math.min(...kinds[kind]!.people.map((id) => upperOf(id)))
      expect(
        optimal || claimed >= Math.min(1, value + gap / share) - tolerance,
        `levels[${at}]: it does not follow that kind ${kind} can have ${claimed} at most`,
      )
      figures.largestDoubt = Math.max(figures.largestDoubt ?? 0, gap / share)
    }
    for (const kind of own) settled.set(kind, value)
    const lowest = Math.min(...kinds.flatMap((_, kind) => (settled.has(kind) ? [] : attained[kind]!)))
    expect(!optimal || lowest >= value - tolerance, `levels[${at}]: somebody later has less`)
  })
  // Whoever is in no level may have anything.
  for (const [kind, { people }] of kinds.entries())
    expect(
      optimal || settled.has(kind) || people.every((id) => upperOf(id) === 1),
      `kinds[${kind}] is in no level, and yet bounded`,
    )
  if (optimal) expect(settled.size === kinds.length, 'the levels do not hold everybody')
  return said()
}

/** The draw as docs/sortition.md specifies it, by another library than the solver's. */
function drawn(seed: string, count: number): number {
  for (let counter = 0; ; counter++) {
    const number = createHash('sha256').update(`attaka-panel-1\ndraw\n${seed}\n${counter}`).digest().readUInt32BE(0)
    if (number < Math.floor(2 ** 32 / count) * count) return number % count
  }
}
