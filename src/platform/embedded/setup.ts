import pg from 'pg'
import type { ServerRecord } from './record.ts'

/** The address of the server's database `attaka`, by its port or by the socket in a folder. sslmode is said, so that no PGSSLMODE in the environment says otherwise. */
const address = (user: string, password: string, port: number, socket: string | null = null) =>
  `postgres://${user}:${password}@127.0.0.1:${port}/attaka?sslmode=disable${socket ? `&host=${encodeURIComponent(socket)}` : ''}`

export type Addresses = { adminUrl: string; ownerUrl: string; appUrl: string }

/** The three logins' addresses of the database `attaka`. The application's own, which says most, comes by the socket. */
export const addresses = (passwords: ServerRecord['passwords'], port: number, socket: string | null): Addresses => ({
  adminUrl: address('postgres', passwords.admin, port),
  ownerUrl: address('attaka_owner', passwords.owner, port),
  appUrl: address('app', passwords.app, port, socket),
})

/** The same login's address of another database on the same server. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(database)}`
  return other.href
}

/**
 * Makes the two logins and the database where they are missing, and puts their rights and passwords right where they
 * are not. Every step may be repeated, so a start may be killed between any two.
 */
export async function setUp({ adminUrl }: Addresses, passwords: ServerRecord['passwords']): Promise<void> {
  await connected(withDatabase(adminUrl, 'postgres'), async (client) => {
    for (const [role, password] of [
      ['attaka_owner', passwords.owner],
      ['app', passwords.app],
    ] as const) {
      const known = await client.query('select from pg_roles where rolname = $1', [role])
      if (known.rowCount === 0) await client.query(`create role ${role}`)
      await client.query(
        `alter role ${role} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '${password}'`,
      )
    }
    const made = await client.query("select from pg_database where datname = 'attaka'")
    if (made.rowCount === 0) await client.query('create database attaka owner attaka_owner template template0')
    await client.query('revoke connect on database postgres from public')
    await client.query('revoke connect, temporary on database attaka from public')
    await client.query('grant connect on database attaka to app')
  })
  await connected(adminUrl, async (client) => {
    await client.query('create extension if not exists pg_trgm')
  })
}

/**
 * Looks as the application's own login whether the server keeps its promises.
 * @param except settings that the caller changed on purpose
 * @throws one sentence that names what is wrong
 */
export async function checkPromises({ appUrl }: Addresses, except: readonly string[]): Promise<void> {
  await connected(appUrl, async (client) => {
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums']) {
      if (except.includes(setting)) continue
      const { rows } = await client.query('select current_setting($1) as value', [setting])
      if (rows[0].value !== 'on') throw new Error(`The database setting ${setting} is ${rows[0].value}; it must be on.`)
    }
    const { rows } = await client.query(`
      select show_trgm('三重県') <> '{}' as trigrams, rolsuper or rolbypassrls as mighty
      from pg_roles where rolname = current_user`)
    if (!rows[0].trigrams) throw new Error('The database finds no trigrams in Japanese: its LC_CTYPE must be C.UTF-8.')
    if (rows[0].mighty) throw new Error('The login "app" may bypass row-level security; it must not.')
  })
}

async function connected(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
