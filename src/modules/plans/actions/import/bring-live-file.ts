import type { Stage } from '#core/scene.ts'
import { bindingsOf } from '../../queries.ts'
import { parseLiveFile } from '../../rules/live.ts'
import { storableLiveFaults } from '../../rules/storable.ts'
import { liveFacts, writeImport } from './bring-plan-file.ts'
import type { Document, Outcome } from './outcome.ts'
import { putLive } from './put-live.ts'

/** Stores a file of live indicators. It says all live indicators of the plans that it names. */
export async function bringLiveFile(stage: Stage, document: Document): Promise<Outcome> {
  const { db } = stage
  const read = parseLiveFile(document.json, await liveFacts(db))
  if (!read.ok) return { faults: read.faults, brought: null }
  const { indicators } = read
  const plans = [...new Set(indicators.map(({ plan }) => plan))]
  const faults = storableLiveFaults(indicators)
  if (faults.length > 0) return { faults, brought: null }

  const { about, formatVersion } = document.json as { about?: string | null; formatVersion?: string }
  await writeImport(stage, document, {
    kind: 'live',
    brought: indicators.map(({ measure, indicator }) => `${measure.id}/${indicator.id}`),
    about,
    formatVersion,
  })
  const bindings = await bindingsOf(db, plans)
  const broken = await putLive(stage, document.id, indicators, bindings)
  if (broken.length > 0) return { faults: broken, brought: null }
  return {
    faults: [],
    brought: {
      plans,
      counts: {
        plans: plans.length,
        initiatives: 0,
        phases: 0,
        measures: new Set(indicators.map(({ measure }) => measure.id)).size,
        indicators: indicators.length,
        figures: indicators.flatMap(({ indicator }) => indicator.editions.flatMap(({ figures }) => figures)).length,
      },
    },
  }
}
