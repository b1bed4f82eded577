import { execFile } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modules } from '#modules/index.ts'
import { type EmbeddedServer, startEmbeddedServer } from '#platform/embedded-postgres.ts'
import { openLog } from '#platform/log.ts'
import { readConfig } from '../src/config.ts'
import { demonstrationTenants } from '../src/demonstration.ts'
import { addTenants, openHouse, prepareDatabase } from '../src/house.ts'
import { openOutside } from '../src/outside.ts'

/** The commands that keep data and prove the trail, as an operator types them, on an embedded server of their own. */

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'attaka-keeping-'))
chmodSync(folder, 0o755)
const dataDir = join(folder, 'data')
const tenant = 'attaka'

let server: EmbeddedServer
beforeAll(async () => {
  server = await startEmbeddedServer({ dataDir, log: () => {} })
  await prepareDatabase(server.ownerUrl)
  await addTenants(server.ownerUrl, demonstrationTenants)
  writeFileSync(join(dataDir, 'secret'), 'a secret of this trial, long enough to be one')
  await write(3)
  await seal()
  await write(2)
  await seal()
}, 120_000)
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const run = (command: string, args: string[], at = dataDir) =>
  new Promise<{ code: number; said: string }>((done) => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: at }
    execFile(process.execPath, ['tools/node.mjs', command, ...args], { cwd: root, env }, (error, out, err) =>
      done({ code: error ? Number(error.code ?? 1) : 0, said: out + err }),
    )
  })

const ask = async (text: string, url = server.adminUrl) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

const write = (count: number) =>
  ask(`insert into audit (tenant, id, at, act, kind, actor_kind, subjects)
       select '${tenant}', gen_random_uuid(), now(), 'test.act', 'act', 'visitor', '[]' from generate_series(1, ${count})`)

async function seal() {
  const config = readConfig({ DATA_DIR: dataDir })
  const outside = openOutside({
    config,
    secret: 'x'.repeat(40),
    base: 'http://localhost',
    port: () => 0,
    tenants: () => [],
  })
  const house = await openHouse({
    appUrl: server.appUrl,
    outside,
    assets: { style: '', script: '' },
    clientFolder: '.',
    log: openLog('silent'),
  })
  const job = modules.flatMap(({ jobs }) => jobs).find(({ name }) => name === 'evidence.seal-trail')
  await job?.run(house.sceneOf(tenant), {})
  await house.close()
}

describe('npm run audit:verify', () => {
  test('while Attaka runs finds the trail as it was sealed, and ends with 0', async () => {
    const { code, said } = await run('audit-verify', [])
    expect(said).toContain('attaka: 5 entries in 2 checkpoints; 0 not sealed yet.\n  as it was sealed.')
    expect(said).toContain('mie: 0 entries in 0 checkpoints')
    expect(code).toBe(0)
  }, 60_000)

  test('names the first entry that was tampered with, and ends with 1', async () => {
    const [first, second] = (
      await ask(`select entry from audit_leaf where tenant = '${tenant}' order by position`)
    ).map(({ entry }) => entry as string)
    await ask(`update audit set act = 'test.other' where id in ('${second}')`)
    const altered = await run('audit-verify', ['--tenant', tenant])
    expect(altered.said).toContain(`FIRST FAULT: altered (place 1, checkpoint 1, entry ${second})`)
    expect(altered.code).toBe(1)
    await ask(`update audit set act = 'test.act' where id = '${second}'`)

    await ask('create table put_aside as select * from audit')
    await ask(`delete from audit where id = '${first}'`)
    const removed = await run('audit-verify', ['--tenant', tenant])
    expect(removed.said).toContain(`FIRST FAULT: removed (place 0, checkpoint 1, entry ${first})`)
    expect(removed.code).toBe(1)
    await ask(`insert into audit select * from put_aside where id = '${first}'; drop table put_aside`)
    expect((await run('audit-verify', [])).code).toBe(0)
  }, 120_000)

  test('that can’t compare says why in a sentence, and ends with 2', async () => {
    for (const [args, at, sentence] of [
      [['--tenant', 'nowhere'], dataDir, 'There is no tenant "nowhere"'],
      [['--kept', join(folder, 'none.json')], dataDir, 'none.json: 読めません'],
      [['--kept', 'package.json'], dataDir, 'is not the JSON of a page of seals'],
      [['--restored', 'why'], dataDir, '--restored needs --tenant'],
      [['--unheard-of'], dataDir, 'Unknown option'],
      [[], join(folder, 'nothing'), 'There is no database in'],
    ] as const) {
      const { code, said } = await run('audit-verify', [...args], at)
      expect(said).toContain(sentence)
      expect(code, said).toBe(2)
    }
  }, 120_000)
})

describe('npm run backup and npm run restore', () => {
  test('save while Attaka runs, fill an empty place, and are compared by audit:verify', async () => {
    const to = join(folder, 'backup')
    const saved = await run('backup', [to])
    expect(saved.said).toMatch(/Saved \d+ rows of \d+ tables and 0 files/)
    expect(saved.code).toBe(0)
    expect((await run('backup', [to])).said).toContain('is not empty')

    expect((await run('restore', [to, '--check'])).said).toContain('is whole')
    expect((await run('restore', [to])).said).toContain('is not empty')
    const again = join(folder, 'again')
    const restored = await run('restore', [to], again)
    expect(restored.said).toMatch(/Restored \d+ rows of \d+ tables and 0 files/)
    expect(restored.code).toBe(0)
    expect(readFileSync(join(again, 'secret'), 'utf8')).toBe(readFileSync(join(dataDir, 'secret'), 'utf8'))
    const verified = await run('audit-verify', [], again)
    expect(verified.said).toContain('attaka: 5 entries in 2 checkpoints; 0 not sealed yet.\n  as it was sealed.')
    expect(verified.code).toBe(0)

    // An older state on the folder that a witness of later times watches: told, until an operator says that it was meant.
    await write(1)
    await seal()
    rmSync(join(again, 'witness'), { recursive: true })
    cpSync(join(dataDir, 'witness'), join(again, 'witness'), { recursive: true })
    const alarm = await run('audit-verify', ['--tenant', tenant], again)
    expect(alarm.said).toContain('FIRST FAULT: removed (place 5, checkpoint 3')
    expect(alarm.code).toBe(1)
    const meant = await run('audit-verify', ['--tenant', tenant, '--restored', '試しの復元'], again)
    expect(meant.said).toContain('set back to checkpoint 2 by an operator')
    expect(meant.code).toBe(0)
  }, 180_000)

  test('refuse what is not whole before anything is touched, and a data folder whose restore was cut off', async () => {
    const to = join(folder, 'spoilt')
    expect((await run('backup', [to])).code).toBe(0)
    const part = join(to, 'tables', 'public.audit.gz')
    const bytes = readFileSync(part)
    bytes[bytes.length >> 1]! ^= 1
    writeFileSync(part, bytes)
    const target = join(folder, 'untouched')
    const { code, said } = await run('restore', [to], target)
    expect(said).toContain('was altered or damaged: tables/public.audit.gz')
    expect(code).toBe(1)
    expect(existsSync(target)).toBe(false)

    const cut = mkdtempSync(join(folder, 'cut-'))
    writeFileSync(join(cut, 'restore-unfinished'), '')
    await expect(startEmbeddedServer({ dataDir: cut, log: () => {} })).rejects.toThrow(
      'a restore that was not finished',
    )
  }, 120_000)

  test('leave a server that is not theirs to its own means', async () => {
    const env = {
      PATH: process.env.PATH,
      MODE: 'trial',
      DATABASE_URL: server.appUrl,
      DATABASE_OWNER_URL: server.ownerUrl,
    }
    const said = await new Promise<string>((done) =>
      execFile(process.execPath, ['dist/tools/backup/backup.js', 'x'], { cwd: root, env }, (_, out, err) =>
        done(out + err),
      ),
    )
    expect(said).toContain('docs/operate/backup.md')
  })
})
