import { Agent } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chance } from '../chance.ts'
import { type Application, ensureBuilt, openApplication } from './application.ts'
import { evidence } from './evidence.ts'
import { type Ledger, startLoad } from './load.ts'
import { addressOf, openVisitor, pagesOf, procedurePath } from './visitor.ts'
import { until } from './waiting.ts'
import { ask } from './wire.ts'

let application: Application
beforeAll(async () => {
  await ensureBuilt()
  application = await openApplication()
}, 120_000)
afterAll(() => application.remove())

/** Is nobody let in any more? */
const closed = () =>
  ask({ base: application.base, path: '/healthz' }).then(
    () => false,
    ({ code }) => code === 'ECONNREFUSED',
  )

/** Asks it to stop, and sees that it does so in good order. */
async function stopsWell(stopped = application.stop()) {
  expect(await stopped, application.words()).toBe(0)
  expect(application.servers()).toEqual([])
}

/** Starts again and asks the database for all that was acknowledged. */
async function keepsAll(ledger: Ledger) {
  application.start()
  await application.ready()
  const found = await evidence(application.adminUrl(), ledger)
  expect(found).toMatchObject({ acknowledged: ledger.acknowledged.size, lost: [], doubled: [], halfWritten: [] })
  expect(ledger.faults).toEqual([])
}

// The application runs on its own embedded server here, whatever server the other tests were given.
describe('asked to stop', { timeout: 120_000 }, () => {
  test('while it makes its database, and while it starts on it, it leaves nothing running', async () => {
    application.start()
    await until('initdb to be at work', () => application.servers().length > 0)
    await stopsWell()
    application.start()
    await until('the database server to run', () => application.postmaster())
    await stopsWell()
  })

  test('with filings in hand, it takes no more and answers every one of them', async () => {
    application.start()
    await application.ready()
    const ledger: Ledger = {
      prefix: 'stop-hand-',
      submitted: new Set(),
      acknowledged: new Map(),
      answers: new Map(),
      faults: [],
    }
    let letGo = () => {}
    const released = new Promise<void>((go) => {
      letGo = go
    })
    let inHand = 0
    const filed = Array.from({ length: 8 }, async (_, n) => {
      const name = `${ledger.prefix}${n}`
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      const visitor = openVisitor(application.base, addressOf(n), agent)
      await visitor.get(procedurePath)
      const draft = (await visitor.post(`${procedurePath}/begin`)).headers.location ?? ''
      for (const [page, fields] of pagesOf(name)) await visitor.post(`${draft}/${page}`, fields)
      ledger.submitted.add(name)
      const answer = await visitor.post(
        `${draft}/_check`,
        {},
        {
          holdForm: async (taken) => {
            await taken
            inHand++
            await released
          },
        },
      )
      expect(answer.status).toBe(303)
      // Browsers keep their connections open: each is told that this answer was the last, instead of being cut off.
      expect(answer.headers.connection).toBe('close')
      agent.destroy()
      ledger.acknowledged.set(name, new Set([answer.headers.location?.split('/').at(-1) ?? '']))
    })
    await until('all to be in hand', () => inHand === filed.length)
    const stopped = application.stop()
    await until('the door to be closed', closed)
    letGo()
    await Promise.all(filed)
    await stopsWell(stopped)
    await keepsAll(ledger)
    await stopsWell()
  })

  test('under load, it cuts no answer and loses nothing', async () => {
    application.start()
    await application.ready()
    const load = startLoad({ base: application.base, clients: 6, chance: chance('stop'), prefix: 'stop-load-' })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    // A browser that never lets go of its connection.
    const holding = (async () => {
      for (;;) await ask({ base: application.base, path: procedurePath, agent })
    })().catch(({ code }) => code)
    for (let n = 0; n < 12; n++) await load.next('acknowledged')
    const since = Date.now()
    const stopped = application.stop()
    expect(['ECONNREFUSED', 'STALE']).toContain(await holding)
    await stopsWell(stopped)
    // Nobody had to be thrown out.
    expect(Date.now() - since).toBeLessThan(9_000)
    application.start()
    await load.stop()
    agent.destroy()
    expect(load.ledger.answers.get('CUT_SHORT') ?? 0).toBe(0)
    await stopsWell()
    await keepsAll(load.ledger)
  })

  test('while its database server is away, it leaves nothing running either', async () => {
    process.kill(application.postmaster() ?? 0, 'SIGKILL')
    await stopsWell()
  })
})
