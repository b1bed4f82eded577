import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { type Actor, holds, holdsAt, isStaff, type Role, unitsHeld, withinScope } from './policy.ts'
import { Refusal } from './refusal.ts'
import type { Scene } from './scene.ts'
import { ofReader, show, type View, view } from './view.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
beforeEach(async () => {
  await house.sql('truncate audit')
})

const person = (over: Partial<Actor> = {}): Actor => ({
  id: '01900000-0000-7000-8000-00000000aaaa',
  kind: 'person',
  roles: [{ name: 'reviewer', department: null, section: null }],
  section: null,
  represents: null,
  assurance: 'account',
  scopes: null,
  ...over,
})

const sceneOf = (actor: Actor | null): Scene => ({ ...house.sceneOf('attaka', actor), actor })
const trail = () => house.sql('select act, kind, actor, subjects from audit')
const kindOf = (work: Promise<unknown>) =>
  work.then(
    () => 'shown',
    (error: unknown) => (error instanceof Refusal ? error.kind : Promise.reject(error)),
  )

const input = z.object({ id: z.uuid() })
const output = z.object({ id: z.string(), names: z.array(z.string()) })
const id = '01900000-0000-7000-8000-0000000000ff'

const look = (over: Partial<View<typeof input, typeof output>> = {}) =>
  view({
    name: 'test.names',
    title: 'Names',
    input,
    output,
    allow: ({ actor }) => holds(actor, 'reviewer'),
    run: async (_, { id }) => ({ id, names: ['花子'], mail: 'hanako@example.jp' }),
    ...over,
  })

describe('a view', () => {
  test('shows what is listed, and leaves no trace if it shows nobody’s data', async () => {
    expect(await show(look(), sceneOf(person()), { id })).toEqual({ id, names: ['花子'] })
    expect(await trail()).toEqual([])
  })

  test('of personal data records who read what, in the same transaction', async () => {
    const personal = look({ personal: ({ id }) => [{ module: 'test', kind: 'person', id }] })
    await show(personal, sceneOf(person()), { id })
    expect(await trail()).toEqual([
      { act: 'test.names', kind: 'read', actor: person().id, subjects: [{ module: 'test', kind: 'person', id }] },
    ])
    const unwritten = look({ personal: () => [{ module: 'test', kind: 'person', id: '\0' }] })
    await expect(show(unwritten, sceneOf(person()), { id })).rejects.toThrow()
  })

  test('of what is one’s own records its reader as the one who was read of, and nobody for a token', async () => {
    await show(look({ personal: ofReader }), sceneOf(person()), { id })
    await show(look({ personal: ofReader }), sceneOf(person({ kind: 'token' })), { id })
    expect(await trail()).toMatchObject([{ subjects: [{ module: 'people', kind: 'person', id: person().id }] }])
  })

  test('of personal data that shows none records nothing', async () => {
    await show(look({ personal: () => [] }), sceneOf(person()), { id })
    expect(await trail()).toEqual([])
  })

  test('that shows nobody’s data can’t write', async () => {
    const writing = look({
      async run({ db }, { id }) {
        await sql`insert into seeded (module, at) values ('test-view', now())`.execute(db)
        return { id, names: [] }
      },
    })
    await expect(show(writing, sceneOf(person()), { id })).rejects.toThrow(/read-only transaction/)
  })

  test('asks visitors to sign in and others for a role, before it reads what was asked', async () => {
    expect(await kindOf(show(look(), sceneOf(null), { id: 'x' }))).toBe('signed-out')
    expect(await trail()).toEqual([])
    expect(await kindOf(show(look(), sceneOf(person({ roles: [] })), { id: 'x' }))).toBe('forbidden')
    expect(await trail()).toEqual([expect.objectContaining({ act: 'test.names', kind: 'refusal', subjects: [] })])
  })

  test('finds nothing under an address that can’t be one', async () => {
    for (const odd of ['x', '', '../../etc/passwd', "' or 1=1", null, ['a', 'b'], {}]) {
      expect(await kindOf(show(look(), sceneOf(person()), { id: odd }))).toBe('missing')
    }
  })

  test('that isn’t for this reader is denied, and the denial stays', async () => {
    const notThis = look({ allowThis: async () => false })
    expect(await kindOf(show(notThis, sceneOf(person()), { id }))).toBe('forbidden')
    expect(await trail()).toEqual([expect.objectContaining({ kind: 'refusal' })])
  })

  test('is open to a token with the scope to read or to write, and to no other', async () => {
    const asked = (...scopes: string[]) => kindOf(show(look(), sceneOf(person({ kind: 'token', scopes })), { id }))
    expect(await Promise.all([asked('test:read'), asked('test:write'), asked('other:read'), asked()])).toEqual([
      'shown',
      'shown',
      'forbidden',
      'forbidden',
    ])
  })
})

describe('a role', () => {
  const at = (place: Partial<Role>): Role[] => [{ name: 'reviewer', department: null, section: null, ...place }]

  test('for the whole office holds everywhere, for a department in its sections, for a section there', () => {
    // What it is, and whether it holds for the section s1, its department d1, and what belongs to neither.
    const cases: [Partial<Role>, [boolean, boolean, boolean]][] = [
      [{}, [true, true, true]],
      [{ department: 'd1', sections: ['s0', 's1'] }, [true, true, false]],
      [{ department: 'd2', sections: ['s2'] }, [false, false, false]],
      [{ section: 's1' }, [true, false, false]],
      [{ section: 's2' }, [false, false, false]],
    ]
    for (const [place, expected] of cases) {
      const actor = person({ roles: at(place) })
      const held = ['s1', 'd1', null].map((unit) => holdsAt(actor, unit, 'reviewer'))
      expect(held, JSON.stringify(place)).toEqual(expected)
    }
    expect(holdsAt(person(), 's1', 'approver')).toBe(false)
    expect(holdsAt(null, 's1', 'reviewer')).toBe(false)
  })

  test('of several places holds in each of them, and everywhere where one is for the whole office', () => {
    const [d1] = at({ department: 'd1', sections: ['s1'] })
    const [s3] = at({ section: 's3' })
    expect(unitsHeld(person({ roles: [d1!, s3!] }), 'reviewer')).toEqual(['d1', 's1', 's3'])
    expect(unitsHeld(person({ roles: [d1!, ...at({})] }), 'reviewer')).toBeNull()
    expect(unitsHeld(null, 'reviewer')).toEqual([])
  })

  test('is what makes somebody staff; without an actor there is neither', () => {
    expect([isStaff(person()), isStaff(person({ roles: [] })), isStaff(null)]).toEqual([true, false, false])
    expect([holds(null, 'reviewer'), holds(person(), 'approver', 'reviewer')]).toEqual([false, true])
  })

  test('is not bounded by scopes unless there are some', () => {
    expect(withinScope(person(), 'people.grant-role', 'write')).toBe(true)
    expect(withinScope(null, 'people.grant-role', 'write')).toBe(true)
  })
})
