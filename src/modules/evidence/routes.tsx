import { Hono } from 'hono'
import type { Witness } from '#core/outside.ts'
import { show } from '#core/view.ts'
import type { Ctx, Web } from '#web/context.ts'
import { page } from '#web/render.ts'
import { EntryPage, StatePage, type WitnessState } from './pages/console.tsx'
import { DayPage } from './pages/day.tsx'
import { DaysPage } from './pages/days.tsx'
import { readSaid } from './publish.ts'
import { evidenceDay } from './views/day.ts'
import { evidenceDays } from './views/days.ts'
import { evidenceEntry } from './views/entry.ts'
import { evidenceState } from './views/state.ts'

/** The name in the address without its ending. */
const named = (c: Ctx, ending: string) => (c.req.param('file') ?? '').slice(0, -ending.length)

const asFile = (c: Ctx, body: string, type: string, name: string) =>
  c.body(body, 200, {
    'content-type': `${type}; charset=utf-8`,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  })

/** What a witness knows of this tenant; one that is away is no fault of the page. */
async function stateOf(witness: Witness, tenant: string): Promise<WitnessState> {
  try {
    const line = await witness.last(tenant)
    return { name: witness.name, told: line === null ? null : (readSaid(line)?.number ?? null) }
  } catch {
    return { name: witness.name, told: 'away' }
  }
}

export const routes = new Hono<Web>()
  .get('/evidence', async (c) => {
    const month = c.req.query('month')
    return page(c, <DaysPage {...(await show(evidenceDays, c.var.scene, month ? { month } : {}))} />)
  })
  .get('/evidence/:file{\\d{4}-\\d{2}-\\d{2}\\.json}', async (c) => {
    const said = await show(evidenceDay, c.var.scene, { day: named(c, '.json') })
    return asFile(c, `${JSON.stringify(said, null, 2)}\n`, 'application/json', `seal-${said.tenant}-${said.day}.json`)
  })
  .get('/evidence/:file{\\d{4}-\\d{2}-\\d{2}\\.txt}', async (c) => {
    const { sealedAt, before, ...said } = await show(evidenceDay, c.var.scene, { day: named(c, '.txt') })
    const lines = [
      ...Object.entries({ ...said, sealedAt: sealedAt.toISOString() }),
      ...Object.entries({ previousDay: before?.day ?? '', previousRoot: before?.root ?? '' }),
    ].map(([name, value]) => `${name}: ${value}`)
    return asFile(c, `${lines.join('\n')}\n`, 'text/plain', `seal-${said.tenant}-${said.day}.txt`)
  })
  .get('/evidence/:day', async (c) =>
    page(c, <DayPage {...(await show(evidenceDay, c.var.scene, { day: c.req.param('day') }))} />),
  )
  .get('/console/evidence', async (c) => {
    const { scene } = c.var
    const state = await show(evidenceState, scene, {})
    const witnesses = await Promise.all(scene.outside.witnesses.map((witness) => stateOf(witness, scene.tenant)))
    return page(c, <StatePage {...state} witnesses={witnesses} />)
  })
  .get('/console/evidence/entries/:file{.+\\.json}', async (c) => {
    const proof = await show(evidenceEntry, c.var.scene, { id: named(c, '.json') })
    return asFile(c, `${JSON.stringify(proof, null, 2)}\n`, 'application/json', `proof-${proof.id}.json`)
  })
  .get('/console/evidence/entries/:id', async (c) =>
    page(c, <EntryPage {...(await show(evidenceEntry, c.var.scene, { id: c.req.param('id') }))} />),
  )
