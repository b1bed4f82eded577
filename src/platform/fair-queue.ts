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

type Waiter = { asker: Asker; admit(): void; refuse(): void }

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
    if (this.#served < this.#limits.slots) this.#served++
    else await this.#wait(asker)
    let over = false
    return () => {
      if (over) return
      over = true
      this.#next()
    }
  }

  #wait(asker: Asker): Promise<void> {
    if (!asker.first) this.#makeRoom(asker)
    return new Promise((admit, fail) => {
      const patience = setTimeout(() => {
        this.#remove(waiter)
        fail(new Overloaded('no turn came in time'))
      }, this.#limits.patienceMs)
      const waiter: Waiter = {
        asker,
        admit() {
          clearTimeout(patience)
          admit()
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
    const waiter = this.#first.shift() ?? this.#turn()
    if (waiter) waiter.admit()
    else this.#served--
  }

  #turn(): Waiter | undefined {
    const [tenant, clients] = first(this.#tenants) ?? []
    if (!tenant || !clients) return undefined
    const [client, line] = first(clients) ?? []
    const waiter = line?.shift()
    if (client === undefined || !line || !waiter) return undefined
    this.#waiting--
    // Served: both go to the end of their rounds.
    clients.delete(client)
    if (line.length > 0) clients.set(client, line)
    this.#tenants.delete(tenant)
    if (clients.size > 0) this.#tenants.set(tenant, clients)
    return waiter
  }
}

const first = <Key, Value>(map: Map<Key, Value>): [Key, Value] | undefined => map.entries().next().value
