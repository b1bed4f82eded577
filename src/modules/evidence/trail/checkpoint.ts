import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from './canonical.ts'
import { emptyTree, grow, leafHash, rootOf, type Tree } from './tree.ts'

/** An entry of the audit trail: every column of its row by name, as JSON. */
export type Entry = { readonly [column: string]: Json }

/**
 * A state of the tree. Hashes in hexadecimal; `sealed_at` in UTC to the microsecond; `horizon` a transaction id in
 * decimal digits. The house's order of columns is that of their names.
 */
export type Checkpoint = {
  tenant: string
  number: number
  size: number
  root: string
  frontier: readonly string[]
  columns: readonly string[]
  sealed_at: string
  horizon: string
  cluster: string | null
  /** Nothing that was settled then was left for the next checkpoint. */
  complete: boolean
  /** Hash of the checkpoint before; empty for the first. */
  previous: string
  hash: string
}

/** A checkpoint as it is said outside of the database: with the leaves that it added, each an entry's id and its hash. */
export type Statement = Checkpoint & { leaves: readonly (readonly [entry: string, hash: string])[] }

const wayOfWriting = 1

/**
 * What is hashed of an entry: its columns as canonical JSON (RFC 8785), empty ones left out, so that a column that is
 * added later changes nothing of what was sealed. `columns` are those that the seal knew.
 */
export function writtenEntry(entry: Entry, columns: readonly string[]): string {
  const known = columns.flatMap((name): [string, Json][] => {
    const value = entry[name]
    return value === undefined || value === null ? [] : [[name, value]]
  })
  return canonicalJson({ v: wayOfWriting, entry: Object.fromEntries(known) })
}

/** The entry's leaf, in hexadecimal. */
export const leafOf = (entry: Entry, columns: readonly string[]): string =>
  leafHash(writtenEntry(entry, columns)).toString('hex')

/** The hash that stands for all of a checkpoint, and by `previous` for all before it. */
export function checkpointHash(said: Checkpoint): string {
  const { tenant, number, size, root, frontier, columns, sealed_at, horizon, cluster, complete, previous } = said
  const hashed = { tenant, number, size, root, frontier, columns, sealed_at, horizon, cluster, complete, previous }
  // A first byte of its own keeps it apart from leaves (0) and nodes (1) of the tree.
  return createHash('sha256')
    .update(Uint8Array.of(2))
    .update(canonicalJson({ v: wayOfWriting, ...hashed }))
    .digest('hex')
}

/** The tree that a checkpoint left behind. */
export const treeAt = (checkpoint: Pick<Checkpoint, 'size' | 'frontier'> | null): Tree =>
  checkpoint
    ? { size: checkpoint.size, frontier: checkpoint.frontier.map((root) => Buffer.from(root, 'hex')) }
    : emptyTree

/** The tree with these leaves (in hexadecimal) behind it. */
export const grown = (tree: Tree, leaves: readonly string[]): Tree =>
  leaves.reduce((grows, leaf) => grow(grows, Buffer.from(leaf, 'hex')), tree)

/** The next checkpoint: a batch of leaves added to what was. */
export function nextCheckpoint(
  before: Checkpoint | null,
  leaves: readonly string[],
  told: Pick<Checkpoint, 'tenant' | 'columns' | 'sealed_at' | 'horizon' | 'cluster' | 'complete'>,
): Checkpoint {
  const tree = grown(treeAt(before), leaves)
  const checkpoint = {
    tenant: told.tenant,
    number: (before?.number ?? 0) + 1,
    size: tree.size,
    root: rootOf(tree).toString('hex'),
    frontier: tree.frontier.map((root) => root.toString('hex')),
    columns: told.columns,
    sealed_at: told.sealed_at,
    horizon: told.horizon,
    cluster: told.cluster,
    complete: told.complete,
    previous: before?.hash ?? '',
    hash: '',
  }
  return { ...checkpoint, hash: checkpointHash(checkpoint) }
}
