import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { record } from '#core/audit.ts'
import type { Witness } from '#core/outside.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { sealTrail } from './jobs.ts'
import { statementOf } from './seal.ts'
import { canonicalJson } from './trail/canonical.ts'
import type { FaultKind, LeafRow } from './trail/check.ts'
import { type Checkpoint, checkpointHash, type Entry, leafOf, nextCheckpoint } from './trail/checkpoint.ts'
import { type Trail, trailIn, type Verdict, verifyTrail } from './verify.ts'

/**
 * Somebody with every right to the database alters the trail. What is tampered with are copies of real rows, in memory,
 * ten thousand times; a few hundred of the same states are also written into the real tables and read from there.
 */

type State = { entries: Entry[]; leaves: LeafRow[]; checkpoints: Checkpoint[] }

let house: TestHouse
let sound: State
let witness: Witness
let columns: { name: string; initial: string | null }[]
let cluster: string | null

const tenant = 'attaka'
/** How often in memory, and how often in the real tables. */
const runs = Number(process.env.TAMPERINGS ?? 10_000)
const runsInSql = Math.ceil(runs / 80)

beforeAll(async () => {
  house = await openHouse()
  // A short trail is compared quickly, and has as many kinds of places as a long one.
  await house.sql('truncate audit')
  const scene = house.sceneOf(tenant)
  for (let round = 0; round < 6; round++) {
    await sealTrail.run(scene, {})
    for (let n = 0; n < 3 + round; n++) {
      const subjects = [{ module: 'procedures', kind: 'filing', id: `${round}-${n}` }]
      await scene.change((db) => record(db, scene, { act: `test.act-${n}`, kind: n % 2 ? 'read' : 'act', subjects }))
    }
  }
  await sealTrail.run(scene, {})
  const [leaves, checkpoints] = await scene.look(async (db) => {
    const trail = trailIn(db)
    const newest = await trail.newest()
    columns = await trail.columns()
    cluster = await trail.cluster()
    const all = []
    for (let number = 1; number <= (newest?.number ?? 0); number++) all.push((await trail.checkpoint(number))!)
    return [await trail.leaves(0, newest?.size ?? 0), all]
  })
  const found = await scene.look((db) => trailIn(db).entries(leaves.map(({ entry }) => entry)))
  sound = { entries: [...found.values()], leaves, checkpoints }
  const said = await scene.look(async (db) =>
    Promise.all(
      checkpoints.map(async ({ number }) => canonicalJson({ kind: 'checkpoint', ...(await statementOf(db, number))! })),
    ),
  )
  witness = {
    name: 'kept outside',
    keep: () => Promise.reject(new Error('nothing is said here')),
    last: async () => said.at(-1) ?? null,
    async *lines() {
      yield* said
    },
  }
})

/** A copy of rows, asked like the database. */
function inMemory({ entries, leaves, checkpoints }: State): Trail {
  const byId = new Map(entries.map((entry) => [String(entry.id), entry]))
  const sealed = new Set(leaves.map(({ entry }) => entry))
  const byPlace = leaves.toSorted((one, other) => one.position - other.position)
  const without = entries.filter(({ id }) => !sealed.has(String(id)))
  return {
    columns: async () => columns,
    cluster: async () => cluster,
    newest: async () => checkpoints.toSorted((one, other) => one.number - other.number).at(-1) ?? null,
    checkpoint: async (number) => checkpoints.find((one) => one.number === number) ?? null,
    leaves: async (from, to) => byPlace.filter(({ position }) => position >= from && position < to),
    countLeaves: async () => leaves.length,
    strays: async (size) => byPlace.filter(({ position }) => position >= size || position < 0),
    entries: async (ids) => new Map(ids.flatMap((id) => (byId.has(id) ? [[id, byId.get(id)!]] : []))),
    unsealed: async () => ({ total: without.length, entries: without }),
  }
}

/** Every checkpoint made anew over the entries as they are now, in the order of the leaves: what only a witness can tell. */
function rechained({ entries, leaves, checkpoints }: State): State {
  const byId = new Map(entries.map((entry) => [String(entry.id), entry]))
  const fresh: State = { entries, leaves: [], checkpoints: [] }
  let before: Checkpoint | null = null
  for (const told of checkpoints) {
    const batch = leaves.filter(({ checkpoint, entry }) => checkpoint === told.number && byId.has(entry))
    if (batch.length === 0) continue
    const hashes = batch.map(({ entry }) => leafOf(byId.get(entry)!, told.columns))
    const next: Checkpoint = nextCheckpoint(before, hashes, told)
    batch.forEach(({ entry }, at) => {
      fresh.leaves.push({ position: next.size - batch.length + at, checkpoint: next.number, entry, hash: hashes[at]! })
    })
    fresh.checkpoints.push(next)
    before = next
  }
  return fresh
}

const hex = (digit: string) => digit.repeat(64)
/** Another value that the column would take. */
const other: Record<string, (value: unknown) => Entry[string]> = {
  id: () => '01900000-0000-7000-8000-00000000ffff',
  at: (value) => String(value).replace(/(\d)Z$/, (_, digit) => `${(Number(digit) + 1) % 10}Z`),
  act: (value) => `${value}x`,
  kind: (value) => (value === 'refusal' ? 'act' : 'refusal'),
  actor: (value) => (value === null ? 'somebody' : null),
  actor_kind: (value) => (value === 'visitor' ? 'person' : 'visitor'),
  represents: (value) => (value === null ? 'a company' : null),
  subjects: (value) => [...(value as Entry[]), { module: 'people', kind: 'person', id: 'x' }],
  written_in: (value) => String(BigInt(String(value)) + 1n),
  tenant: () => 'mie',
}
/** Seals: of checkpoints and of leaves. */
const otherSeal: Record<string, (value: never) => unknown> = {
  size: (value: number) => value + 1,
  root: (value: string) => (value === hex('a') ? hex('b') : hex('a')),
  frontier: (value: string[]) => [...value, hex('a')],
  columns: (value: string[]) => value.slice(1),
  sealed_at: (value: string) => value.replace(/(\d)Z$/, (_, digit) => `${(Number(digit) + 1) % 10}Z`),
  horizon: (value: string) => String(BigInt(value) + 1n),
  cluster: (value: string | null) => (value === null ? '1' : null),
  complete: (value: boolean) => !value,
  previous: () => hex('c'),
  hash: () => hex('d'),
}

type Tampering = { what: string; state: State; kinds: readonly FaultKind[]; first?: string }
type Chance = { n(below: number): number }

/** One entry less, and its leaf too if whoever removed it was thorough. */
const without = (state: State, id: string): State => ({
  ...state,
  entries: state.entries.filter((entry) => entry.id !== id),
})
const withEntry = (state: State, changed: Entry): State => ({
  ...state,
  entries: state.entries.map((entry) => (entry.id === changed.id ? changed : entry)),
})
const pick = <T>(list: readonly T[], { n }: Chance): T => list[n(list.length)]!
const two = <T>(list: readonly T[], { n }: Chance): [T, T] => {
  const one = n(list.length)
  return [list[one]!, list[(one + 1 + n(list.length - 1)) % list.length]!]
}

const tamperings: Record<string, (chance: Chance) => Tampering> = {
  'edits a column of an entry': (chance) => {
    const entry = pick(sound.entries, chance)
    const column = pick(Object.keys(other), chance)
    const changed = { ...entry, [column]: other[column]!(entry[column] ?? null) }
    const gone = column === 'id' || column === 'tenant'
    const entries = sound.entries.map((one) => (one === entry ? changed : one))
    return {
      what: column,
      // In another tenant's trail it is out of sight here.
      state: { ...sound, entries: column === 'tenant' ? entries.filter((one) => one !== changed) : entries },
      kinds: gone ? ['removed'] : ['altered'],
      first: String(entry.id),
    }
  },
  'removes an entry': (chance) => {
    const { id } = pick(sound.entries, chance)
    return { what: '', state: without(sound, String(id)), kinds: ['removed'], first: String(id) }
  },
  'removes an entry and its leaf': (chance) => {
    const id = String(pick(sound.entries, chance).id)
    const state = without(sound, id)
    return {
      what: '',
      state: { ...state, leaves: state.leaves.filter(({ entry }) => entry !== id) },
      kinds: ['removed'],
      first: id,
    }
  },
  'inserts an entry among older ones': (chance) => {
    // Of a transaction that was over when the trail was sealed, whatever else the server has open meanwhile.
    const entry = { ...pick(sound.entries, chance), id: '01900000-0000-7000-8000-00000000eeee', written_in: '5' }
    return { what: '', state: { ...sound, entries: [...sound.entries, entry] }, kinds: ['inserted'], first: entry.id }
  },
  'inserts an entry of yesterday as if it were new': (chance) => {
    const at = new Date(Date.now() - 86_400_000).toISOString().replace('Z', '000Z')
    const entry = {
      ...pick(sound.entries, chance),
      id: '01900000-0000-7000-8000-00000000eeee',
      at,
      written_in: '99999999',
    }
    return { what: '', state: { ...sound, entries: [...sound.entries, entry] }, kinds: ['inserted'], first: entry.id }
  },
  'exchanges two entries': (chance) => {
    const [one, two_] = two(sound.entries, chance)
    const changed = { ...one, id: two_.id! }
    const changedToo = { ...two_, id: one.id! }
    const entries = sound.entries.map((entry) => (entry === one ? changed : entry === two_ ? changedToo : entry))
    return { what: '', state: { ...sound, entries }, kinds: ['reordered'] }
  },
  'exchanges two leaves': (chance) => {
    const [one, two_] = two(sound.leaves, chance)
    const place = (row: LeafRow) => (row === one ? two_ : row === two_ ? one : row)
    const leaves = sound.leaves.map((row) => ({ ...place(row), position: row.position, checkpoint: row.checkpoint }))
    return { what: '', state: { ...sound, leaves }, kinds: ['reordered', 'inserted'] }
  },
  'cuts off the end': (chance) => {
    const from = 1 + chance.n(sound.leaves.length - 1)
    const gone = new Set(sound.leaves.filter(({ position }) => position >= from).map(({ entry }) => entry))
    const leaves = sound.leaves.filter(({ position }) => position < from)
    const last = leaves.at(-1)?.checkpoint ?? 0
    return {
      what: `from ${from}`,
      state: {
        entries: sound.entries.filter(({ id }) => !gone.has(String(id))),
        leaves,
        checkpoints: sound.checkpoints.filter(({ number }) => number <= last),
      },
      kinds: ['removed'],
      first: sound.leaves[from]!.entry,
    }
  },
  'sets everything back to an older state': (chance) => {
    const to = 1 + chance.n(sound.checkpoints.length - 1)
    const leaves = sound.leaves.filter(({ checkpoint }) => checkpoint <= to)
    const kept = new Set(leaves.map(({ entry }) => entry))
    return {
      what: `to ${to}`,
      state: {
        entries: sound.entries.filter(({ id }) => kept.has(String(id))),
        leaves,
        checkpoints: sound.checkpoints.filter(({ number }) => number <= to),
      },
      kinds: ['removed'],
      first: sound.leaves[leaves.length]!.entry,
    }
  },
  'alters an entry and makes all seals anew': (chance) => {
    const entry = pick(sound.entries, chance)
    const state = rechained(withEntry(sound, { ...entry, act: `${entry.act}x` }))
    return { what: '', state, kinds: ['altered'], first: String(entry.id) }
  },
  'removes an entry and makes all seals anew': (chance) => {
    const id = String(pick(sound.entries, chance).id)
    return { what: '', state: rechained(without(sound, id)), kinds: ['removed'], first: id }
  },
  'inserts an entry and makes all seals anew': (chance) => {
    const beside = pick(sound.leaves, chance)
    const entry = { ...pick(sound.entries, chance), id: '01900000-0000-7000-8000-00000000eeee' }
    const leaves = sound.leaves.flatMap((row) => (row === beside ? [{ ...row, entry: entry.id }, row] : [row]))
    const state = rechained({ ...sound, entries: [...sound.entries, entry], leaves })
    return { what: `before ${beside.position}`, state, kinds: ['inserted', 'reordered'] }
  },
  'reorders two leaves and makes all seals anew': (chance) => {
    const [one, two_] = two(sound.leaves, chance)
    const place = (row: LeafRow) => (row === one ? two_ : row === two_ ? one : row)
    const leaves = sound.leaves.map((row) => ({ ...place(row), position: row.position, checkpoint: row.checkpoint }))
    return { what: '', state: rechained({ ...sound, leaves }), kinds: ['reordered', 'inserted'] }
  },
  'alters a checkpoint': (chance) => {
    const checkpoint = pick(sound.checkpoints, chance)
    const column = pick(Object.keys(otherSeal), chance)
    const changed = {
      ...checkpoint,
      [column]: otherSeal[column]!(checkpoint[column as keyof Checkpoint] as never),
    } as Checkpoint
    const again = column !== 'hash' && chance.n(2) ? { ...changed, hash: checkpointHash(changed) } : changed
    return {
      what: column,
      state: { ...sound, checkpoints: sound.checkpoints.map((one) => (one === checkpoint ? again : one)) },
      kinds: ['seal-altered'],
    }
  },
  'alters a leaf': (chance) => {
    const leaf = pick(sound.leaves, chance)
    const [changed, kind] = pick<[LeafRow, FaultKind]>(
      [
        [{ ...leaf, hash: hex('a') }, 'seal-altered'],
        [{ ...leaf, position: leaf.position + 100_000 }, 'seal-altered'],
        [{ ...leaf, checkpoint: (leaf.checkpoint % sound.checkpoints.length) + 1 }, 'seal-altered'],
        [{ ...leaf, entry: '01900000-0000-7000-8000-00000000eeee' }, 'inserted'],
      ],
      chance,
    )
    return {
      what: '',
      state: { ...sound, leaves: sound.leaves.map((one) => (one === leaf ? changed : one)) },
      kinds: [kind],
    }
  },
}

const verdictOn = (trail: Trail) => verifyTrail(trail, tenant, [witness])

function expectFound({ faults }: Verdict, { what, kinds, first }: Tampering, name: string) {
  const said = `${name} ${what}`
  expect(faults.length, said).toBeGreaterThan(0)
  expect(kinds, said).toContain(faults[0]?.kind)
  if (first) expect(faults[0]?.entry, said).toBe(first)
}

/** The same state in the real tables. */
async function write({ entries, leaves, checkpoints }: State) {
  const rows = (list: readonly object[]) => JSON.stringify(list.map((row) => ({ tenant, ...row })))
  await house.sql(`delete from audit_leaf where tenant = '${tenant}'`)
  await house.sql(`delete from audit_checkpoint where tenant = '${tenant}'`)
  await house.sql(`delete from audit where tenant = '${tenant}'`)
  await house.sql('insert into audit select * from jsonb_populate_recordset(null::audit, $1)', [rows(entries)])
  await house.sql('insert into audit_checkpoint select * from jsonb_populate_recordset(null::audit_checkpoint, $1)', [
    rows(checkpoints),
  ])
  await house.sql('insert into audit_leaf select * from jsonb_populate_recordset(null::audit_leaf, $1)', [rows(leaves)])
}

const chances = fc.infiniteStream(fc.nat()).map((stream) => ({
  n: (below: number) => {
    const { value } = stream.next()
    return value % below
  },
}))
const names = fc.constantFrom(...Object.keys(tamperings))

describe('a trail', () => {
  test('that nobody touched is as it was sealed, in memory and in the tables', async () => {
    expect(await verdictOn(inMemory(sound))).toMatchObject({ faults: [], unsealed: 0, sealed: sound.entries.length })
    await write(sound)
    expect(await house.database.frozen(tenant, (db) => verdictOn(trailIn(db)))).toMatchObject({
      faults: [],
      unsealed: 0,
    })
  })

  test('that somebody tampered with is found so, and the first place is named', async () => {
    const tried = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(names, chances, async (name, chance) => {
        const tampering = tamperings[name]!(chance)
        expectFound(await verdictOn(inMemory(tampering.state)), tampering, name)
        tried.set(name, (tried.get(name) ?? 0) + 1)
      }),
      { numRuns: runs },
    )
    expect(tried.size).toBe(Object.keys(tamperings).length)
  }, 600_000)

  test('in the real tables gives the same verdict as its copy in memory', async () => {
    await house.sql('alter table audit_leaf drop constraint audit_leaf_tenant_checkpoint_fkey')
    await fc.assert(
      fc.asyncProperty(names, chances, async (name, chance) => {
        const tampering = tamperings[name]!(chance)
        await write(tampering.state)
        const verdict = await house.database.frozen(tenant, (db) => verdictOn(trailIn(db)))
        expectFound(verdict, tampering, name)
        expect(verdict.faults).toEqual((await verdictOn(inMemory(tampering.state))).faults)
      }),
      { numRuns: runsInSql },
    )
  }, 600_000)

  test('is not accused where somebody merely wrote more of it', async () => {
    await write(sound)
    const scene = house.sceneOf(tenant)
    await scene.change((db) => record(db, scene, { act: 'test.more', kind: 'act' }))
    expect(await house.database.frozen(tenant, (db) => verdictOn(trailIn(db)))).toMatchObject({
      faults: [],
      unsealed: 1,
    })
  })
})
