import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { readMeasures } from './queries/measures.ts'
import { readOrganisations, readPlans, readSources } from './queries/plans.ts'
import { parsePlanFile } from './rules/import.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse({ tenant: 'mie' })
})

const text = (name: string) => readFileSync(new URL(`./seed-data/${name}.json`, import.meta.url), 'utf8')

const taken = (name: string) => {
  const read = parsePlanFile(JSON.parse(text(name)))
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.file
}

describe('what was imported', () => {
  test.each([
    ['mie', 'mie-plan'],
    ['attaka', 'attaka-plan'],
  ])('is read back from %s as its file says it, nothing lost and nothing added', async (tenant, name) => {
    const file = taken(name)
    const stored = await house.sceneOf(tenant).look(async (db) => {
      const plans = await readPlans(db)
      return {
        plans: plans.map(({ plan }) => plan),
        measures: (await readMeasures(db)).filter(({ live }) => !live).map(({ measure }) => measure),
        sources: await readSources(db, plans[0]!.import),
        organisations: await readOrganisations(db, plans[0]!.import),
      }
    })
    expect(stored.plans).toEqual(file.plans)
    expect(stored.measures).toEqual(file.measures)
    expect(stored.sources).toEqual(file.sources)
    expect(stored.organisations).toEqual(file.organisations)
  })
})
