// One queue, one file: who waits, who is next, who comes along and who makes room are decided by the same lines.

/** Who waits: one tenant's share is parted among those who ask there (an address, a person's program, the jobs). */
export type Asker = {
  tenant: string
  client: string
  /** Whoever was let in once is refused last: work that has begun is not thrown away. */
  inHand?: boolean
  /** The instance itself, asking how it is: served before everybody, never refused for want of room. */
  first?: boolean
}

/** More ask than can be served in time. Nothing was done; it may be tried again a little later. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded'
}

/** What can be served along with others of its kind, in one turn; but not with one that holds some of the same. */
export type Shareable = { kind: object; holds: readonly string[] }

/**
 * So many shared turns are served at once at one tenant: whoever comes meanwhile goes along with the next, even where slots
 * are free. Sixteen in one turn are far less work than sixteen turns, and the other slots stay for the others.
 */
const mostShared = 4

/** `own`: it is one's own turn; else somebody whose turn came has taken one's item along. */
type Waiter = { asker: Asker; item?: Shareable; admit(own: boolean): void; refuse(): void }

/** So many are served in one turn: it stays short for whoever waits behind it. */
const mostTogether = 16

type Limits = {
  /** How many are served at once. */
  slots: number
  /** How many may wait; those in hand twice as many. */
  waiting: number
  /** How long anybody waits, in milliseconds. */
  patienceMs: number
}

/**
 * A bounded queue in which every tenant has its turn, and within a tenant everybody who asks there, however much the
 * others ask. When it is full, whoever takes the most room makes place: a noisy tenant delays and refuses itself only.
 * Round robin by tenant and then by client, and dropping from the longest queue (J. Nagle, RFC 970; stochastic fair queueing).
 */
export class FairQueue {
  readonly #limits: Limits
  #served = 0
  #waiting = 0
  readonly #first: Waiter[] = []
  /** How many shared turns are served at each tenant. */
  readonly #shared = new Map<string, number>()
  /** In the order of their turns: whoever was served goes to the end. */
  readonly #tenants = new Map<string, Map<string, Waiter[]>>()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** How many wait and how many are served, for those who watch. */
  get load() {
    return { waiting: this.#waiting + this.#first.length, served: this.#served }
  }

  /**
   * Waits for a turn. What it gives must be called, once, when the turn is over.
   * @throws Overloaded when there is no room to wait, or no turn came in time
   */
  async take(asker: Asker): Promise<() => void> {
    if (this.#served < this.#limits.slots) this.#begin()
    else await this.#wait(asker)
    return this.#end()
  }

  /**
   * The same for an item that can be served along with others of its kind: a turn comes with the items, sixteen at most, of
   * those who wait at the same tenant and whose own turn would bring them next, in that order, its own first.
   * @returns null where somebody else's turn has taken it along
   */
  async share<Item extends Shareable>(
    asker: Asker,
    item: Item,
  ): Promise<{ items: [Item, ...Item[]]; over: () => void } | null> {
    const { tenant } = asker
    if (this.#served < this.#limits.slots && !this.#full(tenant)) this.#begin(tenant)
    else if (!(await this.#wait(asker, item))) return null
    return { items: [item, ...this.#along(tenant, item)], over: this.#end(tenant) }
  }

  /** `shared`: at which tenant the turn is a shared one. */
  #begin(shared?: string) {
    this.#served++
    if (shared !== undefined) this.#shared.set(shared, (this.#shared.get(shared) ?? 0) + 1)
  }

  #end(shared?: string) {
    let over = false
    return () => {
      if (over) return
      over = true
      this.#served--
      if (shared !== undefined) {
        const left = (this.#shared.get(shared) ?? 0) - 1
        if (left > 0) this.#shared.set(shared, left)
        else this.#shared.delete(shared)
      }
      this.#next()
    }
  }

  #full = (tenant: string) => (this.#shared.get(tenant) ?? 0) >= mostShared

  #wait(asker: Asker, item?: Shareable): Promise<boolean> {
    if (!asker.first) this.#makeRoom(asker)
    return new Promise((admit, fail) => {
      const patience = setTimeout(() => {
        this.#remove(waiter)
        fail(new Overloaded('no turn came in time'))
      }, this.#limits.patienceMs)
      const waiter: Waiter = {
        asker,
        ...(item && { item }),
        admit(own) {
          clearTimeout(patience)
          admit(own)
        },
        refuse() {
          clearTimeout(patience)
          fail(new Overloaded('others had less of it'))
        },
      }
      this.#add(waiter)
    })
  }

  #add(waiter: Waiter) {
    const { asker } = waiter
    if (asker.first) {
      this.#first.push(waiter)
      return
    }
    const clients = this.#tenants.get(asker.tenant) ?? new Map<string, Waiter[]>()
    this.#tenants.set(asker.tenant, clients)
    const line = clients.get(asker.client) ?? []
    clients.set(asker.client, line)
    // Among one's own, what has begun goes before what has not.
    const before = asker.inHand ? line.findIndex((other) => !other.asker.inHand) : -1
    line.splice(before < 0 ? line.length : before, 0, waiter)
    this.#waiting++
  }

  #remove(waiter: Waiter) {
    const { tenant, client, first } = waiter.asker
    const line = first ? this.#first : this.#tenants.get(tenant)?.get(client)
    const at = line?.indexOf(waiter) ?? -1
    if (!line || at < 0) return
    line.splice(at, 1)
    if (first) return
    this.#waiting--
    this.#forget(tenant, client)
  }

  /** Nobody's place is kept: memory is bounded by those who wait now. */
  #forget(tenant: string, client: string) {
    const clients = this.#tenants.get(tenant)
    if (clients?.get(client)?.length === 0) clients.delete(client)
    if (clients?.size === 0) this.#tenants.delete(tenant)
  }

  /** @throws Overloaded when it's the asker who has to make room */
  #makeRoom({ tenant, client, inHand }: Asker) {
    if (this.#waiting < this.#limits.waiting * (inHand ? 2 : 1)) return
    const room = (name: string) =>
      [...(this.#tenants.get(name)?.values() ?? [])].reduce((sum, { length }) => sum + length, 0)
    const widest = [...this.#tenants.keys()].reduce((one, other) => (room(other) > room(one) ? other : one), tenant)
    const lines = this.#tenants.get(widest) ?? new Map<string, Waiter[]>()
    const own = widest === tenant ? client : ''
    const longest = [...lines].reduce(
      ([name, length], [other, line]) =>
        line.length > length ? ([other, line.length] as const) : ([name, length] as const),
      [own, lines.get(own)?.length ?? 0] as readonly [string, number],
    )
    const last = lines.get(longest[0])?.at(-1)
    if ((widest === tenant && longest[0] === client) || !last || (last.asker.inHand && !inHand)) {
      throw new Overloaded('too many are waiting')
    }
    this.#remove(last)
    last.refuse()
  }

  #next() {
    while (this.#served < this.#limits.slots) {
      const waiter = this.#first.shift() ?? this.#turn()
      if (!waiter) return
      this.#begin(waiter.item && waiter.asker.tenant)
      waiter.admit(true)
    }
  }

  /** Whose turn it is. Who waits for a shared turn to end is passed over by those behind them who don't. */
  #turn(): Waiter | undefined {
    for (const [tenant, clients] of this.#tenants) {
      const full = this.#full(tenant)
      for (const [client, line] of clients) {
        const at = full ? line.findIndex(({ item }) => !item) : 0
        if (at >= 0) return this.#step(tenant, client, at)
      }
    }
    return undefined
  }

  /** Who stands there in that line is served, and both go to the end of their rounds. */
  #step(tenant: string, client: string, at = 0): Waiter | undefined {
    const clients = this.#tenants.get(tenant)
    const line = clients?.get(client)
    const [waiter] = line?.splice(at, 1) ?? []
    if (!clients || !line || !waiter) return undefined
    this.#waiting--
    clients.delete(client)
    if (line.length > 0) clients.set(client, line)
    this.#tenants.delete(tenant)
    if (clients.size > 0) this.#tenants.set(tenant, clients)
    return waiter
  }

  /** Takes along who waits for the same at that tenant: around those who ask there, as turns go. */
  #along<Item extends Shareable>(tenant: string, { kind, holds }: Item): Item[] {
    const items: Item[] = []
    const held = new Set(holds)
    for (let found = true; found; ) {
      found = false
      for (const [client, [next]] of [...(this.#tenants.get(tenant) ?? [])]) {
        if (next?.item?.kind !== kind || next.item.holds.some((one) => held.has(one))) continue
        if (items.length + 1 >= mostTogether) return items
        found = true
        // Of one kind, so of one type.
        items.push(next.item as Item)
        for (const one of next.item.holds) held.add(one)
        this.#step(tenant, client)?.admit(false)
      }
    }
    return items
  }
}
