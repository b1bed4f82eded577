import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openLog } from '#platform/log.ts'
import { hashToken, newCode, newToken, sealer } from '#platform/sealing.ts'
import { formTokenOf } from '#web/guard.ts'
import { openHouse } from '../../../src/house.ts'
import { ensureBuilt, openApplication } from '../../../tests/crash/application.ts'
import { openDrafts } from '../../../tests/crash/drafts.ts'
import { testOutside } from '../../../tests/outside.ts'
import { requestOf } from './generate.ts'
import { processorSeconds } from './processor.ts'

/** The shipped application at work on its embedded server, with what the benchmarks need besides. */
export type Town = Awaited<ReturnType<typeof openTown>>

/** A draft that is complete, with the request that files it. */
export type Ready = { draft: string; owner: string; request: string }

let addresses = 0
/** An address of its own for everybody: the application counts posts by address. */
const nextAddress = () => {
  addresses++
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`
}

export async function openTown() {
  await ensureBuilt()
  // As behind a proxy: who asks stands in a header.
  const options = process.env.BENCH_NODE_OPTIONS
  const application = await openApplication({
    settings: { PROXY_HOPS: '1', ...(options && { NODE_OPTIONS: options }) },
  })
  application.start()
  await application.ready()
  const { adminUrl, appUrl } = application.logins()
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  const secret = readFileSync(join(application.dataDir, 'secret'), 'utf8').trim()
  const signer = sealer(secret)
  const outside = {
    ...testOutside(join(application.dataDir, 'bench'), application.base),
    sealer: { ...signer, hashToken, newToken, newCode },
  }
  // The same house in this process: to look at its statements and at its rendering. It works at no jobs.
  const house = await openHouse({
    appUrl,
    outside,
    assets: { style: '/assets/app.css', script: '/assets/app.js', forms: '/assets/forms.js' },
    clientFolder: 'dist/client',
    log: openLog('silent'),
    proxyHops: 1,
    poolSize: 1,
  })

  /** A post to the house in this process, by somebody new or by the browser of that cookie. */
  const post = (path: string, cookie: string, fields: Record<string, string> = {}) =>
    house.app.request(`${application.base}${path}`, {
      method: 'POST',
      headers: { cookie, 'x-forwarded-for': nextAddress() },
      body: new URLSearchParams({ _csrf: formTokenOf(signer, cookie.replace('attaka=', '')), ...fields }),
    })

  const copy = openDrafts({ ...application, base: application.base })
  let named = 0
  /** So many complete drafts, each of another visitor, with the request that files it. */
  const readyDrafts = async (count: number) => {
    const ready = await copy(Array.from({ length: count }, () => `bench-${++named}`))
    return ready.map(({ path, cookie, csrf, ...draft }): Ready => {
      const request = requestOf(application.base, path, { cookie, from: nextAddress(), fields: { _csrf: csrf } })
      return { ...draft, request }
    })
  }

  /** Processor seconds of application and database so far, or since. */
  const spent = (since = { application: 0, database: 0 }) => ({
    application: processorSeconds([application.pid() ?? 0]) - since.application,
    database: processorSeconds(application.servers()) - since.database,
  })

  return {
    application,
    spent,
    appUrl,
    adminUrl,
    admin,
    house,
    outside,
    post,
    readyDrafts,
    secret,
    async close() {
      await house.close()
      await admin.end()
      await application.stop()
      await application.remove()
    },
  }
}
