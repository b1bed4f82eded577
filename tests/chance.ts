import { createHash } from 'node:crypto'

/** Random numbers that a seed brings back, so that a run can be repeated with the same plan of faults. */
export type Chance = {
  /** A number from 0 up to, but not including, `below`. */
  below(below: number): number
  /** True in `share` of the cases. */
  often(share: number): boolean
}

/** splitmix32, begun from the seed's hash. */
export function chance(seed: string): Chance {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  const next = () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  return { below: (below) => next() * below, often: (share) => next() < share }
}
