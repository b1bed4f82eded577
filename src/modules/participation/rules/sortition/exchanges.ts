import type { Composition, Instance } from './pool.ts'

/** One panel after the other at which one may ask whether a member of one kind could be exchanged for one of another. */
export function openTable(instance: Instance) {
  const { kinds, quotas, households } = instance
  const wide = Math.max(0, ...kinds.map((kind) => kind.quotas.length))
  // Flat, since this is asked millions of times. Every kind counts for one quota of each category, in the same order.
  const quotasOf = Int32Array.from(kinds.flatMap((kind) => kind.quotas))
  const home = Int32Array.from(kinds, (kind) => kind.kindOfHousehold)
  const most = Int32Array.from(kinds, (kind) => kind.most)
  const [min, max] = [Int32Array.from(quotas, (one) => one.min), Int32Array.from(quotas, (one) => one.max)]
  const room = Int32Array.from(households, (one) => one.households)
  const inQuota = new Int32Array(quotas.length)
  const inHome = new Int32Array(households.length)
  let panel: Composition = new Int32Array(kinds.length)

  const move = (at: number, by: number) => {
    for (let line = wide * at; line < wide * (at + 1); line++) inQuota[quotasOf[line]!]! += by
    inHome[home[at]!]! += by
  }

  return {
    /** Exchanges are made in this very panel. */
    seat(next: Composition) {
      panel = next
      inQuota.fill(0)
      inHome.fill(0)
      for (let at = 0; at < panel.length; at++) if (panel[at]! > 0) move(at, panel[at]!)
    },
    canExchange(from: number, to: number): boolean {
      if (panel[from] === 0 || panel[to]! >= most[to]!) return false
      for (let line = 0; line < wide; line++) {
        const [lost, won] = [quotasOf[wide * from + line]!, quotasOf[wide * to + line]!]
        if (lost !== won && (inQuota[lost]! <= min[lost]! || inQuota[won]! >= max[won]!)) return false
      }
      return home[from] === home[to] || inHome[home[to]!]! < room[home[to]!]!
    },
    exchange(from: number, to: number) {
      panel[from]!--
      panel[to]!++
      move(from, -1)
      move(to, 1)
    },
  }
}

/**
 * Betters panels by exchanging one member at a time as long as that gains. Finds panels, proves nothing: it spares the exact pricing most of
 * its calls.
 */
export function exchanger(instance: Instance) {
  const table = openTable(instance)

  /** The panel to which exchanges lead from `start`. Weights are per member of a kind. */
  return (start: Composition, weights: Float64Array): Composition => {
    const panel = Int32Array.from(start)
    table.seat(panel)
    const order = Int32Array.from(weights.keys()).sort((a, b) => weights[b]! - weights[a]!)

    for (let moved = true; moved; ) {
      moved = false
      // Who comes in during a pass may go out in the next.
      const seated = order.filter((kind) => panel[kind]! > 0).reverse()
      for (const to of order) {
        for (const from of seated) {
          if (weights[to]! - weights[from]! <= 1e-12) break
          while (table.canExchange(from, to)) {
            table.exchange(from, to)
            moved = true
          }
        }
      }
    }
    return panel
  }
}
