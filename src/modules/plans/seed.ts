import { perform } from '#core/action.ts'
import type { Scene } from '#core/scene.ts'
import { importPlan } from './actions/import-plan.ts'
import attaka from './seed-data/attaka-plan.json?raw'
import mie from './seed-data/mie-plan.json?raw'
import mieLive from './seed-data/mie-plan-live.json?raw'

/** What the documents of Mie Prefecture say, and the fictional prefecture's plan; nothing is invented for anybody else. */
const documents: Record<string, readonly string[]> = { mie: [mie, mieLive], attaka: [attaka] }

/** Brings the demonstration plans in by the same act as everybody's. */
export async function seed(scene: Scene) {
  for (const document of documents[scene.tenant] ?? []) await perform(importPlan, scene, { document })
}
