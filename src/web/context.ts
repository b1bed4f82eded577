import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Outside } from '#core/outside.ts'
import type { Scene } from '#core/scene.ts'
import type { Tenant } from '#platform/tenants.ts'
import type { Shell } from '#ui/shell.tsx'
import type { Session } from './sessions.ts'

/** What every handler finds in its context. */
export type Web = {
  Bindings: HttpBindings
  Variables: {
    /** Names the request in logs and on error pages. */
    request: string
    tenant: Tenant
    scene: Scene
    /** The doors to the outside, before there is a scene. */
    outside: Outside
    session: Session | null
    /** The browser's own secret: the cookie's token, null until a page needs one. */
    browser: Browser
    shell: Shell
    /** "/mie" where tenants are told apart by path, "" by host. */
    base: string
    /** A hash of the address that asks, for limits: never the address itself. */
    address: string
  }
}

export type Ctx = Context<Web>

/** The cookie's token: made when a page with a form is shown, so that mere readers get no cookie. */
export type Browser = {
  /** null: no cookie yet. */
  token: string | null
  /** The token and the one before signing in, newest first. */
  secrets(): string[]
  /** The token, made now if there was none. */
  claim(): string
  /** Lets the secret of somebody who isn't signed in outlive the browser's end, by so many days; null: no longer. */
  keepFor(days: number | null): void
  /** Takes a fresh token after signing in, so that nobody can plant a session. */
  become(token: string): void
  /** Forgets every secret, after signing out: the next person at this screen finds nothing. */
  forget(): void
}
