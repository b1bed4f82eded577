import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { demonstrationPersons } from '#modules/people/index.ts'
import { hashToken, newToken, sealer } from '#platform/sealing.ts'
import { demonstrationTenants } from '../../src/demonstration.ts'
import { addTenants } from '../../src/house.ts'
import { loginUrl } from '../global-setup.ts'
import { type Application, ensureBuilt, openApplication } from './application.ts'
import { addressOf, openVisitor, pagesOf, procedurePath } from './visitor.ts'
import { until } from './waiting.ts'
import { ask } from './wire.ts'

/** Two processes of the shipped application on one database, as behind a load balancer. */
let one: Application
let other: Application
let admin: pg.Client
let drop = async () => {}
const secret = randomBytes(48).toString('base64url')
const server = inject('server')
const database = `${server.template.replace('template', '')}processes`

beforeAll(async () => {
  await ensureBuilt()
  const root = new pg.Client({ connectionString: server.adminUrl })
  await root.connect()
  await root.query(
    `create database ${database} owner attaka_owner template template0
     encoding 'UTF8' locale_provider icu icu_locale 'ja-JP' locale 'C.UTF-8'`,
  )
  admin = new pg.Client({ connectionString: loginUrl(server, 'admin', database) })
  await admin.connect()
  await admin.query('create extension if not exists pg_trgm')
  drop = async () => {
    await admin.end()
    await root.query(`drop database ${database} with (force)`)
    await root.end()
  }
  const settings = {
    MODE: 'trial',
    DATABASE_URL: loginUrl(server, 'app', database),
    DATABASE_OWNER_URL: loginUrl(server, 'attaka_owner', database),
    SECRET_KEY: secret,
  }
  one = await openApplication({ settings })
  other = await openApplication({ settings: { ...settings, DATA_DIR: one.dataDir } })
  // On an empty database, at the same moment: both want to make it and to fill it.
  one.start()
  other.start()
  await Promise.all([one.ready(), other.ready()])
}, 180_000)

afterAll(async () => {
  for (const process of [one, other]) {
    await process?.stop()
    await process?.remove()
  }
  await drop()
})

const rows = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
  (await admin.query<Row>(text, values)).rows

/** Each request to the other one of the two. */
const inTurn = () => {
  let turn = 0
  return () => (turn++ % 2 === 0 ? one.base : other.base)
}

describe('two processes', { timeout: 120_000 }, () => {
  test('that start at once make one database, and fill each tenant once', async () => {
    const twice = await rows('select module, name from migration group by 1, 2 having count(*) > 1')
    expect(twice).toEqual([])
    const procedures = await rows<{ tenant: string; count: number }>(
      `select tenant, count(*)::int as count from procedure where slug = 'dx-consultation-event' group by 1`,
    )
    expect(procedures.length).toBe(demonstrationTenants.length)
    expect(procedures.filter(({ count }) => count !== 1)).toEqual([])
  })

  test('take turns with one person’s form, and file it once, whoever is pressed', async () => {
    const names = Array.from({ length: 8 }, (_, n) => `two-${n}`)
    const receipts = await Promise.all(
      names.map(async (name, n) => {
        const visitor = openVisitor(inTurn(), addressOf(n))
        await visitor.get(procedurePath)
        const draft = (await visitor.post(`${procedurePath}/begin`)).headers.location ?? ''
        for (const [page, fields] of pagesOf(name)) {
          expect((await visitor.post(`${draft}/${page}`, fields)).status).toBe(303)
        }
        // Pressed twice: one press reaches this process, the other the other.
        const answers = await Promise.all([visitor.post(`${draft}/_check`), visitor.post(`${draft}/_check`)])
        expect(answers.map(({ status }) => status)).toEqual([303, 303])
        const [first, second] = answers.map(({ headers }) => headers.location)
        expect(second).toBe(first)
        for (let times = 0; times < 2; times++) expect((await visitor.get(first ?? '')).status).toBe(200)
        return first
      }),
    )
    expect(new Set(receipts).size).toBe(names.length)
    const filed = await rows(`select name from filing where name like 'two-%'`)
    expect(filed.length).toBe(names.length)
  })

  test('send each letter once', async () => {
    const letters = `select d.state, d.attempts from delivery d join notice n on n.tenant = d.tenant and n.id = d.notice
      where n.mail like 'two-%'`
    await until('all letters to be sent', async () =>
      (await rows<{ state: string }>(letters)).every(({ state }) => state === 'sent'),
    )
    const sent = await rows<{ attempts: number }>(letters)
    expect(sent.length).toBe(8)
    expect(sent.filter(({ attempts }) => attempts !== 1)).toEqual([])
  })

  test('know the same people as signed in, and as signed out', async () => {
    const person = demonstrationPersons.find(({ subject }) => subject === 'reviewer')
    const token = newToken()
    await rows(
      `insert into session (tenant, id, person, assurance, provider, created_at, seen_at, idle_until, ends_at)
       values ('attaka', $1, $2, 'account', 'trial', now(), now(), now() + interval '20 minutes', now() + interval '2 hours')`,
      [hashToken(token), person?.id],
    )
    const look = (base: string) => ask({ base, path: '/attaka/console', headers: { cookie: `attaka=${token}` } })
    expect([(await look(one.base)).status, (await look(other.base)).status]).toEqual([200, 200])
    await rows('update session set ended_at = now() where id = $1', [hashToken(token)])
    expect([(await look(one.base)).status, (await look(other.base)).status]).toEqual([401, 401])
  })

  test('count together how much one address sends', async () => {
    // As if nearly all of this minute, and of the next, were used up.
    // A machine with IPv6 names it ::ffff:127.77.0.1; it counts as the same.
    const key = `post:${sealer(secret).sign('address', '127.77.0.1')}`
    const minute = Math.floor(Date.now() / 60_000) * 60_000
    for (const since of [minute, minute + 60_000]) {
      await rows(`insert into hit (tenant, key, since, count) values ('attaka', $1, $2, 598)`, [key, new Date(since)])
    }
    const next = inTurn()
    const press = async () => {
      const base = next()
      return (await ask({ base, from: '127.77.0.1', path: `${procedurePath}/begin`, form: new URLSearchParams() }))
        .status
    }
    const counted = [await press(), await press(), await press(), await press()]
    expect(counted.slice(2)).toEqual([429, 429])
    expect(counted.slice(0, 2)).not.toContain(429)
  })

  test('show what was changed at once, and learn of a new tenant without a restart', async () => {
    await rows(`update tenant set contact_office = '二つの窓口' where tenant = 'attaka'`)
    for (const { base } of [one, other]) {
      expect((await ask({ base, path: '/attaka/' })).body).toContain('二つの窓口')
    }
    const fresh = { tenant: 'nanohana', name: '菜の花町', kind: 'municipality', parent: 'attaka' } as const
    await addTenants(loginUrl(server, 'attaka_owner', database), [
      { ...fresh, hosts: [], fictional: true, key_colour: 'green' },
    ])
    for (const { base } of [one, other]) {
      await until(
        'the new tenant to be known',
        async () => (await ask({ base, path: '/nanohana/procedures' })).status === 200,
      )
    }
  })

  test('do each other’s work when one is killed', async () => {
    const visitor = openVisitor(inTurn(), addressOf(99))
    await visitor.get(procedurePath)
    const draft = (await visitor.post(`${procedurePath}/begin`)).headers.location ?? ''
    await one.kill()
    const left = openVisitor(other.base, addressOf(100))
    await left.get(procedurePath)
    const own = (await left.post(`${procedurePath}/begin`)).headers.location ?? ''
    for (const [page, fields] of pagesOf('left')) await left.post(`${own}/${page}`, fields)
    expect((await left.post(`${own}/_check`)).status).toBe(303)
    await until(
      'the letter to be sent by the one that is left',
      async () =>
        (
          await rows(
            `select from delivery d join notice n on n.id = d.notice where n.mail like 'left@%' and d.state = 'sent'`,
          )
        ).length === 1,
    )
    expect((await rows('select from draft where id = $1', [draft.split('/').at(-1)])).length).toBe(1)
    one.start()
    await one.ready()
  })
})
