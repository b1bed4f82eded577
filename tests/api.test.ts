import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { roleNames } from '#core/policy.ts'
import { modules } from '#modules/index.ts'
import { openapi } from '#web/openapi.ts'
import { openapiPath, openapiText } from '../tools/print/openapi.ts'
import { openHouse, type TestHouse } from './house.ts'
import { root } from './source.ts'
import { fillTown } from './town.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document of any depth, walked by its keys
type Json = any

const printed: Json = JSON.parse(openapiText())
const operations = Object.entries(printed.paths).flatMap(([path, methods]) =>
  Object.entries(methods as Json).map(([method, operation]) => ({ path, method, operation: operation as Json })),
)

test('the committed description of the API is what the acts and views print: run "npm run print" if not', () => {
  const committed = existsSync(join(root, openapiPath)) ? readFileSync(join(root, openapiPath), 'utf8') : ''
  expect(committed === openapiText(), `${openapiPath} is not as printed`).toBe(true)
})

test('printing twice gives the same: nothing in it depends on the day or the machine', () => {
  expect(openapiText()).toBe(openapiText())
  expect(openapiText()).not.toMatch(/localhost|\d{4}-\d\d-\d\dT/)
})

describe('the description', () => {
  test('is OpenAPI 3.1 with a title, a licence and the two ways to ask: by token or as a visitor', () => {
    expect(printed).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Attaka API', version: 'v1', license: { identifier: 'Apache-2.0' } },
      security: [{}, { token: [] }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    })
  })

  test('names every act and view that programs may use, at the address where the house answers', async () => {
    const expected = modules.flatMap(({ actions, views }) => [
      ...actions.filter(({ pagesOnly }) => !pagesOnly).map(({ name }) => `post ${name}`),
      ...views.map(({ name }) => `get ${name}`),
    ])
    expect(operations.map(({ method, operation }) => `${method} ${operation.operationId}`).sort()).toEqual(
      expected.sort(),
    )
    for (const { path, operation } of operations)
      expect(path).toBe(`/api/v1/${operation.operationId.replace('.', '/')}`)
  })

  test('gives every operation a name of its own, a sentence, its module and its refusals', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { operation } of operations) {
      expect(operation.summary, operation.operationId).toMatch(/^[A-Z].{5,120}$/)
      expect(operation.tags).toEqual([operation.operationId.split('.')[0]])
      expect(operation.responses['200'].content['application/json'].schema).toBeTypeOf('object')
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['200', '4XX', '503']))
    }
  })

  test('has no reference that leads nowhere', () => {
    const references: string[] = []
    JSON.stringify(printed, (key, value) => {
      if (key === '$ref') references.push(value)
      return value
    })
    expect(references.length).toBeGreaterThan(10)
    for (const reference of new Set(references)) {
      expect(reference).toMatch(/^#\//)
      const found = reference
        .slice(2)
        .split('/')
        .reduce<Json>((inside, part) => inside?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], printed)
      expect(found, reference).toBeTypeOf('object')
    }
  })

  test('asks for parameters that fit into an address, each once', () => {
    for (const { method, operation } of operations) {
      if (method !== 'get') {
        expect(operation.requestBody.content['application/json'].schema, operation.operationId).toBeTypeOf('object')
        continue
      }
      const names = operation.parameters.map(({ name }: Json) => name)
      expect(new Set(names).size, operation.operationId).toBe(names.length)
      for (const parameter of operation.parameters) {
        expect(parameter).toMatchObject({ in: 'query', required: expect.any(Boolean) })
      }
    }
  })

  test('keeps two acts of different modules apart, and tells dates as text', () => {
    const module = {
      name: 'test',
      actions: [],
      views: [
        {
          name: 'test.day',
          title: 'A day',
          input: z.object({ on: z.iso.date() }),
          output: z.object({ at: z.date() }),
          allow: () => true,
          run: async () => ({ at: new Date() }),
        },
      ],
    }
    const document: Json = openapi([module])
    const { get } = document.paths['/api/v1/test/day']
    expect(get.parameters).toEqual([expect.objectContaining({ name: 'on', in: 'query', required: true })])
    expect(get.responses['200'].content['application/json'].schema.properties.at).toEqual({
      type: 'string',
      format: 'date-time',
    })
  })
})

describe('a program that reads the description', () => {
  let house: TestHouse
  let headers: Record<string, string>
  beforeAll(async () => {
    house = await openHouse()
    await fillTown(house, 'program')
    const token = `attaka_${house.outside.sealer.newToken()}`
    await house.sql(
      `insert into api_token (tenant, id, hash, name, roles, scopes, created_at, created_by, expires_at)
       values ('attaka', gen_random_uuid(), $1, 'program', $2, $3, now(), '01900000-0000-7000-8000-000000000104',
               now() + interval '300 days')`,
      [house.outside.sealer.hashToken(token), roleNames, modules.map(({ name }) => `${name}:write`)],
    )
    headers = { authorization: `Bearer ${token}` }
  })

  /** A schema of the document, with what it refers to. */
  const whole = (schema: Json) => {
    const text = JSON.stringify({ ...schema, $defs: printed.components.schemas })
    return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')))
  }
  const ask = (path: string) => house.app.request(`http://localhost:3000/attaka${path}`, { headers })

  test('finds it at its address, with the address of the server', async () => {
    const served = await (await ask('/api/v1/openapi.json')).json()
    const { servers, ...rest } = served as Json
    expect(servers).toEqual([{ url: 'http://localhost:3000/attaka/' }])
    expect(rest).toEqual(printed)
    expect(await (await ask('/developers')).text()).toContain('/api/v1/procedures/queue')
  })

  test('gets what is promised from everything that can be asked without naming a thing', async () => {
    const open = operations.filter(
      ({ method, operation }) => method === 'get' && !operation.parameters.some(({ required }: Json) => required),
    )
    expect(open.length).toBeGreaterThan(8)
    for (const { path, operation } of open) {
      const answer = await ask(path)
      // A few are for persons only: their own account.
      if (answer.status === 403 || answer.status === 401) continue
      expect(answer.status, path).toBe(200)
      const promised = whole(operation.responses['200'].content['application/json'].schema)
      const got = promised.safeParse(await answer.json())
      expect(got.success ? [] : got.error.issues, path).toEqual([])
    }
  })

  test('gets what is promised of a filing, found by the queue', async () => {
    const queue: Json = await (await ask('/api/v1/procedures/queue?state=all')).json()
    const [{ id }] = queue.filings
    const shown: Json = await (await ask(`/api/v1/procedures/case?id=${id}`)).json()
    const schema = printed.paths['/api/v1/procedures/case'].get.responses['200'].content['application/json'].schema
    expect(whole(schema).safeParse(shown).error?.issues ?? []).toEqual([])
    expect(shown.number).toMatch(/^R\d+-/)
  })

  test('is told of a refusal as the problem that is described', async () => {
    const promised = z.fromJSONSchema(printed.components.schemas.Problem)
    for (const path of ['/api/v1/procedures/case?id=x', '/api/v1/none', '/api/v1/procedures/own-filing?number=x']) {
      const answer = await ask(path)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      const problem: Json = await answer.json()
      expect(promised.safeParse(problem).success, path).toBe(true)
      expect(problem.status).toBe(answer.status)
    }
    const unknown = await house.app.request('http://localhost:3000/attaka/api/v1/procedures/catalogue', {
      headers: { authorization: 'Bearer not-one-of-ours-at-all' },
    })
    expect(unknown.status).toBe(401)
  })
})
