import type { Composition, HouseholdKind, Instance } from './pool.ts'

/**
 * Puts people on the seats of each panel: of a kind, those who have had the fewest seats so far, equals in the order of their lots. So the seats
 * of a kind are shared as evenly as households allow, and who of its members gets one more is for the lots to say. Members of a panel stand in
 * the order of the kinds.
 */
export function seatPeople(
  instance: Instance,
  list: readonly Composition[],
  lots: ReadonlyMap<string, string>,
): string[][] {
  const panels = list.map((): string[][] => [])
  for (const one of instance.households) {
    const rota = openRota(instance, one, lots)
    list.forEach((composition, at) => {
      panels[at]?.push(...rota(one.kinds.map((kind) => composition[kind]!)))
    })
  }
  return panels.map((groups) => groups.flat())
}

/** Whose turn it is among households of one kind. */
function openRota({ kinds }: Instance, { kinds: own, households }: HouseholdKind, lots: ReadonlyMap<string, string>) {
  const lotOf = (id: string) => lots.get(id) ?? ''
  const homes = Array.from({ length: households }, (_, home) =>
    own.map((kind) => {
      const { members, perHousehold } = kinds[kind]!
      return members
        .slice(home * perHousehold, (home + 1) * perHousehold)
        .map((id) => ({ id, lot: lotOf(id), seats: 0 }))
    }),
  )
  type Member = (typeof homes)[number][number][number]
  const before = (one: Member, other: Member) =>
    one.seats - other.seats || (one.lot < other.lot ? -1 : one.lot > other.lot ? 1 : 0)

  // Who lives alone takes turns in the order of lots, which comes to the same and is quick.
  const [alone] = own
  if (own.length === 1 && alone !== undefined && kinds[alone]!.perHousehold === 1) {
    const turns = homes.flatMap((home) => home[0]!).sort(before)
    let next = 0
    return ([count = 0]: readonly number[]) => [
      Array.from({ length: count }, () => turns[next++ % turns.length]?.id ?? ''),
    ]
  }

  /** Members for so many seats of each kind, at most one from a household. */
  return (seats: readonly number[]): string[][] => {
    const used = new Set<number>()
    return seats.map((count, kind) => {
      if (count === 0) return []
      const free = homes.flatMap((home, at) => {
        const next = used.has(at) ? undefined : home[kind]!.toSorted(before)[0]
        return next ? [{ at, next }] : []
      })
      const chosen = free.sort((a, b) => before(a.next, b.next)).slice(0, count)
      for (const { at, next } of chosen) {
        used.add(at)
        next.seats++
      }
      return chosen.map(({ next }) => next.id)
    })
  }
}
