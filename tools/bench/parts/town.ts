import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openLog } from '#platform/log.ts'
import { hashToken, newCode, newToken, sealer } from '#platform/sealing.ts'
import { formTokenOf } from '#web/guard.ts'
import { openHouse } from '../../../src/house.ts'
import { ensureBuilt, openApplication } from '../../../tests/crash/application.ts'
import { pagesOf, procedurePath, tenantPath } from '../../../tests/crash/visitor.ts'
import { testOutside } from '../../../tests/outside.ts'
import { requestOf } from './generate.ts'
import { processorSeconds } from './processor.ts'

/** The shipped application at work on its embedded server, with what the benchmarks need besides. */
export type Town = Awaited<ReturnType<typeof openTown>>

/** A draft that is complete: whoever has its cookie may file it. */
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
    clientFolder: join(application.dataDir, 'bench'),
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

  /** One draft filled in as people do it, page by page. */
  const model = async () => {
    const cookie = `attaka=${newToken()}`
    const begun = await post(`${procedurePath}/begin`, cookie)
    const path = begun.headers.get('location') ?? ''
    for (const [page, fields] of pagesOf('bench')) await post(`${path}/${page}`, cookie, fields)
    return path.split('/').at(-1) ?? ''
  }

  let first: Promise<string> | null = null
  /** So many complete drafts, each of another visitor: one was typed, the others are copies of its row. */
  const readyDrafts = async (count: number): Promise<Ready[]> => {
    first ??= model()
    const draft = await first
    const tokens = Array.from({ length: count }, () => newToken())
    const owners = tokens.map((token) => `browser:${hashToken(token)}`)
    const { rows } = await admin.query<{ id: string; owner: string }>(
      `insert into draft (tenant, id, form, version, owner, answers, loose, revision, started_at, saved_at)
       select tenant, gen_random_uuid(), form, version, given.owner, answers, loose, revision, started_at, saved_at
         from draft, unnest($2::text[]) as given (owner) where id = $1 returning id, owner`,
      [draft, owners],
    )
    const tokenOf = new Map(owners.map((owner, n) => [owner, tokens[n] ?? '']))
    return rows.map(({ id, owner }) => {
      const token = tokenOf.get(owner) ?? ''
      return {
        draft: id,
        owner: owner.replace('browser:', ''),
        request: requestOf(application.base, `${tenantPath}/apply/${id}/_check`, {
          cookie: `attaka=${token}`,
          from: nextAddress(),
          fields: { _csrf: formTokenOf(signer, token) },
        }),
      }
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
