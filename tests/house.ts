import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { mailSignIn } from '#core/policy.ts'
import { demonstrationPersons } from '#modules/people/index.ts'
import { openLog } from '#platform/log.ts'
import { newToken } from '#platform/sealing.ts'
import { formTokenOf } from '#web/guard.ts'
import { startSession } from '#web/sessions.ts'
import { openHouse as open } from '../src/house.ts'
import { atEnd } from './at-end.ts'
import { loginUrl } from './global-setup.ts'
import { testOutside } from './outside.ts'

type Fields = Record<string, string | readonly string[] | Blob>

let count = 0

/**
 * A whole house on a database of its own, cloned from the seeded template: the shipped application, CSRF and limits on.
 * Call it once per test file, in `beforeAll`; it is closed by itself.
 */
export async function openHouse({
  tenant = 'attaka',
  surface = 'both',
}: {
  tenant?: string
  surface?: 'public' | 'staff' | 'both'
} = {}) {
  const server = inject('server')
  const database = `${server.template.replace('template', '')}${process.pid}_${++count}`
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  await admin.query(`create database ${database} template ${server.template} owner attaka_owner`)
  const folder = mkdtempSync(join(tmpdir(), 'attaka-house-'))
  const outside = testOutside(folder)
  /** Moves when a test says so. */
  let ahead = 0
  const house = await open({
    appUrl: loginUrl(server, 'app', database),
    outside,
    assets: { style: '/assets/app.css', script: '/assets/app.js' },
    clientFolder: folder,
    log: openLog('silent'),
    clock: () => new Date(Date.now() + ahead),
    poolSize: 6,
    surface,
  })
  const connections = new Map<string, pg.Pool>()
  const connectionsOf = (login: 'admin' | 'attaka_owner' | 'app') => {
    const pool = connections.get(login) ?? new pg.Pool({ connectionString: loginUrl(server, login, database), max: 10 })
    if (!connections.has(login))
      connections.set(
        login,
        pool.on('error', () => undefined),
      )
    return pool
  }
  atEnd(async () => {
    await house.close()
    for (const pool of connections.values()) await pool.end()
    await admin.query(`drop database if exists ${database} with (force)`)
    await admin.end()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A browser of one visitor: keeps cookies, knows the form's token. */
  const browser = (at = tenant) => {
    const jar = new Map<string, string>()
    let token = ''
    const send = async (path: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers)
      if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
      const answer = await house.app.request(`http://localhost:3000/${at}${path}`, {
        ...init,
        headers,
        redirect: 'manual',
      })
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = cookie.match(/^([^=]+)=([^;]*)/) ?? []
        if (/Max-Age=0/i.test(cookie)) jar.delete(name)
        else jar.set(name, value)
      }
      token = jar.get('attaka') ?? token
      return answer
    }
    const ensureToken = async () => {
      if (!jar.has('attaka')) jar.set('attaka', newToken())
      token = jar.get('attaka') ?? ''
      return formTokenOf(outside.sealer, token)
    }
    return {
      jar,
      send,
      get: (path: string, headers?: Record<string, string>) => send(path, { ...(headers && { headers }) }),
      /** Posts a form as a browser does, with its token. */
      post: async (path: string, fields: Fields = {}) => {
        const csrf = await ensureToken()
        const entries = Object.entries(fields)
        if (entries.some(([, value]) => value instanceof Blob)) {
          const form = new FormData()
          form.set('_csrf', csrf)
          for (const [name, value] of entries) {
            if (value instanceof Blob) form.append(name, value)
            else for (const one of [value].flat()) form.append(name, one as string)
          }
          return send(path, { method: 'POST', body: form })
        }
        const body = new URLSearchParams({ _csrf: csrf })
        for (const [name, value] of entries) for (const one of [value].flat()) body.append(name, one as string)
        return send(path, { method: 'POST', body })
      },
      /** Signs in as a person, as if the provider had vouched for them. */
      signInAs: async (
        person: string,
        { staff = true, assurance = 'account' }: { staff?: boolean; assurance?: string } = {},
      ) => {
        const signIn = assurance === 'mail' ? mailSignIn : null
        const fresh = newToken()
        await house
          .sceneOf(at)
          .change((db) =>
            startSession(
              db,
              { id: outside.sealer.hashToken(fresh), person, assurance, provider: 'office', signIn, staff },
              new Date(Date.now() + ahead),
            ),
          )
        jar.set('attaka', fresh)
      },
    }
  }

  /** A browser in which one of the demonstration persons is signed in: 'reviewer', 'approver', 'administrator' … */
  const as = async (subject: string, at = tenant) => {
    const person = demonstrationPersons.find((one) => one.subject === subject)
    if (!person) throw new Error(`no demonstration person ${subject}`)
    const theirs = browser(at)
    await theirs.signInAs(person.id)
    return { ...theirs, id: person.id }
  }

  return {
    ...house,
    outside,
    browser,
    as,
    /** Statements as the owner (subject to forced row-level security) or the administrator (to look at everything). */
    sql: async <Row extends pg.QueryResultRow>(
      text: string,
      values: unknown[] = [],
      login: 'admin' | 'attaka_owner' | 'app' = 'admin',
    ) => {
      const client = await connectionsOf(login).connect()
      let done = false
      try {
        const { rows } = await client.query<Row>(text, values)
        done = true
        return rows
      } finally {
        // After a refusal a transaction may be left open.
        client.release(!done)
      }
    },
    /** Moves the house's clock. */
    pass: (milliseconds: number) => {
      ahead += milliseconds
    },
    databaseUrl: (login: 'admin' | 'attaka_owner' | 'app') => loginUrl(server, login, database),
    /** One more application on the same database, with settings of its own; whoever opens it closes it. */
    beside: (settings: Partial<Parameters<typeof open>[0]>) =>
      open({
        appUrl: loginUrl(server, 'app', database),
        outside,
        assets: { style: '/assets/app.css', script: '/assets/app.js' },
        clientFolder: '.',
        log: () => undefined,
        ...settings,
      }),
  }
}

export type TestHouse = Awaited<ReturnType<typeof openHouse>>
