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
  const due = excess.map((seats) => -seats)
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
    const misfit = misfitOf(people, (kind) => due[kind]!)
    // What is gained when one member less, or one more, of a kind has a seat.
    const [leaving, coming] = [new Float64Array(people.length), new Float64Array(people.length)]
    const weigh = (kind: number) => {
      const now = misfit(kind, excess[kind]!)
      leaving[kind] = now - misfit(kind, excess[kind]! - 1)
      coming[kind] = now - misfit(kind, excess[kind]! + 1)
    }
    for (const kind of people.keys()) weigh(kind)

    for (let pass = 0, better = true; better && pass < mostPasses; pass++) {
      better = false
      // Sorted once: what an exchange changes is looked at again in the next pass, and the last pass changes nothing.
      const inwards = Int32Array.from(people.keys()).sort((a, b) => coming[b]! - coming[a]!)
      for (const panel of list) {
        table.seat(panel)
        for (const from of people.keys()) {
          if (panel[from] === 0) continue
          for (const to of inwards) {
            if (leaving[from]! + coming[to]! <= 1e-9) break
            if (!table.canExchange(from, to)) continue
            table.exchange(from, to)
            excess[from]!--
            excess[to]!++
            weigh(from)
            weigh(to)
            better = true
            break
          }
        }
      }
    }
  }
}

/**
 * How badly so many seats too many fit a kind: the square of what each member has too much, and a lot more where some member must be off by more than
 * one seat, since seats of a kind are shared as evenly as can be: that is, outside of n·⌊due/n⌋ … n·⌈due/n⌉ seats.
 */
export const misfitOf =
  (people: readonly number[], due: (kind: number) => number) => (kind: number, excess: number) => {
    const [count, seats] = [people[kind]!, due(kind)]
    const [least, most] = [count * Math.floor(seats / count + 1e-9), count * Math.ceil(seats / count - 1e-9)]
    const outside = Math.max(0, least - (seats + excess), seats + excess - most)
    return (excess / count) ** 2 + (10 * outside) / count
  }

type Sparse = { kinds: readonly number[]; seats: readonly number[] }

const sparse = (panel: Composition): Sparse => {
  const kinds = [...panel.keys()].filter((kind) => panel[kind]! > 0)
  return { kinds, seats: kinds.map((kind) => panel[kind]!) }
}
