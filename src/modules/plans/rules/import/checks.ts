/** How a check speaks of a fault: its path and the sentence. */
export type Say = (path: string, sentence: string) => void

/** Names every entry whose key appeared before; '' and -1 are faults of their own, already named. */
export type Once = <T>(
  items: readonly T[],
  key: (item: T) => string | number,
  path: (index: number) => string,
  what: string,
) => void

/** Names what isn't among the known; null, '' and -1 are faults of their own, already named. */
export type Known = (names: Set<unknown>, name: unknown, path: string, what: string) => void

/** Names every entry that is, over its parents, its own ancestor. One without an id is nobody's parent: its fault is named already. */
export function circles<T extends { id: string }>(
  items: readonly T[],
  parent: (item: T) => string | null,
  path: (index: number) => string,
  say: Say,
) {
  const byId = new Map(items.filter(({ id }) => id !== '').map((one) => [one.id, one]))
  items.forEach((start, index) => {
    let above = byId.get(parent(start) ?? '')
    for (let steps = 0; above && steps <= items.length; steps += 1) {
      if (above === start) {
        say(path(index), 'たどると自分自身に戻ります。上位のものを直してください。')
        return
      }
      above = byId.get(parent(above) ?? '')
    }
  })
}
