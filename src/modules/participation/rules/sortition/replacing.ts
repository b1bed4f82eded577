import type { Optimiser } from '#core/optimisation.ts'
import { type Pace, unhurried } from './pace.ts'
import type { Pool } from './pool.ts'
import type { Proposal } from './relaxing.ts'
import { drawPanel } from './sortition.ts'

/** Somebody is to be replaced who is not on the panel, or the panel is not of this pool. */
export class WrongReplacement extends Error {}

/** A panel, and those who dropped out of it before: they are not drawn again. */
export type Standing = { panel: readonly string[]; gone: readonly string[] }

/**
 * Draws others for those who drop out, such that the panel keeps its quotas and households: by LEXIMIN among all who could come, and by the seed.
 * The result is that of a draw, for as many seats as are free, with the new panel. Where quotas allow nobody, the proposals are of the whole panel.
 */
export async function replaceMembers(
  optimiser: Optimiser,
  pool: Pool,
  { panel, gone: before }: Standing,
  leaving: readonly string[],
  seed: string,
  pace: Pace = unhurried,
) {
  const known = new Set(pool.people.map(({ id }) => id))
  const stranger = panel.find((id) => !known.has(id))
  if (stranger !== undefined) throw new WrongReplacement(`"${stranger}" of the panel is not in the pool`)
  if (panel.length !== pool.size) throw new WrongReplacement(`the panel has ${panel.length} members, not ${pool.size}`)
  const absent = leaving.find((id) => !panel.includes(id))
  if (absent !== undefined) throw new WrongReplacement(`"${absent}" is not on the panel`)

  const gone = new Set([...before, ...leaving])
  const staying = panel.filter((id) => !gone.has(id))
  const drawn = await drawPanel(optimiser, poolOfReplacements(pool, staying, gone), seed, pace)
  if (drawn.status === 'infeasible')
    return {
      ...drawn,
      panel: null,
      replacements: null,
      gone: [...gone],
      relax: ofWholePanel(pool, staying, drawn.relax),
    }
  const replacements = drawn.panels[drawn.drawn] ?? []
  return { ...drawn, panel: [...staying, ...replacements], replacements, gone: [...gone] }
}

/**
 * Who could come: neither on the panel nor dropped out of it, nor living with somebody who stays; for as many seats as are free, with the quotas
 * less those who stay.
 */
function poolOfReplacements(pool: Pool, staying: readonly string[], gone: ReadonlySet<string>): Pool {
  const members = new Set(staying)
  const homes = new Set(pool.people.flatMap(({ id, household }) => (members.has(id) ? (household ?? []) : [])))
  const held = heldBy(pool, staying)
  return {
    ...pool,
    size: pool.size - staying.length,
    people: pool.people.filter(
      ({ id, household }) => !members.has(id) && !gone.has(id) && (household === null || !homes.has(household)),
    ),
    quotas: pool.quotas.map(({ min, max, least, most, ...quota }, at) => ({
      ...quota,
      min: Math.max(0, min - held[at]!),
      max: max - held[at]!,
      ...(least !== undefined && { least: Math.max(0, least - held[at]!) }),
      ...(most !== undefined && { most: most - held[at]! }),
    })),
  }
}

/** Proposals for the free seats, said of the whole panel. */
function ofWholePanel(pool: Pool, staying: readonly string[], proposals: readonly Proposal[]): Proposal[] {
  const held = heldBy(pool, staying)
  return proposals.map((one) => {
    const at =
      'name' in one ? pool.quotas.findIndex((two) => two.category === one.category && two.value === one.name) : -1
    const there = held[at] ?? staying.length
    return { ...one, from: one.from + there, to: one.to + there }
  })
}

/** How many of these people count for each quota. */
function heldBy({ quotas, categories, people }: Pool, ids: readonly string[]): number[] {
  const members = new Set(ids)
  const there = people.filter(({ id }) => members.has(id))
  return quotas.map(({ category, value }) => {
    const at = categories.indexOf(category)
    return there.filter(({ values }) => values[at] === value).length
  })
}
