import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { databaseProcesses } from './embedded/processes.ts'
import { type EmbeddedOptions, type EmbeddedServer, startEmbeddedServer } from './embedded-postgres.ts'

const asRoot = process.getuid?.() === 0
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** A folder for one test. What lives in it when the test ends is ended. */
function folder(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'attaka-test-')))
  chmodSync(path, 0o755)
  cleanUps.push(() => {
    for (const pid of serversIn(path)) process.kill(pid, 'SIGKILL')
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  })
  return path
}

const serversIn = (path: string) => databaseProcesses((args) => args.some((arg) => arg.includes(path)))

async function start(dataDir: string, more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dataDir, log: () => {}, lockWaitMs: 2_000, ...more })
  cleanUps.push(() => server.stop())
  return server
}

async function ask(url: string, text: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query({ text, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

const postmasterOf = (server: EmbeddedServer) =>
  Number(readFileSync(join(server.where, 'postmaster.pid'), 'utf8').split('\n')[0])

/** An application of its own that starts the server, then writes rows and says each once it is committed. */
function application(dataDir: string, round = 0): { child: ChildProcess; said: string[] } {
  const program = `
    import pg from 'pg'
    import { startEmbeddedServer } from ${JSON.stringify(new URL('./embedded-postgres.ts', import.meta.url).href)}
    try {
      const { ownerUrl } = await startEmbeddedServer({ dataDir: ${JSON.stringify(dataDir)}, log() {}, lockWaitMs: 500 })
      const client = new pg.Client({ connectionString: ownerUrl })
      await client.connect()
      await client.query('create table if not exists kept (name text primary key)')
      console.log('ready')
      for (let n = 1; ; n++) {
        await client.query('insert into kept values ($1)', ['${round}-' + n])
        console.log('${round}-' + n)
      }
    } catch (error) {
      console.log(error.message)
      process.exit(1)
    }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  cleanUps.push(() => child.kill('SIGKILL'))
  const said: string[] = []
  let rest = ''
  child.stdout!.setEncoding('utf8').on('data', (piece: string) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!
    said.push(...lines)
  })
  return { child, said }
}

async function kill(child: ChildProcess) {
  child.kill('SIGKILL')
  // "close" comes after the last line that it said.
  await once(child, 'close')
}

async function until(what: () => boolean, withinMs = 15_000) {
  const deadline = Date.now() + withinMs
  while (!what()) {
    if (Date.now() > deadline) throw new Error(`waited too long for ${what}`)
    await sleep(20)
  }
}

/** How somebody came in: from an address, or by the socket. */
const way = "select coalesce(host(inet_client_addr()), 'socket')"

describe('an embedded server', () => {
  test('is durable, speaks Japanese, answers only this machine and lends logins with few rights', async () => {
    const dataDir = folder()
    const server = await start(join(dataDir, 'data'))
    expect(server.where).toBe(join(dataDir, 'data', 'postgres'))
    // A checkout in a folder of root's own is copied from, and said so; nothing else is to be said.
    expect(server.notes.filter((note) => !note.includes('in node_modules'))).toEqual([])
    const show = async (name: string) => (await ask(server.appUrl, `show ${name}`))[0]![0]
    expect(await show('server_version')).toMatch(/^18\./)
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums']) {
      expect([setting, await show(setting)]).toEqual([setting, 'on'])
    }
    expect(await show('listen_addresses')).toBe('127.0.0.1')
    expect(await ask(server.adminUrl, way)).toEqual([['127.0.0.1']])
    expect(await ask(server.appUrl, way)).toEqual([['socket']])
    expect(await ask(server.appUrl, "select show_trgm('三重県') <> '{}'")).toEqual([[true]])
    const shape = `select datname, datlocprovider, datlocale, datctype, datdba::regrole::text from pg_database where datname = current_database()`
    expect(await ask(server.appUrl, shape)).toEqual([['attaka', 'i', 'ja-JP', 'C.UTF-8', 'attaka_owner']])

    const rights =
      'select current_user::text, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user'
    expect(await ask(server.appUrl, rights)).toEqual([['app', false, false, false, false]])
    expect(await ask(server.ownerUrl, rights)).toEqual([['attaka_owner', false, false, false, false]])
    await expect(ask(server.appUrl, 'create table mine ()')).rejects.toThrow('permission denied')
    await expect(ask(server.appUrl, 'set role attaka_owner')).rejects.toThrow('permission denied')
    await expect(ask(server.appUrl.replace(/:[\w-]+@/, ':guessed@'), 'select 1')).rejects.toThrow(
      'password authentication',
    )
    expect(statSync(join(dataDir, 'data', 'database.json')).mode & 0o777).toBe(0o600)
  })

  test('is reached by its port alone where the path to a socket would be too long', async () => {
    const dataDir = join(folder(), 'ながい'.repeat(9))
    const server = await start(dataDir)
    expect(await ask(server.appUrl, way)).toEqual([['127.0.0.1']])
  })

  test('has its socket in a folder of its own, whatever its path is made of', async () => {
    const dataDir = join(folder(), 'town, trial "あ" %41')
    const server = await start(dataDir)
    expect(await ask(server.appUrl, way)).toEqual([['socket']])
  })

  test('leaves alone what else is called so, and listens on its port', async () => {
    const file = folder()
    writeFileSync(join(file, 'socket'), 'mine')
    expect(await ask((await start(file)).appUrl, way)).toEqual([['127.0.0.1']])
    expect(readFileSync(join(file, 'socket'), 'utf8')).toBe('mine')
    const kept = folder()
    mkdirSync(join(kept, 'socket'))
    writeFileSync(join(kept, 'socket', 'thesis.txt'), 'mine')
    expect(await ask((await start(kept)).appUrl, way)).toEqual([['socket']])
    expect(readFileSync(join(kept, 'socket', 'thesis.txt'), 'utf8')).toBe('mine')
  })

  test('starts without a socket where none can be made', async () => {
    const dataDir = folder()
    const first = await start(dataDir)
    await first.stop()
    // A folder in the place of its lock file stands for a machine that has no sockets there.
    const lock = `.s.PGSQL.${new URL(first.appUrl).port}.lock`
    mkdirSync(join(dataDir, 'socket', lock, 'full'), { recursive: true })
    expect(await ask((await start(dataDir)).appUrl, way)).toEqual([['127.0.0.1']])
  })

  test('starts again without a socket where the server can’t make one', async () => {
    const server = await start(folder(), { postgresFlags: { unix_socket_group: 'nobody-is-in-this' } })
    expect(await ask(server.appUrl, way)).toEqual([['127.0.0.1']])
  })

  test('keeps data, port and passwords from one start to the next', async () => {
    const dataDir = folder()
    const first = await start(dataDir)
    await ask(first.ownerUrl, "create table kept (name text); insert into kept values ('川沿い')")
    await first.stop()
    expect(serversIn(dataDir)).toEqual([])
    const second = await start(dataDir)
    expect(second.ownerUrl).toBe(first.ownerUrl)
    expect(await ask(second.ownerUrl, 'select name from kept')).toEqual([['川沿い']])
  })

  test('makes new passwords when database.json was lost, and keeps the data', async () => {
    const dataDir = folder()
    const first = await start(dataDir)
    await ask(first.ownerUrl, 'create table kept ()')
    await first.stop()
    rmSync(join(dataDir, 'database.json'))
    const second = await start(dataDir)
    expect(second.adminUrl).not.toBe(first.adminUrl)
    expect(await ask(second.ownerUrl, 'select count(*)::int from kept')).toEqual([[0]])
  })

  test('is refused a second time on the same folder, in a sentence with the folder and the process', async () => {
    const dataDir = folder()
    await start(dataDir)
    const second = startEmbeddedServer({ dataDir, log: () => {}, lockWaitMs: 100 })
    await expect(second).rejects.toThrow(`already running on the data folder ${dataDir} (process ${process.pid})`)
  })

  test('is started by exactly one of three that begin at the same instant', async () => {
    const dataDir = folder()
    const all = [1, 2, 3].map((round) => application(dataDir, round))
    await until(() => all.every(({ said }) => said.length > 0))
    const words = all.map(({ said }) => said[0])
    expect(words.filter((word) => word === 'ready')).toHaveLength(1)
    expect(
      words.filter((word) => word?.includes(`already running on the data folder ${dataDir} (process `)),
    ).toHaveLength(2)
  })
})

describe('killed at any moment', () => {
  test('an application loses no row that it had said was kept, and keeps none twice', async () => {
    const dataDir = folder()
    const said: string[] = []
    const rounds = 12
    for (let round = 1; round <= rounds; round++) {
      const app = application(dataDir, round)
      // The early rounds die somewhere in initdb and setting up; every third gets as far as writing.
      if (round % 3 === 0) await until(() => app.said.length > 1)
      await sleep(Math.random() * (round % 3 === 0 ? 200 : 150 * round))
      await kill(app.child)
      said.push(...app.said.filter((line) => line !== 'ready'))
    }
    expect(said.length).toBeGreaterThan(rounds / 3)
    expect(said.filter((line) => !/^\d+-\d+$/.test(line))).toEqual([])

    const server = await start(dataDir)
    const kept = (await ask(server.ownerUrl, 'select name from kept')).flat() as string[]
    expect(said.filter((name) => !kept.includes(name))).toEqual([])
    // Committed, but killed before it could say so: at most the last of a round.
    expect(kept.length - said.length).toBeLessThanOrEqual(rounds)
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres.new'))).toEqual([])
    expect(serversIn(dataDir)).toEqual([postmasterOf(server)])
  })

  test('an initdb that was left half done is ended, cleared away and begun anew', async () => {
    const dataDir = folder()
    const drafts = () => readdirSync(dataDir).filter((name) => name.startsWith('postgres.new'))
    const app = application(dataDir)
    await until(() => drafts().length > 0 && serversIn(dataDir).length > 0)
    await kill(app.child)
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
    const server = await start(dataDir)
    expect(drafts()).toEqual([])
    expect(await ask(server.appUrl, 'select 1')).toEqual([[1]])
  })

  test('a server that was killed together with its application comes back with its rows', async () => {
    const dataDir = folder()
    const app = application(dataDir)
    await until(() => app.said.length > 5)
    const note = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
    process.kill(Number(note.split('\n')[0]), 'SIGKILL')
    await kill(app.child)
    const server = await start(dataDir)
    const kept = (await ask(server.ownerUrl, 'select name from kept')).flat()
    expect(kept).toEqual(expect.arrayContaining(app.said.slice(1).filter((line) => /^\d+-\d+$/.test(line))))
  })

  test('what a killed server left of its socket keeps no other from starting', async () => {
    const dataDir = folder()
    const first = await start(dataDir)
    await first.stop()
    // The number in it is that of a process that lives, as after a restart of the machine.
    const port = new URL(first.appUrl).port
    writeFileSync(join(dataDir, 'socket', `.s.PGSQL.${port}.lock`), `${process.pid}\n`)
    const second = await start(dataDir)
    expect(await ask(second.appUrl, 'select 1')).toEqual([[1]])
  })

  test('a server is started again on the same port while its application lives, again and again', async () => {
    const dataDir = folder()
    const changes: string[] = []
    const server = await start(dataDir, { onChange: (state) => changes.push(state) })
    await ask(server.ownerUrl, 'create table kept (n int)')
    for (let n = 1; n <= 3; n++) {
      await ask(server.ownerUrl, `insert into kept values (${n})`)
      // Busy without ever waiting: this backend does not notice by itself that its postmaster is gone.
      const busy = ask(server.ownerUrl, 'do $$ begin loop end loop; end $$').catch((error: Error) => error)
      await sleep(100)
      process.kill(postmasterOf(server), 'SIGKILL')
      await until(() => changes.length === 2 * n)
      expect(await busy).toBeInstanceOf(Error)
      expect(await ask(server.ownerUrl, 'select count(*)::int from kept')).toEqual([[n]])
    }
    expect(changes).toEqual(['down', 'up', 'down', 'up', 'down', 'up'])
    await server.stop()
    expect(serversIn(dataDir)).toEqual([])
    expect(changes).toHaveLength(6)
  })

  test('a stop while the server is being brought back leaves nothing running and frees the folder', async () => {
    const dataDir = folder()
    const server = await start(dataDir)
    process.kill(postmasterOf(server), 'SIGKILL')
    await sleep(30)
    await server.stop()
    expect(serversIn(dataDir)).toEqual([])
    await start(dataDir, { lockWaitMs: 0 })
  })
})

describe.runIf(asRoot)('a data folder that only root can enter', () => {
  // The first to be registered is the last to be done: after the server has stopped.
  const remove = (where: string) => cleanUps.unshift(() => rmSync(dirname(where), { recursive: true, force: true }))

  test('gets its database elsewhere, says where, and finds it again', async () => {
    const closed = folder()
    chmodSync(closed, 0o700)
    const dataDir = join(closed, 'data')
    const first = await start(dataDir)
    remove(first.where)
    expect(first.where).not.toContain(closed)
    expect(first.notes.join()).toContain(first.where)
    expect(first.notes.join()).toContain(dataDir)
    await ask(first.ownerUrl, 'create table kept ()')
    await first.stop()

    const second = await start(dataDir)
    expect(second.where).toBe(first.where)
    expect(await ask(second.ownerUrl, 'select count(*)::int from kept')).toEqual([[0]])
    await second.stop()

    rmSync(dirname(first.where), { recursive: true })
    await expect(start(dataDir)).rejects.toThrow(`kept in ${dirname(first.where)}, which is gone`)
  })

  test('takes along the data that it already holds', async () => {
    const closed = folder()
    const first = await start(join(closed, 'data'))
    await ask(first.ownerUrl, 'create table kept ()')
    await first.stop()
    chmodSync(closed, 0o700)
    const second = await start(join(closed, 'data'))
    remove(second.where)
    expect(second.where).not.toContain(closed)
    expect(await ask(second.ownerUrl, 'select count(*)::int from kept')).toEqual([[0]])
  })
})
