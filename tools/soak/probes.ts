import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { roleNames } from '#core/policy.ts'
import { modules } from '#modules/index.ts'
import { demonstrationPersons } from '#modules/people/index.ts'
import { hashToken, newToken, sealer } from '#platform/sealing.ts'
import { frontRoutes } from '#web/front.tsx'
import { formTokenOf } from '#web/guard.ts'
import type { Application } from '../../tests/crash/application.ts'

/** Everything at which the application answers: pages as the modules name them, and the API as its description does. */
export type Way = { method: 'GET' | 'POST'; path: string; api: boolean; input?: Record<string, unknown> }

/** Asks the running application by HTTP as whomever one wants to be. */

export type Said = { status: number; type: string; text: string }

// biome-ignore lint/suspicious/noExplicitAny: a JSON Schema, walked by its keywords
type Schema = any

/** Besides the pages that show all mails: with thousands of them, one look takes minutes. */
const leftOut = new Set(['/trial/mailbox'])

export async function openProbes(application: Application, tenant: string) {
  const { base, dataDir } = application
  const admin = new pg.Client({ connectionString: application.adminUrl() })
  await admin.connect()
  const signer = sealer(readFileSync(join(dataDir, 'secret'), 'utf8').trim())
  const cookies = new Map<string, string>()
  const bearer = `attaka_${newToken()}`
  await admin.query(
    `insert into api_token (tenant, id, hash, name, roles, scopes, created_at, created_by, expires_at)
     values ($1, gen_random_uuid(), $2, 'everything', $3, $4, now(), $5, now() + interval '300 days')`,
    [
      tenant,
      hashToken(bearer),
      roleNames,
      modules.flatMap(({ name }) => [`${name}:read`, `${name}:write`]),
      demonstrationPersons[0]?.id,
    ],
  )

  /** Signs everybody in anew, and lets limits stay out of the way: a run is a year's worth of requests. */
  const refresh = async () => {
    await admin.query('delete from hit')
    for (const { subject, id } of demonstrationPersons) {
      const token = newToken()
      await admin.query(
        `insert into session (tenant, id, person, assurance, provider, created_at, seen_at, idle_until, ends_at)
         values ($1, $2, $3, 'account', 'trial', now(), now(), now() + interval '25 minutes', now() + interval '2 hours')`,
        [tenant, hashToken(token), id],
      )
      cookies.set(subject, token)
    }
    cookies.set('visitor', 'v'.repeat(43))
  }

  const described = await fetch(`${base}/${tenant}/api/v1/openapi.json`).then((answer) => answer.json() as Schema)
  const resolve = (schema: Schema): Schema =>
    schema?.$ref ? described.components.schemas[schema.$ref.split('/').at(-1)] : schema
  const api: Way[] = Object.entries<Schema>(described.paths).flatMap(([path, methods]) => [
    ...(methods.post
      ? [
          {
            method: 'POST' as const,
            path,
            api: true,
            input: resolve(methods.post.requestBody.content['application/json'].schema),
          },
        ]
      : []),
    ...(methods.get
      ? [
          {
            method: 'GET' as const,
            path,
            api: true,
            input: {
              type: 'object',
              properties: Object.fromEntries(
                (methods.get.parameters ?? []).map((one: Schema) => [one.name, resolve(one.schema)]),
              ),
              required: (methods.get.parameters ?? [])
                .filter((one: Schema) => one.required)
                .map((one: Schema) => one.name),
            },
          },
        ]
      : []),
  ])
  const pages: Way[] = [...frontRoutes(modules, () => []).routes, ...modules.flatMap(({ routes }) => routes.routes)]
    .filter(({ method, path }) => (method === 'GET' || method === 'POST') && !leftOut.has(path))
    .map(({ method, path }) => ({ method: method as 'GET' | 'POST', path, api: false }))

  let addresses = 0
  const ask = async (
    way: Pick<Way, 'method' | 'api'>,
    path: string,
    who: string,
    body?: string | URLSearchParams,
  ): Promise<Said> => {
    addresses++
    const secret = cookies.get(who) ?? 'v'.repeat(43)
    const posts = way.method === 'POST'
    if (body instanceof URLSearchParams) body.set('_csrf', formTokenOf(signer, secret))
    const answer = await fetch(`${base}/${tenant}${path}`, {
      method: way.method,
      redirect: 'manual',
      headers: {
        'x-forwarded-for': `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`,
        ...(way.api
          ? { accept: 'application/json', ...(who !== 'visitor' && { authorization: `Bearer ${bearer}` }) }
          : { accept: 'text/html', cookie: `attaka=${secret}` }),
        ...(posts && { 'content-type': way.api ? 'application/json' : 'application/x-www-form-urlencoded' }),
      },
      ...(posts && { body: typeof body === 'string' ? body : String(body ?? '') }),
    })
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() }
  }

  return {
    ask,
    refresh,
    admin,
    pages,
    api,
    persons: ['visitor', ...demonstrationPersons.map(({ subject }) => subject)],
    close: () => admin.end(),
  }
}

/** Does it with so many at a time, and `between` after every some hundred. */
export async function inTurns(count: number, work: (n: number) => Promise<void>, between: () => Promise<void>) {
  const step = 400
  for (let from = 0; from < count; from += step) {
    await between()
    let next = from
    const until = Math.min(from + step, count)
    const worker = async () => {
      while (next < until) await work(next++)
    }
    await Promise.all(Array.from({ length: 12 }, worker))
  }
}
