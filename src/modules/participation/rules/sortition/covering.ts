import type { Optimiser } from '#core/optimisation.ts'
import { openNearBest } from './near-best.ts'
import { type Pace, remaining } from './pace.ts'
import { panelModel } from './panels.ts'
import type { Composition, Instance } from './pool.ts'
import type { openPricing } from './pricing.ts'

/**
 * Panels that together hold all of these kinds that any panel holds, or as many as are found in time (as in the start of Flanigan et al. 2021): by a search, and the last ones
 * by integer programs.
 */
export async function cover(
  optimiser: Optimiser,
  instance: Instance,
  pricing: Awaited<ReturnType<typeof openPricing>>,
  kinds: Iterable<number>,
  pace: Pace,
): Promise<Composition[]> {
  const missed = new Set(kinds)
  const panels: Composition[] = []
  const nearBest = await openNearBest(optimiser, instance, panelModel(instance, true))
  try {
    while (missed.size > 0 && remaining(pace) > 0) {
      pace.tell(`${missed.size} kinds of people are in no panel yet`)
      const weights = Float64Array.from(instance.kinds, (_, kind) => (missed.has(kind) ? 1 : 0))
      const panel = (await nearBest.above(weights, 0, 0.5)) ?? (await pricing.price(weights))?.panel
      const held = [...missed].filter((kind) => (panel?.[kind] ?? 0) > 0)
      if (!panel || held.length === 0) break
      panels.push(panel)
      for (const kind of held) missed.delete(kind)
    }
    return panels
  } finally {
    await nearBest.close()
  }
}
