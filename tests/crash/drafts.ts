import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { newToken, sealer } from '#platform/sealing.ts'
import { visitorId } from '#web/browser.ts'
import { formTokenOf } from '#web/guard.ts'
import { openVisitor, pagesOf, procedurePath, tenantPath } from './visitor.ts'

/** A draft that is complete, and the browser whose it is: one press is left. */
export type Ready = { name: string; draft: string; owner: string; path: string; cookie: string; csrf: string }

type Place = { base: string; dataDir: string; adminUrl(): string }

/**
 * Complete drafts by the thousand: one is typed page by page as people do it, the others are copies of its row, each
 * of another visitor and under another name. So that what is measured or killed is the filing, not the typing.
 */
export function openDrafts({ base, dataDir, adminUrl }: Place) {
  let typed: Promise<string> | null = null
  const type = async () => {
    const visitor = openVisitor(base, '127.9.9.9')
    await visitor.get(procedurePath)
    const path = (await visitor.post(`${procedurePath}/begin`)).headers.location ?? ''
    for (const [page, fields] of pagesOf('model')) {
      const { status } = await visitor.post(`${path}/${page}`, fields)
      if (status !== 303) throw new Error(`the page ${page} was answered with ${status}`)
    }
    return path.split('/').at(-1) ?? ''
  }

  /** One for each name. @throws while application or database are away */
  return async (names: readonly string[]): Promise<Ready[]> => {
    typed ??= type().catch((error) => {
      typed = null
      throw error
    })
    const model = await typed
    const signer = sealer(readFileSync(join(dataDir, 'secret'), 'utf8').trim())
    const tokens = names.map(() => newToken())
    const owners = tokens.map((token) => `browser:${visitorId(signer, token)}`)
    const admin = new pg.Client({ connectionString: adminUrl() })
    admin.on('error', () => undefined)
    await admin.connect()
    try {
      const { rows } = await admin.query<{ id: string; owner: string }>(
        `insert into draft (tenant, id, form, version, owner, answers, loose, revision, started_at, saved_at)
         select tenant, gen_random_uuid(), form, version, given.owner,
             answers || jsonb_build_object('name', given.name, 'mail', given.name || '@example.jp'),
             loose, revision, now(), now()
           from draft, unnest($2::text[], $3::text[]) as given (owner, name) where id = $1 returning id, owner`,
        [model, owners, names],
      )
      const idOf = new Map(rows.map(({ id, owner }) => [owner, id]))
      return names.map((name, n) => {
        const [token = '', owner = ''] = [tokens[n], owners[n]]
        const draft = idOf.get(owner) ?? ''
        return {
          name,
          draft,
          owner: visitorId(signer, token),
          path: `${tenantPath}/apply/${draft}/_check`,
          cookie: `attaka=${token}`,
          csrf: formTokenOf(signer, token),
        }
      })
    } finally {
      await admin.end().catch(() => undefined)
    }
  }
}
