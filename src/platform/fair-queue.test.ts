import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Asker, FairQueue, Overloaded } from './fair-queue.ts'

const asker = (tenant: string, client = 'a', more: Partial<Asker> = {}): Asker => ({ tenant, client, ...more })

/** Says what became of each: the order of the turns, and who was refused. */
function watched(limits: { slots?: number; waiting?: number; patienceMs?: number } = {}) {
  const queue = new FairQueue({ slots: 1, waiting: 100, patienceMs: 60_000, ...limits })
  const turns: string[] = []
  const refused: string[] = []
  const ends: (() => void)[] = []
  /** How many shared turns are under way, by tenant. */
  const sharing = new Map<string, number>()
  const ask = (who: Asker, name = `${who.tenant} ${who.client}`) =>
    queue.take(who).then(
      (end) => {
        turns.push(name)
        ends.push(end)
      },
      (error: unknown) => {
        expect(error).toBeInstanceOf(Overloaded)
        refused.push(name)
      },
    )
  /** The same for what can be served along with others of its kind. */
  const share = (who: Asker, kind: object, name: string, holds: readonly string[] = []) =>
    queue.share(who, { kind, name, holds }).then(
      (turn) => {
        if (!turn) return
        turns.push(...turn.items.map((item) => item.name))
        sharing.set(who.tenant, (sharing.get(who.tenant) ?? 0) + 1)
        ends.push(() => {
          sharing.set(who.tenant, (sharing.get(who.tenant) ?? 0) - 1)
          turn.over()
        })
      },
      (error: unknown) => {
        expect(error).toBeInstanceOf(Overloaded)
        refused.push(name)
      },
    )
  const settle = () => new Promise<void>((done) => setImmediate(done))
  /** Ends one turn after the other until nobody waits. */
  const run = async () => {
    await settle()
    for (let end = ends.shift(); end; end = ends.shift()) {
      end()
      await settle()
    }
  }
  return { queue, turns, refused, ends, sharing, ask, share, settle, run }
}

describe('turns', () => {
  test('go around the tenants, however much one of them asks', async () => {
    const { ask, turns, run } = watched()
    for (let n = 0; n < 5; n++) ask(asker('noisy'), `noisy ${n}`)
    ask(asker('quiet'), 'quiet 0')
    ask(asker('quiet'), 'quiet 1')
    await run()
    expect(turns).toEqual(['noisy 0', 'noisy 1', 'quiet 0', 'noisy 2', 'quiet 1', 'noisy 3', 'noisy 4'])
  })

  test('go around those who ask in one tenant', async () => {
    const { ask, turns, run } = watched()
    for (let n = 0; n < 4; n++) ask(asker('mie', 'program'), `program ${n}`)
    ask(asker('mie', 'person'), 'person')
    await run()
    expect(turns.indexOf('person')).toBe(2)
  })

  test('go first to what has begun, among one’s own', async () => {
    const { ask, turns, run } = watched()
    ask(asker('mie'), 'at work')
    ask(asker('mie'), 'new')
    ask(asker('mie', 'a', { inHand: true }), 'begun')
    await run()
    expect(turns).toEqual(['at work', 'begun', 'new'])
  })

  test('go before all others to the instance itself, also when nobody else finds room', async () => {
    const { ask, turns, refused, run } = watched({ waiting: 1 })
    ask(asker('mie'), 'at work')
    ask(asker('mie'), 'waits')
    ask(asker('mie'), 'no room')
    ask(asker('', '', { first: true }), 'ready?')
    await run()
    expect(refused).toEqual(['no room'])
    expect(turns).toEqual(['at work', 'ready?', 'waits'])
  })
})

describe('what can be served along', () => {
  const kind = {}

  test('shares the turn of the first of its kind, what others asked with theirs behind it', async () => {
    const { ask, share, turns, ends, settle, run } = watched()
    ask(asker('mie'), 'at work')
    share(asker('mie', 'a'), kind, 'a')
    ask(asker('mie', 'b'), 'b')
    share(asker('mie', 'c'), kind, 'c')
    await settle()
    ends.shift()?.()
    await settle()
    expect(turns).toEqual(['at work', 'a', 'c'])
    expect(ends).toHaveLength(1)
    await run()
    expect(turns).toEqual(['at work', 'a', 'c', 'b'])
  })

  test('is never served along with what holds some of the same', async () => {
    const { ask, share, turns, ends, settle } = watched()
    ask(asker('mie'), 'at work')
    share(asker('mie', 'a'), kind, 'a', ['draft', 'hanako'])
    share(asker('mie', 'b'), kind, 'b', ['another', 'hanako'])
    share(asker('mie', 'c'), kind, 'c', ['third', 'taro'])
    share(asker('mie', 'd'), kind, 'd', ['taro'])
    await settle()
    for (const expected of [
      ['a', 'c'],
      ['b', 'd'],
    ]) {
      ends.shift()?.()
      await settle()
      expect(turns.slice(-2)).toEqual(expected)
    }
  })

  test('is not taken out from behind what its own asker waits for first', async () => {
    const { ask, share, turns, run } = watched()
    ask(asker('mie'), 'at work')
    share(asker('mie', 'a'), kind, 'a')
    ask(asker('mie', 'b', { inHand: true }), 'b begun')
    share(asker('mie', 'b'), kind, 'b')
    await run()
    expect(turns).toEqual(['at work', 'a', 'b begun', 'b'])
  })
})

describe('of shared turns', () => {
  const kinds = [{}, {}]

  test('four are served at once at one tenant: others go along with the next, and leave free slots to the rest', async () => {
    const { ask, share, turns, ends, settle, queue } = watched({ slots: 8 })
    for (let n = 0; n < 7; n++) share(asker('mie', `${n}`), kinds[n % 2] as object, `${n}`)
    await settle()
    expect(turns).toEqual(['0', '1', '2', '3'])
    expect(queue.load).toEqual({ waiting: 3, served: 4 })
    share(asker('tsu'), kinds[0] as object, 'tsu')
    ask(asker('mie', '6'), 'alone')
    await settle()
    expect(turns.slice(4)).toEqual(['tsu', 'alone'])
    ends.shift()?.()
    await settle()
    expect(turns.slice(6)).toEqual(['4', '6'])
    ends.shift()?.()
    await settle()
    expect(turns.slice(8)).toEqual(['5'])
  })

  test('none holds up what its own asker waits for besides', async () => {
    const { ask, share, turns, ends, settle } = watched({ slots: 5 })
    for (let n = 0; n < 4; n++) share(asker('mie', `${n}`), kinds[0] as object, `${n}`)
    ask(asker('tsu'), 'at work')
    share(asker('mie', 'a'), kinds[0] as object, 'shared')
    ask(asker('mie', 'a'), 'behind it')
    await settle()
    ends.at(-1)?.()
    await settle()
    expect(turns.slice(5)).toEqual(['behind it'])
  })
})

describe('when there is no room to wait', () => {
  test('who takes the most of it makes place for the others', async () => {
    const { ask, turns, refused, settle, run } = watched({ waiting: 4 })
    ask(asker('noisy'), 'at work')
    for (let n = 0; n < 4; n++) ask(asker('noisy'), `noisy ${n}`)
    ask(asker('noisy'), 'noisy 4')
    ask(asker('quiet'), 'quiet')
    await settle()
    expect(refused).toEqual(['noisy 4', 'noisy 3'])
    await run()
    expect(turns).toContain('quiet')
  })

  test('a program makes place for the people of its own tenant', async () => {
    const { ask, refused, run, turns } = watched({ waiting: 3 })
    ask(asker('mie', 'program'), 'at work')
    for (let n = 0; n < 3; n++) ask(asker('mie', 'program'), `program ${n}`)
    ask(asker('mie', 'person'), 'person')
    await run()
    expect(refused).toEqual(['program 2'])
    expect(turns).toContain('person')
  })

  test('what has begun is not given up for what has not', async () => {
    const { ask, refused, settle } = watched({ waiting: 2 })
    ask(asker('mie', 'a'), 'at work')
    ask(asker('mie', 'a', { inHand: true }), 'begun 0')
    ask(asker('mie', 'a', { inHand: true }), 'begun 1')
    ask(asker('mie', 'b'), 'new')
    await settle()
    expect(refused).toEqual(['new'])
  })
})

describe('whoever waits too long', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('is told so, and leaves nothing behind', async () => {
    const queue = new FairQueue({ slots: 1, waiting: 10, patienceMs: 5_000 })
    const end = await queue.take(asker('mie'))
    const late = queue.take(asker('mie')).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(queue.load).toEqual({ waiting: 1, served: 1 })
    await vi.advanceTimersByTimeAsync(1)
    expect(await late).toBeInstanceOf(Overloaded)
    end()
    expect(queue.load).toEqual({ waiting: 0, served: 0 })
  })
})

test('whatever happens, no more are served than may be, nobody waits for nothing, and nobody is forgotten', async () => {
  const event = fc.record({
    tenant: fc.constantFrom('a', 'b', 'c'),
    client: fc.constantFrom('x', 'y'),
    inHand: fc.boolean(),
    ends: fc.integer({ min: 0, max: 3 }),
    kind: fc.constantFrom(null, {}, {}),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), async (events, slots) => {
      const { queue, ask, share, turns, refused, ends, sharing, settle, run } = watched({ slots, waiting: 8 })
      for (const [n, { ends: over, kind, ...who }] of events.entries()) {
        if (kind) share(who, kind, `${n}`)
        else ask(who, `${n}`)
        await settle()
        for (let n = 0; n < over; n++) ends.shift()?.()
        await settle()
        expect(queue.load.served).toBeLessThanOrEqual(slots)
        expect(queue.load.waiting).toBeLessThanOrEqual(16)
        const full = [...sharing.values()].filter((turns) => turns >= 4)
        expect(Math.max(0, ...sharing.values())).toBeLessThanOrEqual(4)
        if (queue.load.served < slots && full.length === 0) expect(queue.load.waiting).toBe(0)
      }
      await run()
      const names = events.map((_, n) => `${n}`)
      expect([...turns, ...refused].sort()).toEqual(names.sort())
      expect(queue.load).toEqual({ waiting: 0, served: 0 })
    }),
    { numRuns: 60 },
  )
})

test('a turn that is ended twice counts once', async () => {
  const { queue, ask, ends, settle } = watched()
  ask(asker('mie'))
  await settle()
  const [end] = ends
  end?.()
  end?.()
  expect(queue.load.served).toBe(0)
})
