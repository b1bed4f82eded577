import { perform } from '#core/action.ts'
import { fiscalYear } from '#core/dates.ts'
import type { Scene } from '#core/scene.ts'
import { importPlan } from './actions/import-plan.ts'
import attaka from './seed-data/attaka-plan.json?raw'
import mie from './seed-data/mie-plan.json?raw'
import mieLive from './seed-data/mie-plan-live.json?raw'

/** What the documents of Mie Prefecture say, and the fictional prefecture's plan; nothing is invented for anybody else. */
const documents: Record<string, (now: Date) => readonly string[]> = {
  mie: (now) => [mie, countedOn(mieLive, fiscalYear(now))],
  attaka: () => [attaka],
}

type Live = { indicators: { lastFY: number; targets: Record<string, null> }[] }

/** A trial that begins after the plan's last year has something to count too: without targets, as for the years before. */
function countedOn(text: string, thisFY: number): string {
  const file: Live = JSON.parse(text)
  if (file.indicators.every(({ lastFY }) => lastFY >= thisFY)) return text
  for (const indicator of file.indicators) {
    while (indicator.lastFY < thisFY) indicator.targets[++indicator.lastFY] = null
  }
  return JSON.stringify(file)
}

/** Brings the demonstration plans in by the same act as everybody's. */
export async function seed(scene: Scene) {
  for (const document of documents[scene.tenant]?.(scene.now) ?? []) await perform(importPlan, scene, { document })
}
