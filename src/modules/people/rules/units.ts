/** Departments and sections over time. A unit keeps its id; its states follow one another without overlap. */

export type UnitState = {
  unit: string
  kind: 'department' | 'section'
  valid_from: string
  /** The first day on which it no longer holds. */
  valid_to: string | null
  name: string
  parent: string | null
}

/** Whether a span of days (end excluded, null = open) holds on a day. */
export const holdsOn = (span: { valid_from: string; valid_to: string | null }, day: string): boolean =>
  span.valid_from <= day && (span.valid_to === null || span.valid_to > day)

/** The state of a unit on a day. */
export const stateOn = <S extends UnitState>(states: readonly S[], unit: string, day: string): S | undefined =>
  states.find((state) => state.unit === unit && holdsOn(state, day))

/** The name a unit had on a day; before its first day its first name, after its last day its last. */
export function nameOn(states: readonly UnitState[], unit: string, day: string): string | null {
  const own = states.filter((state) => state.unit === unit).sort((a, b) => (a.valid_from < b.valid_from ? -1 : 1))
  const found = own.findLast(({ valid_from }) => valid_from <= day) ?? own[0]
  return found?.name ?? null
}

/** Whether a unit exists on a day and no end of it is known: somebody may be put there from that day. */
export const isOpenFrom = (states: readonly UnitState[], unit: string, day: string): boolean => {
  const own = states.filter((state) => state.unit === unit)
  return own.some(({ valid_to }) => valid_to === null) && own.some((state) => holdsOn(state, day))
}

/** What of a unit (its states newest first) has not come about on a day: its closing, or the change before that. */
export function plannedOf(
  [latest, before]: readonly { valid_from: string; valid_to: string | null }[],
  today: string,
): 'closing' | 'change' | null {
  if (latest?.valid_to && latest.valid_to > today) return 'closing'
  return latest && before && latest.valid_from > today && latest.valid_to === null ? 'change' : null
}

/** How a new state follows the latest one: in its place (same first day), after it, or not at all. */
export type Following = 'instead' | 'after' | 'closed' | 'too-early'

/** Where a change from `day` fits behind the latest span. What has happened is never rewritten, only its last day's word. */
export function followsOn(latest: { valid_from: string; valid_to: string | null }, day: string): Following {
  if (latest.valid_to !== null) return 'closed'
  if (day < latest.valid_from) return 'too-early'
  return day === latest.valid_from ? 'instead' : 'after'
}
