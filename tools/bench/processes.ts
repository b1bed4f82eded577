import { openApplication } from '../../tests/crash/application.ts'
import type { Bench } from './figure.ts'
import { assertAll, generate } from './parts/generate.ts'
import { median } from './parts/median.ts'
import { openTown } from './parts/town.ts'

const connections = 64
const filings = 2_000
const rounds = 3

/** Two processes of the application on one database, against one: the same filings at the same number of connections. */
export const bench: Bench = {
  name: 'processes',
  async run(report) {
    const town = await openTown()
    const { application, secret } = town
    const { appUrl, ownerUrl } = application.logins()
    const second = await openApplication({
      settings: {
        PROXY_HOPS: '1',
        MODE: 'trial',
        DATABASE_URL: appUrl,
        DATABASE_OWNER_URL: ownerUrl,
        SECRET_KEY: secret,
        DATA_DIR: application.dataDir,
        BASE_URL: application.base,
      },
    })
    try {
      second.start()
      await second.ready()
      const file = async (ports: readonly number[]) => {
        const ready = await town.readyDrafts(filings)
        const measured = await generate({ ports, connections, requests: ready.map(({ request }) => request) })
        assertAll(303, measured)
        return measured.answers / measured.seconds
      }
      await file([application.port, second.port])
      // As in a town that has been open for a while, see filing.ts.
      await town.admin.query('vacuum analyze')
      const ones: number[] = []
      const twos: number[] = []
      for (let round = 0; round < rounds; round++) {
        ones.push(await file([application.port]))
        twos.push(await file([application.port, second.port]))
      }
      const [floor, value] = [median(ones), median(twos)]
      report({
        name: 'filings by two processes against one',
        size: `${rounds} × ${filings} filings, ${connections} connections in all, database on the same machine`,
        value,
        unit: 'per second',
        floor,
        ratio: value / floor,
      })
    } finally {
      await second.stop()
      await second.remove()
      await town.close()
    }
  },
}
