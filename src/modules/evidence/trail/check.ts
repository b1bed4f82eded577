// The whole of what is compared stands in one file, so that whoever doubts a verdict reads one file.
import type { Json } from './canonical.ts'
import { type Checkpoint, checkpointHash, type Entry, grown, leafOf, type Statement } from './checkpoint.ts'
import { emptyTree, rootOf, type Tree } from './tree.ts'

/**
 * What is wrong. `altered`, `removed`, `inserted`, `reordered`: an entry of the trail. `seal-altered`: the entries are as
 * they were sealed, but the seals in the database are not. `witness-altered`: what is kept outside contradicts itself.
 */
export type FaultKind = 'altered' | 'removed' | 'inserted' | 'reordered' | 'seal-altered' | 'witness-altered'

/** `position`: the place in the tree from 0; null for what never had one. */
export type Fault = {
  kind: FaultKind
  position: number | null
  checkpoint: number | null
  entry: string | null
  detail: string
}

export type LeafRow = { position: number; checkpoint: number; entry: string; hash: string }

/** All that is known of one checkpoint: what the witness says, what the database says. */
export type Block = {
  number: number
  statement: Statement | null
  checkpoint: Checkpoint | null
  /** The database's leaves at the places that the checkpoint covers. */
  rows: readonly LeafRow[]
  entries: ReadonlyMap<string, Entry>
}

/** How late an entry may be sealed after one that is younger: no request or job takes as long. */
const lateMs = 3_600_000

/** The kind of an entry that was changed, with what it is now, to find out whether two were exchanged. */
type Changed = { fault: Fault; expected: string; now: Entry; columns: readonly string[] }

/**
 * Compares a trail with its seals, checkpoint by checkpoint from the first. What a witness says comes before what the
 * database says of itself. `initial`: what columns hold where nothing was given, for columns younger than a seal.
 */
export function trailCheck(initial: ReadonlyMap<string, Json>) {
  let tree: Tree = emptyTree
  let previous = ''
  /** When the trail was last sealed to its end. */
  let sealedAt: string | null = null
  let horizon: string | null = null
  const faults: Fault[] = []
  const changed: Changed[] = []

  const tell = (
    kind: FaultKind,
    checkpoint: number | null,
    position: number | null,
    entry: string | null,
    detail: string,
  ) => {
    const fault = { kind, checkpoint, position, entry, detail }
    faults.push(fault)
    return fault
  }

  /** Where the tree stands: the places from here belong to the next checkpoint. */
  const size = () => tree.size

  /** The checkpoint says the truth about these leaves, and follows upon the one before. */
  const holds = (said: Checkpoint, leaves: readonly string[]): boolean => {
    const next = grown(tree, leaves)
    return (
      said.hash === checkpointHash(said) &&
      said.previous === previous &&
      said.size === next.size &&
      said.root === rootOf(next).toString('hex') &&
      said.frontier.join() === next.frontier.map((root) => root.toString('hex')).join()
    )
  }

  function checkEntry(block: Block, told: Checkpoint, place: number, id: string, hash: string) {
    const { number, entries } = block
    const entry = entries.get(id)
    if (!entry) {
      tell('removed', number, place, id, 'the entry that was sealed here is gone')
      return
    }
    if (leafOf(entry, told.columns) !== hash) {
      const fault = tell('altered', number, place, id, 'the entry is not what was sealed')
      changed.push({ fault, expected: hash, now: entry, columns: told.columns })
      return
    }
    for (const [column, value] of Object.entries(entry)) {
      if (value === null || told.columns.includes(column) || value === initial.get(column)) continue
      tell('altered', number, place, id, `"${column}", which is younger than the seal, was filled in`)
    }
    if (sealedAt !== null && tooLate(entry, sealedAt)) {
      tell(
        'inserted',
        number,
        place,
        id,
        `the entry says ${String(entry.at)}, but was not there when ${sealedAt} was sealed`,
      )
    }
  }

  function checkRow(
    block: Block,
    row: LeafRow | undefined,
    told: [place: number, id: string, hash: string],
    here: ReadonlySet<string>,
  ) {
    const [place, id, hash] = told
    if (!row) tell('seal-altered', block.number, place, id, 'the leaf of this entry is missing in the database')
    else if (row.entry !== id) {
      const kind = here.has(row.entry) ? 'reordered' : 'inserted'
      tell(kind, block.number, place, row.entry, `the entry ${id} was sealed at this place`)
    } else if (row.hash !== hash)
      tell('seal-altered', block.number, place, id, 'the database has another hash for this leaf')
    else if (row.checkpoint !== block.number)
      tell('seal-altered', block.number, place, id, `the database counts this leaf to checkpoint ${row.checkpoint}`)
  }

  return {
    size,

    /** Compares the next checkpoint. Blocks must come in the order of their numbers, none left out. */
    block(block: Block) {
      const { number, statement, checkpoint, rows } = block
      const honest =
        statement !== null &&
        holds(
          statement,
          statement.leaves.map(([, hash]) => hash),
        )
      if (statement && !honest)
        tell('witness-altered', number, size(), null, 'the statement outside contradicts itself')
      const told: Checkpoint | null = honest ? statement : checkpoint
      if (!told) {
        tell('seal-altered', number, size(), null, 'the checkpoint is known neither to the database nor outside')
        return
      }
      const leaves = honest ? statement.leaves : rows.map(({ entry, hash }) => [entry, hash] as const)
      const hashes = leaves.map(([, hash]) => hash)
      const here = new Set(leaves.map(([entry]) => entry))
      const first = size()
      const byPlace = new Map(rows.map((row) => [row.position, row]))
      leaves.forEach(([id, hash], at) => {
        const place = first + at
        checkEntry(block, told, place, id, hash)
        checkRow(block, byPlace.get(place), [place, id, hash], here)
      })
      // After whatever is told of its entries.
      const end = first + Math.max(0, leaves.length - 1)
      if (!checkpoint) tell('seal-altered', number, end, null, 'the checkpoint is missing in the database')
      else if (honest ? !same(checkpoint, statement) : !holds(checkpoint, hashes))
        tell('seal-altered', number, end, null, 'the checkpoint in the database is not the one that was made')
      tree = grown(tree, hashes)
      previous = told.hash
      if (told.complete) sealedAt = told.sealed_at
      horizon = told.horizon
    },

    /** A page that somebody kept: what it says of the checkpoint just compared. */
    kept(page: { day: string; number: number; size: number; root: string; hash: string }) {
      const now = { size: size(), root: rootOf(tree).toString('hex'), hash: previous }
      if (page.size === now.size && page.root === now.root && page.hash === now.hash) return
      tell(
        'seal-altered',
        page.number,
        Math.min(page.size, now.size),
        null,
        `the page kept of ${page.day} says otherwise: everything here was written anew`,
      )
    },

    /**
     * Ends the comparison: entries without a seal, and leaves that no checkpoint covers. `settled`: the horizon still
     * means something to this database server.
     */
    end(unsealed: readonly Entry[], strays: readonly LeafRow[], settled: boolean): Fault[] {
      for (const { position, checkpoint, entry } of strays)
        tell('seal-altered', checkpoint, position, entry, 'a leaf that belongs to no checkpoint')
      for (const entry of unsealed) {
        const below = settled && horizon !== null && BigInt(String(entry.written_in)) < BigInt(horizon)
        if (!below && !(sealedAt !== null && tooLate(entry, sealedAt))) continue
        tell(
          'inserted',
          null,
          null,
          String(entry.id),
          'the entry claims to be older than the last seal, which does not know it',
        )
      }
      nameExchanged(changed)
      return faults.toSorted(
        (one, other) => (one.position ?? Infinity) - (other.position ?? Infinity) || rank(one) - rank(other),
      )
    },
  }
}

const tooLate = (entry: Entry, sealedAt: string) => !(Date.parse(String(entry.at)) >= Date.parse(sealedAt) - lateMs)

const same = (one: Checkpoint, { leaves: _, ...other }: Statement) =>
  one.hash === other.hash && checkpointHash(one) === one.hash

/** At one place, what happened to an entry is told before what happened to its seal. */
const rank = ({ kind }: Fault) => (kind === 'seal-altered' ? 1 : kind === 'witness-altered' ? 2 : 0)

/** Two entries that hold each other's content were exchanged. Looks at a bounded number: many changes are no exchange. */
function nameExchanged(changed: readonly Changed[]) {
  const some = changed.slice(0, 200)
  for (const one of some) {
    const other = some.find(
      (candidate) =>
        candidate !== one &&
        leafOf({ ...one.now, id: candidate.now.id ?? null }, candidate.columns) === candidate.expected,
    )
    if (!other) continue
    one.fault.kind = 'reordered'
    one.fault.detail = `the entry was exchanged with ${other.fault.entry}`
  }
}
