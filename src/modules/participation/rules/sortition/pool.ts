/** Who may be drawn, and what the panel must look like. */

export type Person = {
  id: string
  /** One value per category, in the order of `Pool.categories`. */
  values: readonly string[]
  /** People of one household are never drawn together; null lives alone. */
  household: string | null
}

/** At least `min` and at most `max` members of the panel have this value. `least` and `most` bound what may be proposed when quotas cannot be met. */
export type Quota = { category: string; value: string; min: number; max: number; least?: number; most?: number }

export type Pool = { people: readonly Person[]; categories: readonly string[]; quotas: readonly Quota[]; size: number }

/**
 * People who are interchangeable: equal values, and households alike. `most` is how many of them one panel can hold, `quotas` the
 * quotas that each counts for. Members stand household by household: those of household h of the class at h × perHousehold.
 */
export type Kind = {
  members: readonly string[]
  kindOfHousehold: number
  perHousehold: number
  quotas: readonly number[]
  most: number
}

/** Households whose members have the same values, all in all. */
export type HouseholdKind = { households: number; kinds: readonly number[] }

export type Instance = {
  size: number
  kinds: readonly Kind[]
  households: readonly HouseholdKind[]
  quotas: readonly { min: number; max: number; kinds: readonly number[] }[]
}

/** How many of each kind a panel holds. */
export type Composition = Int32Array

/** How many people each kind has. */
export const peopleOf = ({ kinds }: Instance): readonly number[] => kinds.map(({ members }) => members.length)

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
const keyOf = (values: readonly string[]) => JSON.stringify(values)

/**
 * Groups the pool. Two people are of one kind when some exchange of households maps one to the other and leaves every value where it was;
 * the LEXIMIN distribution, being unique and symmetric, gives them the same chance (docs/sortition.md, section 2). The order of the
 * input does not matter.
 */
export function group({ people, categories, quotas, size }: Pool): Instance {
  const households = new Map<string, Person[]>()
  people.forEach((person, at) => {
    const key = person.household === null ? `alone ${at}` : `shared ${person.household}`
    const there = households.get(key)
    if (there) there.push(person)
    else households.set(key, [person])
  })
  const alike = Map.groupBy(households.values(), (members) =>
    keyOf(members.map((one) => keyOf(one.values)).sort(compare)),
  )

  const quotaAt = new Map(quotas.map(({ category, value }, at) => [keyOf([category, value]), at]))
  const kinds: Kind[] = []
  const classes: HouseholdKind[] = []
  for (const key of [...alike.keys()].sort(compare)) {
    const all = (alike.get(key) ?? []).map((members) => members.toSorted((a, b) => compare(a.id, b.id)))
    all.sort(([a], [b]) => compare(a?.id ?? '', b?.id ?? ''))
    const vectors = Map.groupBy(all[0] ?? [], (one) => keyOf(one.values))
    const own: number[] = []
    for (const vector of [...vectors.keys()].sort(compare)) {
      own.push(kinds.length)
      const [first] = vectors.get(vector) ?? []
      const members = all.flatMap((household) => household.filter((one) => keyOf(one.values) === vector))
      const counted = categories.flatMap(
        (category, at) => quotaAt.get(keyOf([category, first?.values[at] ?? ''])) ?? [],
      )
      const room = Math.max(0, Math.min(all.length, size, ...counted.map((quota) => quotas[quota]?.max ?? 0)))
      kinds.push({
        members: members.map(({ id }) => id),
        kindOfHousehold: classes.length,
        perHousehold: members.length / all.length,
        quotas: counted,
        most: room,
      })
    }
    classes.push({ households: all.length, kinds: own })
  }
  return {
    size,
    kinds,
    households: classes,
    quotas: quotas.map(({ min, max }, at) => ({
      min,
      max,
      kinds: kinds.flatMap((kind, index) => (kind.quotas.includes(at) ? index : [])),
    })),
  }
}
