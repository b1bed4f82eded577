import { openTable } from './exchanges.ts'
import { type Composition, type Instance, peopleOf } from './pool.ts'

/** How often passes over all panels are made at most; each betters the list. */
const mostPasses = 20

/**
 * A list of `length` panels, drawn with equal chances, that gives each kind nearly the seats that the mixture gives it: within one seat of
 * what is due to each of its members, wherever exchanges reach that. Knows no randomness: the same mixture gives the same list.
 *
 * Each panel is taken as often as it goes into its probability; the rest are those that better the list most; then panels are replaced by
 * others of the mixture, and members exchanged, as long as that brings it nearer. Every panel stays within quotas and households.
 */
export function roundMixture(
  instance: Instance,
  mixture: readonly { panel: Composition; probability: number }[],
  length: number,
): Composition[] {
  const people = peopleOf(instance)
  // How many seats in the whole list each kind has too many (above 0) or too few; what is sought is the least Σ (that per member)².
  const excess = new Float64Array(people.length)
  for (const { panel, probability } of mixture) add(panel, -probability * length)
  const list: Composition[] = []

  for (const { panel, probability } of mixture) {
    // A probability that should be whole may be off by rounding.
    for (let often = Math.floor(probability * length + 1e-9); often > 0 && list.length < length; often--) put(panel)
  }
  const candidates = mixture.map(({ panel }) => sparse(panel))
  while (list.length < length) put(mixture[bestOf(candidates)]!.panel)
  replaceWhole()
  exchangeMembers()
  return list

  function add(panel: Composition, times: number) {
    panel.forEach((seats, kind) => {
      excess[kind]! += times * seats
    })
  }
  function put(panel: Composition) {
    list.push(Int32Array.from(panel))
    add(panel, 1)
  }
  /** By how much the sum of squares grows when this panel comes on top. */
  function cost(panel: Sparse): number {
    let sum = 0
    for (let at = 0; at < panel.kinds.length; at++) {
      const [kind, seats] = [panel.kinds[at]!, panel.seats[at]!]
      sum += (seats * (2 * excess[kind]! + seats)) / people[kind]! ** 2
    }
    return sum
  }
  function bestOf(panels: readonly Sparse[]): number {
    let [best, least] = [0, Infinity]
    panels.forEach((panel, at) => {
      const now = cost(panel)
      if (now < least) [best, least] = [at, now]
    })
    return best
  }

  function replaceWhole() {
    for (let pass = 0, better = true; better && pass < mostPasses; pass++) {
      better = false
      const seen = new Set<string>()
      for (const [at, panel] of list.entries()) {
        const key = panel.join()
        if (seen.has(key)) continue
        seen.add(key)
        add(panel, -1)
        const other = bestOf(candidates)
        const gains = cost(candidates[other]!) < cost(sparse(panel)) - 1e-9
        if (gains) list[at] = Int32Array.from(mixture[other]!.panel)
        better ||= gains
        add(list[at]!, 1)
      }
    }
  }

  function exchangeMembers() {
    const table = openTable(instance)
    const all = people.map((_, kind) => kind)
    const leaving = (kind: number) => (2 * excess[kind]! - 1) / people[kind]! ** 2
    const coming = (kind: number) => (-2 * excess[kind]! - 1) / people[kind]! ** 2
    for (let pass = 0, better = true; better && pass < mostPasses; pass++) {
      better = false
      for (const panel of list) {
        table.seat(panel)
        const inwards = all.toSorted((a, b) => coming(b) - coming(a))
        for (const from of all) {
          if (panel[from] === 0) continue
          for (const to of inwards) {
            // Those after it gained less when they were sorted; what has changed since waits for the next pass.
            if (leaving(from) + coming(to) <= 1e-9) break
            if (!table.canExchange(from, to)) continue
            table.exchange(from, to)
            excess[from]!--
            excess[to]!++
            better = true
            break
          }
        }
      }
    }
  }
}

type Sparse = { kinds: readonly number[]; seats: readonly number[] }

const sparse = (panel: Composition): Sparse => {
  const kinds = [...panel.keys()].filter((kind) => panel[kind]! > 0)
  return { kinds, seats: kinds.map((kind) => panel[kind]!) }
}
