import type { Db } from './database.ts'
import type { Actor } from './policy.ts'
import type { Reference } from './reference.ts'

/** A time span of whole days in Asia/Tokyo: ISO dates, `from` included, `to` excluded. */
export type Period = { from: string; to: string }

/** `value` is a decimal string; null = can't be told (never 0). `asOf` = the state of the records it was counted from. */
export type Count = { value: string | null; unit: string; asOf: Date }

/** A count over a period that an indicator of a plan can bind to. */
export type Measure = {
  name: string
  title: string
  /** What is counted and what isn't, in a sentence for whoever looks at the number. */
  says?: string
  /** What can be counted apart: this procedure, that survey question. */
  options?(db: Db): Promise<{ id: string; title: string }[]>
  count(db: Db, option: string | null, period: Period): Promise<Count>
  /** What was counted: a number always opens into its records, `shown` says only what this reader may see. */
  records(
    db: Db,
    reader: Actor | null,
    option: string | null,
    period: Period,
    page: { limit: number; offset: number },
  ): Promise<Counted[]>
}

/** One counted record. `href` is null for those who may not open it. */
export type Counted = { reference: Reference; title: string; at: Date; href: string | null }

/** What waits for a person: a line on the console's front page and a number in the rail. */
export type Task = { title: string; href: string; count: number; since: Date | null }

/** What a person finds on My Page (マイページ): one heading with what is theirs, newest first, and where the rest is. */
export type Mine = {
  title: string
  items: { title: string; href: string; state: string | null; at: Date }[]
  elsewhere?: { text: string; label: string; href: string }
}

/** What the public may find. */
export type Finding = { title: string; href: string; summary: string }

/** What is kept how long, and from when the clock runs. */
export type Retention = { table: string; keep: string; from: string; why: string }

/** One thing as the other end of a trace sees it. */
export type ThingShown = { reference: Reference; title: string; href: string; state: string | null }

/** How a module's things are found and shown at the other end of a trace. */
export type ThingKind = {
  module: string
  kind: string
  label: string
  /** For the link picker: those whose title or number matches and that this actor may see. */
  find(db: Db, actor: Actor | null, words: string): Promise<ThingShown[]>
  /** Null where there is none or this actor may not see it. */
  show(db: Db, actor: Actor | null, id: string): Promise<ThingShown | null>
  /** By what the trail calls it for an auditor, who may not see it: a number or a public title, nothing of a person. */
  called?(db: Db, id: string): Promise<string | null>
  /** The id of what people know by this number, as they type it. */
  numbered?(db: Db, number: string): Promise<string | null>
  /** Others can be entrusted with it: a mandate may be for some of these only. */
  entrusted?: boolean
  /** Who spoke and is to be told when the other end changes. */
  tell?(db: Db, id: string): Promise<Address[]>
}

/** Where a person can be reached: a person we know, or a bare mail address given with a filing. */
export type Address = { person: string } | { mail: string }

/** What all modules contribute, gathered by `main` and carried by every scene. */
export type Registry = {
  measures: readonly Measure[]
  tasks: readonly ((db: Db, actor: Actor) => Promise<Task[]>)[]
  mine: readonly ((db: Db, actor: Actor) => Promise<Mine>)[]
  search: readonly ((db: Db, words: string) => Promise<Finding[]>)[]
  retention: readonly Retention[]
  things: readonly ThingKind[]
  /** What modules ("people") and their acts and views ("people.grant-role") are called, for people who read of them. */
  titles: ReadonlyMap<string, string>
}
