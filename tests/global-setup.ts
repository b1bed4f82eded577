import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { demonstrationTenants } from '../src/demonstration.ts'
import { addTenants, openHouse, prepareDatabase, seedTenant } from '../src/house.ts'
import { startEmbeddedServer } from '../src/platform/embedded-postgres.ts'
import { openLog } from '../src/platform/log.ts'
import { testOutside } from './outside.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    server: Server
  }
}

/** How tests reach the server: an administrator's address, and the passwords of the two logins. */
export type Server = { adminUrl: string; ownerPassword: string; appPassword: string; template: string }

/**
 * One server per run: the embedded PostgreSQL, or the one of TEST_DATABASE_URL (an administrator's address).
 * One template database, migrated and seeded once; each test file clones it.
 */
export default async function setup(project: TestProject) {
  const given = process.env.TEST_DATABASE_URL
  const folder = mkdtempSync(join(tmpdir(), 'attaka-test-'))
  // Else the server's own user can't enter, and the database would be put elsewhere.
  chmodSync(folder, 0o755)
  // What tests and the programs they start put aside lies in here, and goes with it, however they end.
  process.env.TMPDIR = folder
  const embedded = given ? null : await startEmbeddedServer({ dataDir: join(folder, 'server'), log: () => {} })
  const adminUrl = given ?? embedded?.adminUrl ?? ''
  const name = `attaka_${randomBytes(5).toString('hex')}`
  const server: Server = {
    adminUrl,
    ownerPassword: passwordOf(embedded?.ownerUrl) ?? randomBytes(16).toString('hex'),
    appPassword: passwordOf(embedded?.appUrl) ?? randomBytes(16).toString('hex'),
    template: `${name}_template`,
  }
  await withAdmin(adminUrl, async (admin) => {
    if (given) {
      await ensureLogin(admin, 'attaka_owner', server.ownerPassword)
      await ensureLogin(admin, 'app', server.appPassword)
    }
    await admin.query(
      `create database ${server.template} owner attaka_owner template template0
       encoding 'UTF8' locale_provider icu icu_locale 'ja-JP' locale 'C.UTF-8'`,
    )
  })
  await withAdmin(loginUrl(server, 'admin', server.template), (admin) =>
    admin.query('create extension if not exists pg_trgm'),
  )
  await fillTemplate(server, folder)
  project.provide('server', server)
  return async () => {
    await withAdmin(adminUrl, async (admin) => {
      const { rows } = await admin.query<{ datname: string }>('select datname from pg_database where datname like $1', [
        `${name}%`,
      ])
      for (const { datname } of rows) await admin.query(`drop database if exists ${datname} with (force)`)
    }).catch(() => undefined)
    await embedded?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

async function fillTemplate(server: Server, folder: string) {
  const ownerUrl = loginUrl(server, 'attaka_owner', server.template)
  await prepareDatabase(ownerUrl)
  await addTenants(ownerUrl, demonstrationTenants)
  const house = await openHouse({
    appUrl: loginUrl(server, 'app', server.template),
    outside: testOutside(join(folder, 'outside')),
    assets: { style: '/assets/app.css', script: '/assets/app.js' },
    clientFolder: folder,
    log: openLog('silent'),
  })
  try {
    for (const { tenant } of demonstrationTenants) await seedTenant(house, tenant)
    await house.settle()
  } finally {
    // A template with an open connection can't be cloned.
    await house.close()
  }
}

/** The address of a login in one database of the test server. */
export function loginUrl(server: Server, login: 'admin' | 'attaka_owner' | 'app', database: string): string {
  const url = new URL(server.adminUrl)
  url.pathname = `/${database}`
  if (login !== 'admin') {
    url.username = login
    url.password = login === 'app' ? server.appPassword : server.ownerPassword
  }
  return url.toString()
}

async function ensureLogin(admin: pg.Client, name: string, password: string) {
  await admin.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${name}') then create role ${name} login; end if; end $$`)
  await admin.query(`alter role ${name} login password '${password}'`)
}

async function withAdmin(url: string, work: (admin: pg.Client) => Promise<unknown>) {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

const passwordOf = (url: string | undefined) => (url ? decodeURIComponent(new URL(url).password) : null)
