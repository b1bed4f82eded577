import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openMetrics } from '#web/metrics.ts'
import { openHouse, type TestHouse } from './house.ts'

const root = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('what operators read', () => {
  test('lists exactly the settings that config.ts reads', () => {
    const [, declared = ''] = /const environment = z\.object\(\{\n([\s\S]*?)\n\}\)/.exec(read('src/config.ts')) ?? []
    const known = [...declared.matchAll(/^ {2}([A-Z][A-Z0-9_]*):/gm)].map(([, name]) => name)
    const told = [...read('docs/operate/configure.md').matchAll(/^\| `([A-Z][A-Z0-9_]*)`\s*\|/gm)].map(
      ([, name]) => name,
    )
    expect(known.length).toBeGreaterThan(15)
    expect(told.toSorted()).toEqual(known.toSorted())
  })

  test('names every number that is counted and every event that is written', () => {
    const watch = read('docs/operate/watch.md')
    const { registry } = openMetrics(() => ({ waiting: 0, served: 0 }))
    const ours = registry.getMetricsAsArray().flatMap(({ name }) => (name.startsWith('attaka_') ? [name] : []))
    expect(ours.length).toBeGreaterThan(2)
    const events = ['src/main.ts', 'src/house.ts', 'src/web/app.tsx', 'src/platform/jobs.ts'].flatMap((path) =>
      [...read(path).matchAll(/\blog\('([a-z-]+)'/g)].map(([, event]) => event ?? ''),
    )
    expect(events).toContain('job-failed')
    expect([...ours, ...events, 'fault', 'away'].filter((name) => !watch.includes(`\`${name}\``))).toEqual([])
  })
})

describe('an installation', () => {
  let house: TestHouse
  let env: NodeJS.ProcessEnv
  beforeAll(async () => {
    house = await openHouse()
    const provider = { name: 'office', label: '庁内', issuer: 'https://login.example.jp', clientId: 'attaka' }
    env = {
      PATH: process.env.PATH,
      MODE: 'production',
      BASE_URL: 'https://dx.pref.example.jp',
      DATABASE_URL: house.databaseUrl('app'),
      DATABASE_OWNER_URL: house.databaseUrl('attaka_owner'),
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'no-reply@pref.example.jp',
      SECRET_KEY: 'qL3v9sT2mXw8cR5yHn1bJk6dPz4fGa7uEoKiWt0x',
      IDENTITY_PROVIDERS: JSON.stringify([{ tenant: 'sunny', ...provider }]),
    }
  })

  const run = (tool: string, args: string[], more: NodeJS.ProcessEnv = {}, script = ['tools/node.mjs', tool]) =>
    new Promise<{ code: number; said: string }>((done) => {
      execFile(process.execPath, [...script, ...args], { cwd: root, env: { ...env, ...more } }, (error, out, err) =>
        done({ code: error ? Number(error.code ?? 1) : 0, said: out + err }),
      )
    })

  test('enters a tenant and its first administrator, who may then let others in', async () => {
    expect(await run('add-tenant', ['sunny', '晴れ県', 'prefecture'])).toMatchObject({ code: 0 })
    const added = await house.sql('select name, kind, hosts, fictional from tenant where tenant = $1', ['sunny'])
    expect(added).toEqual([{ name: '晴れ県', kind: 'prefecture', hosts: ['dx.pref.example.jp'], fictional: false }])

    const who = ['sunny', 'https://login.example.jp', '0123', '晴れ 花子']
    expect(await run('add-administrator', who)).toMatchObject({ code: 0 })
    const roles = await house.sql<{ person: string; role: string }>(
      `select person, role from role_grant join sign_in using (tenant, person)
       where tenant = $1 and subject = $2 and revoked_at is null order by role`,
      ['sunny', '0123'],
    )
    expect(roles.map(({ role }) => role)).toEqual(['administrator', 'staff'])
    const left = await house.sql('select id from session where tenant = $1 and ended_at is null', ['sunny'])
    expect(left).toEqual([])
    const trail = await house.sql<{ actor: string }>('select distinct actor from audit where tenant = $1', ['sunny'])
    expect(trail).toEqual([{ actor: 'system' }])

    await house.refreshTenants()
    const hanako = house.browser('sunny')
    await hanako.signInAs(roles[0]?.person ?? '')
    expect((await hanako.get('/console/administration/people')).status).toBe(200)

    expect(await run('add-administrator', who)).toEqual({ code: 1, said: 'This person is an administrator already.\n' })
  }, 60_000)

  test.each([
    ['add-tenant', ['attaka', 'あったか県', 'prefecture'], {}, 'The tenant attaka exists already.'],
    ['add-tenant', ['Rainy', '雨県', 'prefecture'], {}, 'must be small letters'],
    ['add-tenant', ['rainy', '雨県', 'country', '--host', 'rain.example.jp'], {}, 'must be prefecture or municipality'],
    ['add-tenant', ['rainy', '雨市', 'municipality', '--parent', 'no', '--host', 'r.jp'], {}, 'There is no tenant no'],
    ['add-tenant', ['rainy', '雨県', 'prefecture', '--host', 'https://r.jp/'], {}, 'must be a host name'],
    ['add-tenant', ['rainy', '雨県', 'prefecture'], { DATABASE_OWNER_URL: '' }, 'DATABASE_OWNER_URL is missing'],
    ['add-tenant', ['rainy', '雨県', 'prefecture'], { MODE: 'trial' }, 'This is for production'],
    ['add-administrator', ['nowhere', 'https://login.example.jp', '1', '誰か'], {}, 'There is no tenant nowhere'],
    [
      'add-administrator',
      ['attaka', 'https://login.example.jp', '1', '誰か'],
      {},
      'IDENTITY_PROVIDERS names no issuer',
    ],
    ['add-administrator', ['attaka'], {}, 'Say who'],
  ])('refuses %s %j %j', async (tool, args, more, sentence) => {
    const { code, said } = await run(tool, args, more, [join('dist', 'tools', tool, `${tool}.js`)])
    expect(code).toBe(1)
    expect(said).toContain(sentence)
    expect(said.trim().split('\n')).toHaveLength(1)
  })
})
