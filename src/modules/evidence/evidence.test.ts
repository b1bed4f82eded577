import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { record } from '#core/audit.ts'
import type { Scene } from '#core/scene.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { sealFor, sealTrail } from './jobs.ts'
import { setBack, TrailSetBack } from './publish.ts'
import { lastCheckpoint } from './queries.ts'
import { sealSome } from './seal.ts'
import { leafHash } from './trail/tree.ts'
import { trailIn, verifyTrail } from './verify.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
beforeEach(async () => {
  await house.sql('truncate audit_leaf, audit_checkpoint')
  rmSync(witness(), { recursive: true, force: true })
  // Numbers of a foreign server, from the tests of a move.
  await house.sql(`update audit set written_in = '3' where written_in >= '9000000000'`)
})

const tenant = 'attaka'
const witness = () => house.outside.witnesses[0]?.name ?? ''
const scene = (of = tenant): Scene => house.sceneOf(of)
const seal = (of = tenant) => sealTrail.run(scene(of), {})
const verify = (of = tenant) => house.database.frozen(of, (db) => verifyTrail(trailIn(db), of, house.outside.witnesses))
const write = (act: string) => scene().change((db) => record(db, scene(), { act, kind: 'act' }))
const entries = async () =>
  Number((await house.sql<{ n: string }>('select count(*) n from audit where tenant = $1', [tenant]))[0]?.n)
const sealed = async () =>
  Number((await house.sql<{ n: string }>('select count(*) n from audit_leaf where tenant = $1', [tenant]))[0]?.n)

/** A connection of its own, in the middle of a transaction as the application makes them. */
async function open() {
  const client = new pg.Client({ connectionString: house.databaseUrl('app') })
  await client.connect()
  await client.query(`begin; select set_config('app.tenant', '${tenant}', true)`)
  return {
    write: (act: string) =>
      client.query(
        `insert into audit (id, at, act, kind, actor_kind, subjects)
         values (gen_random_uuid(), now(), $1, 'act', 'visitor', '[]') returning id`,
        [act],
      ),
    end: async (how: 'commit' | 'rollback' = 'commit') => {
      await client.query(how)
      await client.end()
    },
  }
}

describe('sealing', () => {
  test('takes every entry once, chains the checkpoints, and finds the trail as it was sealed', async () => {
    await seal()
    expect(await sealed()).toBe(await entries())
    await write('test.one')
    await write('test.two')
    await seal()
    await seal()
    expect(await verify()).toMatchObject({
      sealed: await entries(),
      checkpoints: 2,
      unsealed: 0,
      untold: 0,
      faults: [],
    })
    const chain = await house.sql<{ previous: string; hash: string }>(
      'select previous, hash from audit_checkpoint where tenant = $1 order by number',
      [tenant],
    )
    expect(chain.map(({ previous }) => previous)).toEqual(['', chain[0]?.hash])
  })

  test('misses nothing that is committed late, whatever was written and sealed meanwhile', async () => {
    const early = await open()
    await early.write('test.began-early')
    const late = await open()
    await late.write('test.began-late')
    await write('test.meanwhile')
    await late.end()
    // The one that is still open holds up nobody: what can be seen is sealed.
    await seal()
    expect(await sealed()).toBe(await entries())
    await write('test.meanwhile-again')
    await seal()
    const before = await sealed()
    expect(before).toBe(await entries())
    expect((await verify()).unsealed).toBe(0)
    await early.end()
    expect((await verify()).unsealed).toBe(1)
    await seal()
    expect(await sealed()).toBe(before + 1)
    expect(await verify()).toMatchObject({ unsealed: 0, faults: [] })
  })

  test('takes each entry exactly once, in whatever order transactions begin, write, end and are sealed', async () => {
    const step = fc.record({ who: fc.nat(3), what: fc.constantFrom('write', 'write', 'commit', 'roll back', 'seal') })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const running = new Map<number, Awaited<ReturnType<typeof open>>>()
        for (const { who, what } of steps) {
          if (what === 'seal') await scene().change((db) => sealSome(db, scene(), 3))
          else if (what === 'write') {
            if (!running.has(who)) running.set(who, await open())
            await running.get(who)?.write(`test.of-${who}`)
          } else {
            await running.get(who)?.end(what === 'commit' ? 'commit' : 'rollback')
            running.delete(who)
          }
        }
        for (const one of running.values()) await one.end('commit')
        await seal()
        expect(await sealed()).toBe(await entries())
      }),
      { numRuns: 30 },
    )
    expect(await verify()).toMatchObject({ unsealed: 0, faults: [] })
  }, 120_000)

  test('of many entries goes batch by batch, within one transaction of many entries too', async () => {
    await house.sql(
      `insert into audit (tenant, id, at, act, kind, actor_kind, subjects)
       select '${tenant}', gen_random_uuid(), now(), 'test.many', 'act', 'visitor', '[]' from generate_series(1, 50)`,
    )
    let batches = 0
    while ((await scene().change((db) => sealSome(db, scene(), 20))) > 0) batches++
    expect(batches).toBeGreaterThan(2)
    expect(await sealed()).toBe(await entries())
    await seal()
    expect(await verify()).toMatchObject({ unsealed: 0, faults: [] })
  })

  test('of more than fits into a turn leaves the rest, and what the witness is to be told, for the next ones', async () => {
    await house.sql(
      `insert into audit (tenant, id, at, act, kind, actor_kind, subjects)
       select '${tenant}', gen_random_uuid(), now(), 'test.very-many', 'act', 'visitor', '[]' from generate_series(1, 1200)`,
    )
    const turns: (number | string | undefined)[][] = []
    for (let left: string | undefined = 'more'; left; ) {
      left = await sealFor(scene(), 0)
      turns.push([await sealed(), (await house.outside.witnesses[0]?.last(tenant))?.match(/"number":(\d+)/)?.[1], left])
    }
    expect(turns.slice(0, 3)).toEqual([
      [500, '1', 'more'],
      [1000, '2', 'more'],
      [await entries(), '3', 'more'],
    ])
    // Whether that was all, only the next turn knows.
    expect(turns.slice(3)).toEqual([[await entries(), '3', undefined]])
    expect(await verify()).toMatchObject({ unsealed: 0, untold: 0, faults: [] })
    await house.sql("delete from audit where act = 'test.very-many'")
  })

  test('by two processes at once makes one trail', async () => {
    await Promise.all([seal(), seal(), seal()])
    await seal()
    expect(await verify()).toMatchObject({ sealed: await entries(), faults: [] })
  })

  test('never waits for who writes, nor they for it', async () => {
    const writer = await open()
    await writer.write('test.held')
    const locks = await scene().change(async (db) => {
      await sealSome(db, scene())
      return house.sql<{ mode: string }>(
        `select mode from pg_locks where relation = 'audit'::regclass and database = (select oid from pg_database where datname = current_database()) and granted`,
      )
    })
    // What reads and writes of rows take; none of them excludes the others.
    expect(
      locks.map(({ mode }) => mode).filter((mode) => !['AccessShareLock', 'RowExclusiveLock'].includes(mode)),
    ).toEqual([])
    await writer.end()
  })

  test('goes on after a move to a server whose transactions are counted anew, and misses nothing', async () => {
    await seal()
    // As a logical restore leaves it: numbers of another server, above and below those of this one.
    await house.sql(`update audit set written_in = '9000000000' where act like 'people.%'`)
    const [{ id } = { id: '' }] = await house.sql<{ id: string }>(
      `insert into audit (tenant, id, at, act, kind, actor_kind, subjects, written_in)
       values ('${tenant}', gen_random_uuid(), now(), 'test.unsealed-when-moved', 'act', 'visitor', '[]', '9000000001') returning id`,
    )
    await house.sql(`update audit_checkpoint set horizon = '9000000000', cluster = '1'`)
    await write('test.written-after-the-move')
    while ((await scene().change((db) => sealSome(db, scene(), 1))) > 0);
    expect(await sealed()).toBe(await entries())
    expect(await house.sql('select 1 from audit_leaf where entry = $1', [id])).toHaveLength(1)
    const last = await scene().look(lastCheckpoint)
    expect(last?.cluster).not.toBe('1')
    expect(BigInt(last?.horizon ?? 0)).toBeLessThan(9000000000n)
    await write('test.later')
    await seal()
    expect(await sealed()).toBe(await entries())
    expect((await verify()).unsealed).toBe(0)
  })

  test('of a trail that was moved before it was ever sealed misses nothing', async () => {
    await house.sql(`update audit set written_in = '9000000000' where act like 'people.%'`)
    await seal()
    expect(await sealed()).toBe(await entries())
    await write('test.later')
    await seal()
    expect(await sealed()).toBe(await entries())
    expect((await verify()).faults).toEqual([])
  })

  test('of one office leaves another’s alone', async () => {
    await seal('mie')
    expect(await sealed()).toBe(0)
    expect((await verify('mie')).faults).toEqual([])
    const foreign = await house.sql<{ entry: string }>("select entry from audit_leaf where tenant = 'mie' limit 1")
    const auditor = await house.as('auditor')
    expect((await auditor.get(`/console/evidence/entries/${foreign[0]?.entry}`)).status).toBe(404)
  })
})

describe('a witness', () => {
  const file = () => {
    const folder = join(witness(), tenant)
    return join(folder, readdirSync(folder).sort().at(-1) ?? '')
  }

  test('that was away is told everything when it is back', async () => {
    const [honest] = house.outside.witnesses
    const away = { ...honest!, keep: () => Promise.reject(new Error('away')) }
    const without = { ...scene(), outside: { ...house.outside, witnesses: [away] } }
    await expect(sealTrail.run(without, {})).rejects.toThrow('away')
    expect((await verify()).untold).toBe(1)
    await write('test.more')
    await seal()
    expect(await verify()).toMatchObject({ untold: 0, checkpoints: 2, faults: [] })
  })

  test('whose last line a crash left half written is told that line again', async () => {
    await seal()
    const [whole = ''] = readFileSync(file(), 'utf8').split('\n')
    writeFileSync(file(), whole.slice(0, 200))
    await seal()
    await write('test.more')
    await seal()
    expect(await verify()).toMatchObject({ untold: 0, checkpoints: 2, faults: [] })
  })

  test('that contradicts itself, or lacks a line, is named', async () => {
    await seal()
    await write('test.more')
    await seal()
    const said = readFileSync(file(), 'utf8')
    writeFileSync(
      file(),
      said.replace(/"root":"(\w)/, (_, digit) => `"root":"${digit === '0' ? '1' : '0'}`),
    )
    expect((await verify()).faults[0]).toMatchObject({ kind: 'witness-altered', checkpoint: 1 })
    writeFileSync(file(), said.split('\n').slice(1).join('\n'))
    expect((await verify()).faults[0]).toMatchObject({ kind: 'witness-altered', checkpoint: 1 })
    appendFileSync(file(), said)
  })

  test('knows that the database was set back, and hears of it when an operator did it on purpose', async () => {
    await seal()
    const state = await scene().look(lastCheckpoint)
    await write('test.lost')
    await seal()
    await house.sql('delete from audit_leaf where tenant = $1 and checkpoint = 2', [tenant])
    await house.sql('delete from audit_checkpoint where tenant = $1 and number = 2', [tenant])
    await house.sql("delete from audit where act = 'test.lost'")
    expect((await verify()).faults[0]).toMatchObject({ kind: 'removed', checkpoint: 2 })
    await write('test.after')
    await expect(seal()).rejects.toThrow(TrailSetBack)
    const told = { tenant, number: state?.number ?? 0, hash: state?.hash ?? '', reason: 'ディスクの故障' }
    await setBack(house.outside.witnesses[0]!, told, new Date())
    await seal()
    const verdict = await verify()
    expect(verdict.faults).toEqual([])
    expect(verdict.setBacks).toMatchObject([{ number: 1, reason: 'ディスクの故障' }])
  })
})

describe('the public pages', () => {
  const day = 86_400_000
  test('show each day that is over, to be kept and compared later', async () => {
    const visitor = house.browser()
    expect(await (await visitor.get('/evidence')).text()).toContain('まだ封印はありません')
    await seal()
    const today = new Date(scene().now.getTime() + 9 * 3_600_000).toISOString().slice(0, 10)
    expect((await visitor.get(`/evidence/${today}`)).status).toBe(404)
    // How much was sealed today is for the auditor only: it would tell how busy the office is.
    const running = await visitor.get('/evidence')
    expect(await running.text()).toContain('まだ封印はありません')
    expect((await (await visitor.get('/api/v1/evidence/days')).json()) as unknown).toMatchObject({
      newest: null,
      days: [],
      earlier: null,
      later: null,
    })
    expect(await (await (await house.as('auditor')).get('/console/evidence')).text()).toContain('いまの封印')
    house.pass(day)
    await write('test.tomorrow')
    await seal()
    const list = await (await visitor.get('/evidence')).text()
    expect(list).toContain(`href="/attaka/evidence/${today}"`)
    const sealed = await house.sql<{ number: number; root: string }>(
      'select number, root from audit_checkpoint where tenant = $1 order by number',
      [tenant],
    )
    expect(list).toContain(sealed.at(-2)?.root)
    expect(list).not.toContain(sealed.at(-1)?.root)
    const shown = await (await visitor.get(`/evidence/${today}`)).text()
    const file = await visitor.get(`/evidence/${today}.json`)
    const kept = (await file.json()) as {
      root: string
      tenant: string
      number: number
      size: number
      hash: string
      day: string
    }
    expect(file.headers.get('content-disposition')).toContain(`seal-attaka-${today}.json`)
    expect(shown).toContain(kept.root)
    const text = await (await visitor.get(`/evidence/${today}.txt`)).text()
    expect(text).toContain(`root: ${kept.root}`)

    const compare = (page: typeof kept) =>
      house.database.frozen(tenant, (db) => verifyTrail(trailIn(db), tenant, house.outside.witnesses, [page]))
    expect(await compare(kept)).toMatchObject({ kept: 1, faults: [] })
    // Everything written anew, the witness too: only what somebody kept tells.
    await house.sql(
      "update audit set act = 'test.forged' where tenant = $1 and id = (select entry from audit_leaf where tenant = $1 limit 1)",
      [tenant],
    )
    await house.sql('truncate audit_leaf, audit_checkpoint')
    rmSync(witness(), { recursive: true, force: true })
    await seal()
    expect((await verify()).faults).toEqual([])
    expect((await compare(kept)).faults[0]?.detail).toContain('the page kept of')
    expect((await compare({ ...kept, number: 99 })).faults).toHaveLength(1)
  })

  test('have nothing at days without a seal and at addresses that are none', async () => {
    const visitor = house.browser()
    for (const path of ['1999-01-01', '2026-13-45', '1999-01-01.json', '1999-01-01.txt', 'x.json', 'x']) {
      expect((await visitor.get(`/evidence/${path}`)).status, path).toBe(404)
    }
    expect((await visitor.get('/evidence?month=2026-99')).status).toBe(404)
  })
})

describe('the auditor', () => {
  test('sees how far the trail is sealed and outside, and the proof of one entry', async () => {
    const auditor = await house.as('auditor')
    await write('test.one')
    const [one] = await house.sql<{ id: string }>(
      "select id from audit where act = 'test.one' order by at desc limit 1",
    )
    expect(await (await auditor.get(`/console/evidence/entries/${one?.id}`)).text()).toContain('まだ封印されていません')
    await seal()
    const state = await (await auditor.get('/console/evidence')).text()
    expect(state).toContain('最新です')
    expect(await (await auditor.get(`/console/evidence/entries/${one?.id}`)).text()).toContain('封印したときのままです')
    const proof = (await (await auditor.get(`/console/evidence/entries/${one?.id}.json`)).json()) as {
      seal: { written: string; leaf: string; root: string; path: string[] }
    }
    expect(leafHash(proof.seal.written).toString('hex')).toBe(proof.seal.leaf)
    expect(JSON.parse(proof.seal.written)).toMatchObject({ entry: { act: 'test.one', tenant: 'attaka' } })

    await house.sql("update audit set act = 'test.two' where id = $1", [one?.id])
    expect(await (await auditor.get(`/console/evidence/entries/${one?.id}`)).text()).toContain('内容と違います')
    await house.sql("update audit set act = 'test.one' where id = $1", [one?.id])
  })

  test('alone may: others are refused, visitors asked to sign in', async () => {
    for (const path of ['/console/evidence', '/console/evidence/entries/01900000-0000-7000-8000-000000000000']) {
      expect((await (await house.as('administrator')).get(path)).status).toBe(403)
      expect((await house.browser().get(path)).status).toBe(401)
    }
  })
})

test('a column that came later changes nothing of what was sealed, and can’t be filled in behind the seal’s back', async () => {
  await seal()
  await house.sql('alter table audit add column warrant text', [], 'attaka_owner')
  await house.sql("alter table audit add column door text not null default 'page'", [], 'attaka_owner')
  try {
    expect((await verify()).faults).toEqual([])
    await write('test.with-more-columns')
    await seal()
    expect((await verify()).faults).toEqual([])
    for (const column of ['warrant', 'door']) {
      await house.sql(`update audit set ${column} = 'card' where act = 'test.with-more-columns'`)
      expect((await verify()).faults[0]?.kind, column).toBe('altered')
      await house.sql(
        `update audit set ${column} = ${column === 'door' ? "'page'" : 'null'} where act = 'test.with-more-columns'`,
      )
      const [old] = await house.sql<{ id: string }>(
        'select entry as id from audit_leaf where tenant = $1 order by position limit 1',
        [tenant],
      )
      await house.sql(`update audit set ${column} = 'card' where id = $1`, [old?.id])
      expect((await verify()).faults[0], column).toMatchObject({ kind: 'altered', position: 0 })
      await house.sql(`update audit set ${column} = ${column === 'door' ? "'page'" : 'null'} where id = $1`, [old?.id])
    }
    expect((await verify()).faults).toEqual([])
  } finally {
    await house.sql('alter table audit drop column warrant, drop column door', [], 'attaka_owner')
  }
})
