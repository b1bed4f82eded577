import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { trailIn, verifyTrail } from '#modules/evidence/index.ts'
import { keptFiles } from '#modules/files/index.ts'
import { modules } from '#modules/index.ts'
import { BackupRefused, checkBackup, type Manifest } from '#platform/backup/manifest.ts'
import { filesIn } from '#platform/backup/parts.ts'
import { assertEmptyDatabase, restoreBackup, restoreOthers } from '#platform/backup/restore.ts'
import { type Source, takeBackup } from '#platform/backup/take.ts'
import { locks } from '#platform/locks.ts'
import { openDatabase } from '#platform/postgres.ts'
import { folderWitness } from '#platform/witness/folder.ts'
import { demonstrationTenants } from '../src/demonstration.ts'
import { addTenants, prepareDatabase, prepareEarlier } from '../src/house.ts'
import { openHouse, type TestHouse } from './house.ts'
import { fileOnce, fillTown } from './town.ts'

let house: TestHouse
const folder = mkdtempSync(join(tmpdir(), 'attaka-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

beforeAll(async () => {
  house = await openHouse()
  await fillTown(house, 'himitsu7f3')
  await house.settle()
  await sealAll()
})

const jobNamed = (name: string) => modules.flatMap(({ jobs }) => jobs).find((one) => one.name === name)!
const sealAll = () => jobNamed('evidence.seal-trail').run(house.sceneOf('attaka'), {})
const witness = () => house.outside.witnesses[0]?.name ?? ''

const source = (storage: Source['storage'] = house.outside.storage): Source => ({
  adminUrl: house.databaseUrl('admin'),
  storage,
  keptFiles,
  others: [{ name: 'witness', path: witness() }],
  attaka: '0.0.0-test',
})

let count = 0
const fresh = () => join(folder, `backup-${++count}`)

/** An empty database on the same server, in place of an empty machine. */
async function emptyPlace() {
  const name = `${new URL(house.databaseUrl('admin')).pathname.slice(1)}_r${++count}`
  const url = (login: 'admin' | 'attaka_owner' | 'app') => {
    const other = new URL(house.databaseUrl(login))
    other.pathname = `/${name}`
    return other.href
  }
  await house.sql(`create database ${name} owner attaka_owner template template0
    encoding 'UTF8' locale_provider icu icu_locale 'ja-JP' locale 'C.UTF-8'`)
  cleanUps.push(() => house.sql(`drop database if exists ${name} with (force)`))
  await ask(url('admin'), 'create extension pg_trgm')
  const stored = new Map<string, Buffer>()
  const storage = {
    put: async (key: string, body: AsyncIterable<Uint8Array>) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of body) chunks.push(chunk)
      stored.set(key, Buffer.concat(chunks))
    },
  }
  return { url, stored, storage }
}

type Place = Awaited<ReturnType<typeof emptyPlace>>

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

const restore = async (from: string, place: Place) =>
  restoreBackup(from, await checkBackup(from), {
    adminUrl: place.url('admin'),
    storage: place.storage as never,
    prepare: (migrations) => prepareEarlier(place.url('attaka_owner'), migrations),
  })

/** A hash of the rows of every table, taken in another way than a backup takes it. */
async function fingerprints(url: string): Promise<Record<string, string>> {
  const tables = await ask<{ name: string }>(
    url,
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'jobs') and c.relkind in ('r', 'p') order by 1`,
  )
  const found: Record<string, string> = {}
  // The queue notes there when it last looked after itself, in the house that goes on running too.
  for (const { name } of tables.filter((table) => table.name !== 'jobs.version')) {
    const [row] = await ask<{ hash: string }>(
      url,
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as hash from ${name} t`,
    )
    found[name] = row?.hash ?? ''
  }
  return found
}

/** Rights, policies, constraints, indexes and functions: the whole shape. */
const shapeOf = (url: string) =>
  ask(
    url,
    `select 'right ' || c.relname || ' ' || coalesce(c.relacl::text, '') as it from pg_class c where relnamespace = 'public'::regnamespace
     union all select 'policy ' || p.polname || pg_get_expr(p.polqual, p.polrelid) from pg_policy p
     union all select 'constraint ' || conname || pg_get_constraintdef(oid) from pg_constraint where connamespace in ('public'::regnamespace, 'jobs'::regnamespace)
     union all select 'index ' || indexdef from pg_indexes where schemaname in ('public', 'jobs')
     union all select 'function ' || p.proname || md5(p.prosrc) from pg_proc p where pronamespace in ('public'::regnamespace, 'jobs'::regnamespace)
     union all select 'owner ' || c.relname || ' ' || relowner::regrole from pg_class c where relnamespace in ('public'::regnamespace, 'jobs'::regnamespace)
     order by 1`,
  )

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Every row that names bytes has them, and they are the right ones. */
async function expectFilesWhole({ url, stored }: Place) {
  const rows = await ask<{ key: string; sha256: string }>(url('admin'), keptFiles)
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(sha256(stored.get(row.key) ?? Buffer.from('missing')), row.key).toBe(row.sha256)
  expect(stored.size).toBe(rows.length)
  return rows.length
}

/** Foreign keys were not checked while rows were filled in: now they are. */
async function expectKeysHold(url: string) {
  const keys = await ask<{ drop: string; add: string }>(
    url,
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
            format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  )
  expect(keys.length).toBeGreaterThan(20)
  for (const { drop, add } of keys) await ask(url, `begin; ${drop}; ${add}; commit`)
}

describe('a restore drill', () => {
  test('gives back every table, every file, the jobs that wait and the whole shape', async () => {
    // As on another day: a part that today's program would not make by itself, with a row.
    await house.sql(
      `create table jobs.queue_stats_20200101 partition of jobs.queue_stats for values from ('2020-01-01') to ('2020-01-02')`,
    )
    await house.sql('alter table jobs.queue_stats_20200101 owner to attaka_owner')
    cleanUps.push(() => house.sql('drop table jobs.queue_stats_20200101'))
    await house.sql("insert into jobs.queue_stats (name, captured_on) values ('people.sweep', '2020-01-01T12:00:00Z')")
    await house.sql(`insert into jobs.job (name, data) values ('people.sweep', '{"tenant":"attaka"}')`)
    const to = fresh()
    const { manifest, lost } = await takeBackup(source(), to)
    expect(lost).toEqual([])
    expect(manifest.tables.length).toBeGreaterThan(60)

    const place = await emptyPlace()
    await restore(to, place)
    const [here, there] = [await fingerprints(house.databaseUrl('admin')), await fingerprints(place.url('admin'))]
    expect(Object.keys(here).length).toBeGreaterThan(60)
    expect(there).toEqual(here)
    expect(here['jobs.queue_stats']).toMatch(/^1 /)
    expect(await shapeOf(place.url('admin'))).toEqual(await shapeOf(house.databaseUrl('admin')))
    await expectFilesWhole(place)
    await expectKeysHold(place.url('admin'))
    expect(
      await ask(place.url('admin'), "select 1 from jobs.job where name = 'people.sweep' and state = 'created'"),
    ).not.toEqual([])

    // The trail is as it was sealed there too, and goes on being sealed.
    const kept = join(folder, `witness-${count}`)
    expect(await restoreOthers(to, manifest, [{ name: 'witness', path: kept }])).toEqual([])
    const database = openDatabase(place.url('app'), { size: 2, log: () => undefined })
    cleanUps.push(() => database.close())
    const verdict = await database.frozen('attaka', (db) => verifyTrail(trailIn(db), 'attaka', [folderWitness(kept)]))
    expect(verdict).toMatchObject({ faults: [], untold: 0 })
    expect(verdict.sealed).toBeGreaterThan(10)
  }, 120_000)

  test('of a backup that an earlier program made gives back that shape, which then becomes today’s', async () => {
    const today = await ask<{ module: string; name: string; sha256: string }>(
      house.databaseUrl('admin'),
      'select module, name, sha256 from migration',
    )
    const earlier = today.filter(({ module }) => module !== 'evidence')
    const old = await emptyPlace()
    await prepareEarlier(old.url('attaka_owner'), earlier)
    await addTenants(old.url('attaka_owner'), demonstrationTenants)
    const to = fresh()
    const { manifest } = await takeBackup({ ...source(), adminUrl: old.url('admin') }, to)
    expect(manifest.tables.map(({ name }) => name)).not.toContain('audit_leaf')

    const place = await emptyPlace()
    await restore(to, place)
    expect(await fingerprints(place.url('admin'))).toEqual(await fingerprints(old.url('admin')))
    await prepareDatabase(place.url('attaka_owner'))
    expect(await shapeOf(place.url('admin'))).toEqual(await shapeOf(house.databaseUrl('admin')))
    expect(await ask(place.url('admin'), 'select tenant from tenant order by ordinal')).toHaveLength(
      demonstrationTenants.length,
    )
  }, 120_000)

  test('while filings arrive and files are given up: what is restored is whole, and of one moment', async () => {
    const filed: string[] = []
    let stop = false
    const clerk = (async () => {
      for (let n = 0; !stop; n++) {
        const { number } = await fileOnce(house.browser(), `himitsu7f3-${n}`)
        filed.push(number)
        await sealAll()
      }
    })()
    while (filed.length < 2) await new Promise((done) => setTimeout(done, 20))
    const before = [...filed]

    const doomed = await house.sql<{ tenant: string; id: string; key: string }>(
      'select tenant, id, storage_key as key from file where released_at is null order by id limit 1',
    )
    let removals = 0
    const storage = {
      get: async (key: string) => {
        // In the middle of the copying a file is given up, and those who remove bytes come by.
        if (removals++ === 0) {
          await house.sql('update file set released_at = $1 where id = $2', [new Date(0), doomed[0]?.id])
          await jobNamed('files.remove-released').run(house.sceneOf('attaka'), { id: doomed[0]?.id })
          await jobNamed('files.sweep-staged').run(house.sceneOf('attaka'), {})
        }
        return house.outside.storage.get(key)
      },
    }
    const to = fresh()
    const { manifest, lost } = await takeBackup(source(storage), to)
    stop = true
    await clerk
    expect(lost).toEqual([])
    expect(filed.length).toBeGreaterThan(before.length)

    const place = await emptyPlace()
    await restore(to, place)
    const restored = (await ask<{ number: string }>(place.url('admin'), 'select number from filing')).map(
      ({ number }) => number,
    )
    expect(restored).toEqual(expect.arrayContaining(before))
    // One moment: of the filings that came meanwhile the first ones, and none after one that is missing.
    const during = filed.map((number) => restored.includes(number))
    expect(during.lastIndexOf(true)).toBeLessThan(during.includes(false) ? during.indexOf(false) : Infinity)
    await expectFilesWhole(place)
    expect(place.stored.has(doomed[0]?.key ?? '')).toBe(true)
    await expectKeysHold(place.url('admin'))
    expect(manifest.files.count).toBe(place.stored.size)

    const kept = join(folder, `witness-${count}`)
    await restoreOthers(to, manifest, [{ name: 'witness', path: kept }])
    const database = openDatabase(place.url('app'), { size: 2, log: () => undefined })
    cleanUps.push(() => database.close())
    expect(
      (await database.frozen('attaka', (db) => verifyTrail(trailIn(db), 'attaka', [folderWitness(kept)]))).faults,
    ).toEqual([])

    // The backup is over: now the bytes go.
    await jobNamed('files.remove-released').run(house.sceneOf('attaka'), { id: doomed[0]?.id })
    expect(await house.outside.storage.get(doomed[0]?.key ?? '')).toBeNull()
  }, 120_000)
})

describe('a backup', () => {
  let whole: string
  let manifest: Manifest
  beforeAll(async () => {
    whole = fresh()
    manifest = (await takeBackup(source(), whole)).manifest
  })

  const refusal = (path: string) =>
    checkBackup(path).then(
      () => null,
      (error: unknown) => (error instanceof BackupRefused ? error.message : Promise.reject(error)),
    )

  test('with one bit of any file flipped is refused', async () => {
    const paths = (await filesIn(whole)).filter((path) => readFileSync(join(whole, path)).length > 0)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 7 }),
        async (path, where, bit) => {
          const bytes = readFileSync(join(whole, path))
          const at = Math.min(bytes.length - 1, Math.floor(where * bytes.length))
          const flipped = Buffer.from(bytes)
          flipped[at]! ^= 1 << bit
          try {
            writeFileSync(join(whole, path), flipped)
            expect(await refusal(whole), `${path} at ${at}`).toMatch(/altered|damaged|not whole|not a backup|newer/)
          } finally {
            writeFileSync(join(whole, path), bytes)
          }
        },
      ),
      { numRuns: Number(process.env.BIT_FLIPS ?? 250) },
    )
    expect(await refusal(whole)).toBeNull()
  }, 300_000)

  test('that lacks a file, has a cut one or a foreign one, or no manifest, is refused in a sentence', async () => {
    const paths = await filesIn(whole)
    for (const [at, path] of paths.entries()) {
      // Every part once, in one of three ways.
      const file = join(whole, path)
      const bytes = readFileSync(file)
      if (at % 3 === 0 || bytes.length === 0) rmSync(file)
      else if (at % 3 === 1) writeFileSync(file, bytes.subarray(0, -1))
      else writeFileSync(`${file}.more`, 'foreign')
      expect(await refusal(whole), path).toMatch(/not whole|altered|not a finished backup|not a backup/)
      rmSync(`${file}.more`, { force: true })
      writeFileSync(file, bytes)
    }
    expect(await refusal(whole)).toBeNull()
    const foreign = fresh()
    mkdirSync(foreign)
    expect(await refusal(foreign)).toContain('it has no manifest.json')
    writeFileSync(join(foreign, 'manifest.json'), '{"name":"something else"}')
    expect(await refusal(foreign)).toContain('is not a backup of Attaka')
    expect(await refusal(join(folder, 'nowhere'))).toContain('not a finished backup')
  }, 120_000)

  test.each([
    ['out of the folder', '../../up'],
    ['to the root', '/etc/attaka'],
    ['through a step back', 'attaka/../../up'],
    ['to what storage wouldn’t take', 'attaka/UP.txt'],
    ['to nothing', ''],
  ])('whose list of files leads %s is refused, rightly hashed or not, before anything is written', async (_, key) => {
    const hostile = fresh()
    cpSync(whole, hostile, { recursive: true })
    const bytes = 'hostile'
    const saved = { key, size: bytes.length, sha256: sha256(Buffer.from(bytes)) }
    // Whoever made it has laid the bytes where the name leads, and hashed all of it anew.
    const there = join(hostile, 'files', key)
    if (key && there.startsWith(folder)) {
      mkdirSync(dirname(there), { recursive: true })
      writeFileSync(there, bytes)
    }
    const manifest = JSON.parse(readFileSync(join(hostile, 'manifest.json'), 'utf8')) as { body: Manifest }
    const list = join(hostile, manifest.body.files.path)
    writeFileSync(list, `${readFileSync(list, 'utf8')}${JSON.stringify(saved)}\n`)
    const text = readFileSync(list)
    const files = {
      ...manifest.body.files,
      size: text.length,
      sha256: sha256(text),
      count: 1 + manifest.body.files.count,
    }
    const body = { ...manifest.body, files }
    const signed = { body, sha256: sha256(Buffer.from(JSON.stringify(body))) }
    writeFileSync(join(hostile, 'manifest.json'), `${JSON.stringify(signed)}\n`)
    expect(await refusal(hostile)).toContain('names what is no kept file')
    const place = await emptyPlace()
    await expect(restore(hostile, place)).rejects.toThrow(BackupRefused)
    expect(place.stored.size).toBe(0)
    expect(await ask(place.url('admin'), "select 1 from pg_class where relnamespace = 'public'::regnamespace")).toEqual(
      [],
    )
  })

  test('that was interrupted has no manifest, and its folder is not taken again', async () => {
    const to = fresh()
    const broken = { get: () => Promise.reject(new Error('the storage is away')) }
    await expect(takeBackup(source(broken), to)).rejects.toThrow('the storage is away')
    expect(existsSync(join(to, 'manifest.json'))).toBe(false)
    expect(readdirSync(to).length).toBeGreaterThan(0)
    expect(await refusal(to)).toContain('not a finished backup')
    await expect(takeBackup(source(), to)).rejects.toThrow('is not empty')
    // Nobody waits for it any more.
    expect(
      await house.sql("select 1 from pg_locks where locktype = 'advisory' and granted and objid = $1", [
        locks.removals,
      ]),
    ).toEqual([])
  })

  test('of a folder with names that people give is restored with them; with one that can’t be, none is taken', async () => {
    const home = join(folder, 'named')
    mkdirSync(home)
    writeFileSync(join(home, '控え（11月分） & "写し".txt'), 'kept')
    const named = { ...source(), others: [{ name: 'witness', path: home }] }
    const to = fresh()
    await takeBackup(named, to)
    expect(await refusal(to)).toBeNull()
    const back = join(folder, 'named-back')
    const { manifest } = await checkBackup(to)
    expect(await restoreOthers(to, manifest, [{ name: 'witness', path: back }])).toEqual([])
    expect(readdirSync(back)).toEqual(readdirSync(home))

    for (const name of ['a\nb', 'a\\b']) {
      writeFileSync(join(home, name), 'hostile')
      const none = fresh()
      await expect(takeBackup(named, none)).rejects.toThrow(`can't be restored under such a name`)
      expect(await refusal(none)).toContain('not a finished backup')
      rmSync(join(home, name))
    }
  })

  test('names what the storage had lost before, and is whole all the same', async () => {
    const [lostOne] = await house.sql<{ key: string }>(
      'select storage_key as key from file where released_at is null limit 1',
    )
    const storage = { get: async (key: string) => (key === lostOne?.key ? null : house.outside.storage.get(key)) }
    const to = fresh()
    const { lost } = await takeBackup(source(storage), to)
    expect(lost).toMatchObject([{ key: lostOne?.key, missing: true }])
    expect(await refusal(to)).toBeNull()
  })

  test('is not restored over data, nor by a program of another shape', async () => {
    await expect(assertEmptyDatabase(house.databaseUrl('admin'), 'here')).rejects.toThrow('holds data')
    const place = await emptyPlace()
    await assertEmptyDatabase(place.url('admin'), 'there')
    const checked = await checkBackup(whole)
    const into = (changed: Partial<Manifest>) =>
      restoreBackup(
        whole,
        { ...checked, manifest: { ...manifest, ...changed } },
        {
          adminUrl: place.url('admin'),
          storage: place.storage as never,
          prepare: (migrations) => prepareEarlier(place.url('attaka_owner'), migrations),
        },
      )
    const stranger = { module: 'people', name: '2030-01-01-flying-cars.sql', sha256: '0'.repeat(64) }
    await expect(into({ migrations: [...manifest.migrations, stranger] })).rejects.toThrow('does not know')
    await expect(into({ jobs: 1 })).rejects.toThrow('job tables of version 1')
    const [first, ...tables] = manifest.tables
    await expect(into({ tables: [{ ...first!, columns: ['other'] }, ...tables] })).rejects.toThrow(
      'are not those of this Attaka',
    )
    await expect(into({ tables: [{ ...first!, rows: first!.rows + 1 }, ...tables] })).rejects.toThrow(
      'is not what was saved',
    )
    // Nothing of all that stayed.
    expect(await ask(place.url('admin'), 'select 1 from audit limit 1')).toEqual([])
  }, 60_000)
})
