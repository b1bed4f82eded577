import type { Hono } from 'hono'
import type { Action } from '#core/action.ts'
import type { Finding, Measure, Mine, Retention, Task, ThingKind } from '#core/contributions.ts'
import type { Db } from '#core/database.ts'
import type { Job } from '#core/job.ts'
import type { Actor } from '#core/policy.ts'
import type { Scene } from '#core/scene.ts'
import type { View } from '#core/view.ts'
import type { Migration } from '#platform/migrate.ts'
import type { Web } from './context.ts'

/** A line of a menu. `order` puts the modules' lines in one sequence. */
export type MenuItem = { href: string; label: { ja: string; en: string }; order: number }

/** A line of the public menu, with the sentence that its tile on the home page says. */
export type PublicItem = MenuItem & { tile?: { title: { ja: string; en: string }; text: { ja: string; en: string } } }

/** A page that people look for by name: found by the search, and linked on the home page where it says so. */
export type FixedPage = {
  href: string
  title: { ja: string; en: string }
  text: { ja: string; en: string }
  /** Other words that people call it by. */
  words?: string
  home?: boolean
}

/** Something begun and not finished, to go on with. */
export type Begun = { title: string; href: string; at: Date }

/** A line of the staff console's rail; `allow` says who sees it. */
export type RailItem = MenuItem & { group: string; allow(actor: Actor): boolean }

/** What a module hands to main: one object. The fields after the blank line are optional contributions. */
export type Module = {
  name: string
  /**
   * By what name others know its acts, views and jobs (API, scopes of tokens, trail, queues), where that isn't its own: it
   * was cut out of that module, and names that were given out stay.
   */
  knownAs?: string
  routes: Hono<Web>
  actions: readonly Action[]
  views: readonly View[]
  jobs: readonly Job[]
  migrations: readonly Migration[]
  /** A believable small town, for trial mode and tests. Runs once per tenant, as the actor `system`. */
  seed(scene: Scene): Promise<void>

  /** What it and its acts are called in Japanese where people read of them: audit trail, scopes of tokens. */
  called?: { module?: string; acts: Readonly<Record<string, string>> }
  /** Its place in the public main menu. */
  menu?: readonly PublicItem[]
  /** Its pages that people look for by name. */
  pages?: readonly FixedPage[]
  /** What these owners (`ownersOf`) have begun and not finished, newest first. */
  begun?: (db: Db, owners: readonly string[]) => Promise<Begun[]>
  /** Its places in the staff console. */
  rail?: readonly RailItem[]
  /** Counts over a period that indicators of plans can bind to. */
  measures?: readonly Measure[]
  /** What waits for this person. */
  tasks?: (db: Db, actor: Actor) => Promise<Task[]>
  /** What a person finds on My Page. */
  mine?: (db: Db, actor: Actor) => Promise<Mine>
  /** What the public may find. */
  search?: (db: Db, words: string) => Promise<Finding[]>
  /**
   * Writes some of the search forms that a migration has made null (SQL can't: core/text.ts says what they are), and returns how
   * many: it is asked again until none is left, after the migrations and for each tenant.
   */
  fillSearchForms?: (db: Db) => Promise<number>
  /** What is kept how long. */
  retention?: readonly Retention[]
  /** How its things are found and shown at the other end of a trace. */
  things?: readonly ThingKind[]
}
