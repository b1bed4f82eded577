import { hash } from 'node:crypto'

/**
 * The hash tree of RFC 6962 (Certificate Transparency), section 2.1: leaves and nodes are hashed with different first
 * bytes, so that no node can pass for a leaf; an unbalanced tree splits at the largest power of two.
 */

const sha256 = (...parts: readonly Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer')

const leafMark = Uint8Array.of(0)
const nodeMark = Uint8Array.of(1)

/** What stands in the tree for a text. */
export const leafHash = (text: string): Buffer => sha256(leafMark, Buffer.from(text))

const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(nodeMark, left, right)

/** The root of no leaves at all. */
const emptyRoot = sha256()

/**
 * A tree to which leaves can only be added, kept as the roots of its full subtrees, largest first: their sizes are the
 * ones in the binary form of the tree's size.
 */
export type Tree = { readonly size: number; readonly frontier: readonly Buffer[] }

export const emptyTree: Tree = { size: 0, frontier: [] }

/** The tree with one more leaf. */
export function grow({ size, frontier }: Tree, leaf: Buffer): Tree {
  const next = [...frontier, leaf]
  for (let filled = size; filled % 2 === 1; filled = (filled - 1) / 2) {
    const [right, left] = [next.pop()!, next.pop()!]
    next.push(nodeHash(left, right))
  }
  return { size: size + 1, frontier: next }
}

/** The root over all leaves. */
export const rootOf = ({ frontier }: Tree): Buffer =>
  frontier.length === 0 ? emptyRoot : frontier.reduceRight((right, left) => nodeHash(left, right))

/** The largest power of two below `size`. */
const splitOf = (size: number): number => {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/**
 * The hashes that lead from a leaf to the root, lowest first (RFC 6962, 2.1.1): of the tree `before` with `added` leaves
 * behind it, for the added leaf at `index` (from 0, in the whole tree). Needs no leaf that was there before.
 */
export function inclusionPath(before: Tree, added: readonly Buffer[], index: number): Buffer[] {
  const size = before.size + added.length
  if (index < before.size || index >= size) throw new RangeError('not one of the added leaves')
  const ranges = fullSubtrees(before)

  const hashOf = (from: number, to: number): Buffer => {
    const known = ranges.get(`${from}-${to}`)
    if (known) return known
    if (to - from === 1) return added[from - before.size]!
    const middle = from + splitOf(to - from)
    return nodeHash(hashOf(from, middle), hashOf(middle, to))
  }
  const pathOf = (from: number, to: number): Buffer[] => {
    if (to - from === 1) return []
    const middle = from + splitOf(to - from)
    return index < middle
      ? [...pathOf(from, middle), hashOf(middle, to)]
      : [...pathOf(middle, to), hashOf(from, middle)]
  }
  return pathOf(0, size)
}

/** Where each root of the frontier stands: "from-to". */
function fullSubtrees({ size, frontier }: Tree): Map<string, Buffer> {
  const ranges = new Map<string, Buffer>()
  let from = 0
  for (const root of frontier) {
    let width = 1
    while (width * 2 <= size - from) width *= 2
    ranges.set(`${from}-${from + width}`, root)
    from += width
  }
  return ranges
}

/** Whether a leaf stands at `index` of the tree of `size` leaves with this root (RFC 9162, 2.1.3.2). */
export function isIncluded(leaf: Buffer, index: number, size: number, path: readonly Buffer[], root: Buffer): boolean {
  if (index < 0 || index >= size) return false
  let [node, last, here] = [index, size - 1, leaf]
  for (const step of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      here = nodeHash(step, here)
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
    } else here = nodeHash(here, step)
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  return last === 0 && here.equals(root)
}
