import type { Db } from '#core/database.ts'
import type { Witness } from '#core/outside.ts'
import { readSaid, type Said } from './publish.ts'
import {
  clusterName,
  countLeaves,
  entriesById,
  entryColumns,
  findCheckpoint,
  lastCheckpoint,
  leavesBetween,
  strayLeaves,
  unsealedEntries,
} from './queries.ts'
import { type Fault, type LeafRow, trailCheck } from './trail/check.ts'
import type { Checkpoint, Entry, Statement } from './trail/checkpoint.ts'

/** What a person kept of a public page, as its JSON download has it. */
export type KeptPage = { tenant: string; day: string; number: number; size: number; root: string; hash: string }

/** One state of a trail and its seals, as something that can be asked: a database, or a copy of its rows. */
export type Trail = {
  columns(): Promise<{ name: string; initial: string | null }[]>
  cluster(): Promise<string | null>
  newest(): Promise<Checkpoint | null>
  checkpoint(number: number): Promise<Checkpoint | null>
  leaves(from: number, to: number): Promise<LeafRow[]>
  countLeaves(): Promise<number>
  strays(size: number): Promise<LeafRow[]>
  entries(ids: readonly string[]): Promise<Map<string, Entry>>
  unsealed(limit: number): Promise<{ total: number; entries: Entry[] }>
}

/** The trail of the tenant of a transaction. */
export const trailIn = (db: Db): Trail => ({
  columns: () => entryColumns(db),
  cluster: () => clusterName(db),
  newest: () => lastCheckpoint(db),
  checkpoint: (number) => findCheckpoint(db, number),
  leaves: (from, to) => leavesBetween(db, from, to),
  countLeaves: () => countLeaves(db),
  strays: (size) => strayLeaves(db, size),
  entries: (ids) => entriesById(db, ids),
  unsealed: (limit) => unsealedEntries(db, limit),
})

/** What was found. `unsealed`: entries that wait for the next seal. `untold`: checkpoints that no witness knows yet. */
export type Verdict = {
  sealed: number
  checkpoints: number
  unsealed: number
  untold: number
  setBacks: { number: number; at: string; reason: string }[]
  kept: number
  faults: Fault[]
}

/** Entries without a seal that are looked at one by one. */
const looked = 10_000

/**
 * Compares the trail of one tenant with its seals in the database, with every witness and with pages that were kept. It
 * must not change meanwhile (`frozen`).
 */
export async function verifyTrail(
  trail: Trail,
  tenant: string,
  witnesses: readonly Witness[],
  kept: readonly KeptPage[] = [],
): Promise<Verdict> {
  const columns = await trail.columns()
  const check = trailCheck(new Map(columns.map(({ name, initial }) => [name, initial])))
  const newest = await trail.newest()
  const readers = await Promise.all(witnesses.map((witness) => openStatements(witness, tenant)))
  const faults: Fault[] = []
  let number = 0
  let untold = 0
  let found = 0

  for (number = 1; ; number++) {
    const statements = await Promise.all(readers.map((reader) => reader.take(number, faults)))
    const statement = statements.find((one) => one !== null) ?? null
    const checkpoint = await trail.checkpoint(number)
    if (!statement && !checkpoint && number > (newest?.number ?? 0) && readers.every((reader) => reader.over())) break
    if (statements.some((one) => one && one.hash !== statement?.hash))
      faults.push(outside(number, check.size(), 'the witnesses contradict each other'))
    if (!statement) untold++
    await compare(trail, check, { number, statement, checkpoint })
    for (const page of kept.filter((one) => one.tenant === tenant && one.number === number)) {
      found++
      check.kept(page)
    }
  }

  const unsealed = await trail.unsealed(looked)
  const strays = (await trail.countLeaves()) === check.size() ? [] : await trail.strays(check.size())
  const settled = newest === null || newest.cluster === (await trail.cluster())
  const inside = check.end(unsealed.entries, strays, settled)
  const pages = kept.filter((one) => one.tenant === tenant)
  if (found < pages.length)
    faults.push(outside(number, check.size(), 'a page was kept of a checkpoint that is known neither here nor outside'))
  return {
    sealed: check.size(),
    checkpoints: number - 1,
    unsealed: unsealed.total,
    untold: readers.length === 0 ? 0 : untold,
    setBacks: readers.flatMap((reader) => reader.setBacks),
    kept: found,
    faults: [...inside, ...faults].toSorted((one, other) => (one.position ?? Infinity) - (other.position ?? Infinity)),
  }
}

const outside = (checkpoint: number, position: number, detail: string): Fault => ({
  kind: 'witness-altered',
  checkpoint,
  position,
  entry: null,
  detail,
})

/** A checkpoint of the database with a size of fantasy is not to fetch the whole table. */
const mostLeaves = 100_000

async function compare(
  trail: Trail,
  check: ReturnType<typeof trailCheck>,
  told: { number: number; statement: Statement | null; checkpoint: Checkpoint | null },
) {
  const from = check.size()
  const claimed = told.statement?.leaves.length ?? (told.checkpoint?.size ?? from) - from
  const rows = await trail.leaves(from, from + Math.max(0, Math.min(claimed, mostLeaves)))
  const ids = new Set([...rows.map(({ entry }) => entry), ...(told.statement?.leaves ?? []).map(([entry]) => entry)])
  check.block({ ...told, rows, entries: await trail.entries([...ids]) })
}

/** What a witness says, checkpoint by checkpoint; what was set back is passed over. */
async function openStatements(witness: Witness, tenant: string) {
  const setBacks: { line: number; number: number; at: string; reason: string }[] = []
  let line = 0
  for await (const text of witness.lines(tenant)) {
    line++
    if (!text.includes('"kind":"set-back"')) continue
    const said = readSaid(text)
    if (said?.kind === 'set-back') setBacks.push({ line, number: said.number, at: said.at, reason: said.reason })
  }
  const holding = statements(witness, tenant, setBacks)
  let next = (await holding.next()).value ?? null
  let before: Statement | null = null

  return {
    setBacks: setBacks.map(({ number, at, reason }) => ({ number, at, reason })),
    over: () => next === null,
    /** The statement of this number, or null; tells what does not follow. */
    async take(number: number, faults: Fault[]): Promise<Statement | null> {
      while (next && next.number < number) {
        // Two processes may say the same at the same time.
        if (next.hash !== before?.hash)
          faults.push(outside(next.number, 0, `${witness.name} says two different things of this checkpoint`))
        next = (await holding.next()).value ?? null
      }
      if (next === null) return null
      if (next.number > number) {
        faults.push(outside(number, 0, `${witness.name} says nothing of this checkpoint, but of later ones`))
        return null
      }
      before = next
      next = (await holding.next()).value ?? null
      return before
    },
  }
}

async function* statements(
  witness: Witness,
  tenant: string,
  setBacks: readonly { line: number; number: number }[],
): AsyncGenerator<Statement, null> {
  let line = 0
  for await (const text of witness.lines(tenant)) {
    line++
    const said: Said | null = readSaid(text)
    if (said?.kind !== 'checkpoint') continue
    if (setBacks.some((back) => back.line > line && back.number < said.number)) continue
    const { kind: _, ...statement } = said
    yield statement
  }
  return null
}
