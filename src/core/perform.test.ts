import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { type Action, action, fieldErrors, perform } from './action.ts'
import { enqueue, job } from './job.ts'
import type { Actor } from './policy.ts'
import { Refusal } from './refusal.ts'
import type { Scene, Stage } from './scene.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
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

/** What an act did, in order. */
let steps: string[] = []
beforeEach(async () => {
  steps = []
  await house.sql("delete from seeded where module like 'test%'")
  await house.sql('truncate audit')
  await house.sql("delete from jobs.job where name = 'people.sweep'")
})

const sceneOf = (actor: Actor | null): Scene => ({ ...house.sceneOf('attaka', actor), actor })
const written = async () =>
  (await house.sql<{ module: string }>("select module from seeded where module like 'test%' order by 1")).map(
    ({ module }) => module,
  )
const trail = () => house.sql('select act, kind, actor, actor_kind, represents, subjects from audit order by at, id')
const queued = () => house.sql("select data from jobs.job where name = 'people.sweep'")
const write = ({ db }: Stage, module: string) =>
  sql`insert into seeded (module, at) values (${module}, now())`.execute(db)

/** Any queue that exists will do: nobody works here. */
const later = job({ name: 'people.sweep', input: z.object({}), async run() {} })

const input = z.object({ word: z.string('言葉を入力してください').min(3, '3文字以上で入力してください') })
const output = z.object({ word: z.string() })

const say = (over: Partial<Action<typeof input, typeof output>> = {}) =>
  action({
    name: 'test.say-word',
    title: 'Says a word',
    input,
    output,
    allow: ({ actor }) => {
      steps.push('allow')
      return actor !== null
    },
    allowThis: async () => {
      steps.push('allow this')
      return true
    },
    async run(stage, { word }) {
      steps.push('run')
      await write(stage, `test ${word}`)
      await enqueue(stage, later, {})
      return { word }
    },
    subjects: (_, { word }) => [{ module: 'test', kind: 'word', id: word }],
    ...over,
  })

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => {
      if (error instanceof Refusal) return { kind: error.kind, fields: error.fields }
      throw error
    },
  )

describe('an act', () => {
  test('is allowed, read, allowed for this one, done and written down, in this order', async () => {
    expect(await perform(say(), sceneOf(person()), { word: 'hello' })).toEqual({ word: 'hello' })
    expect(steps).toEqual(['allow', 'allow this', 'run'])
    expect(await written()).toEqual(['test hello'])
    expect(await queued()).toEqual([{ data: { tenant: 'attaka' } }])
    expect(await trail()).toEqual([
      {
        act: 'test.say-word',
        kind: 'act',
        actor: person().id,
        actor_kind: 'person',
        represents: null,
        subjects: [{ module: 'test', kind: 'word', id: 'hello' }],
      },
    ])
  })

  test('that somebody does for a company says for whom', async () => {
    await perform(say(), sceneOf(person({ represents: 'company-1' })), { word: 'hello' })
    expect(await trail()).toEqual([expect.objectContaining({ actor: person().id, represents: 'company-1' })])
  })

  test('by a visitor is no matter of validation: they are asked to sign in and hear nothing of the fields', async () => {
    expect(await refusal(perform(say(), sceneOf(null), { word: '' }))).toEqual({ kind: 'signed-out', fields: {} })
    expect(steps).toEqual(['allow'])
    expect(await trail()).toEqual([])
  })

  test('that is forbidden hears nothing of the fields either, and stays in the trail', async () => {
    const forbidden = say({ allow: ({ actor }) => actor?.roles.some(({ name }) => name === 'auditor') ?? false })
    expect(await refusal(perform(forbidden, sceneOf(person()), { word: '' }))).toEqual({
      kind: 'forbidden',
      fields: {},
    })
    expect(await trail()).toEqual([
      expect.objectContaining({ act: 'test.say-word', kind: 'refusal', actor: person().id, subjects: [] }),
    ])
  })

  test('that isn’t rightly asked says what to correct, and touches nothing', async () => {
    expect(await refusal(perform(say(), sceneOf(person()), { word: 'a' }))).toEqual({
      kind: 'invalid',
      fields: { word: '3文字以上で入力してください' },
    })
    expect(steps).toEqual(['allow'])
    expect([await written(), await queued(), await trail()]).toEqual([[], [], []])
  })

  test('that may not be done to this one is rolled back, and the denial stays', async () => {
    const notThis = say({
      async allowThis(stage) {
        await write(stage, 'test looked')
        return false
      },
    })
    expect(await refusal(perform(notThis, sceneOf(person()), { word: 'hello' }))).toMatchObject({ kind: 'forbidden' })
    expect(await written()).toEqual([])
    expect(await trail()).toEqual([expect.objectContaining({ kind: 'refusal' })])
  })

  test.each(['conflict', 'missing', 'invalid'] as const)(
    'that ends in %s leaves no row, no job and no line of the trail',
    async (kind) => {
      const ends = say({
        async run(stage) {
          await write(stage, 'test half')
          await enqueue(stage, later, {})
          throw new Refusal(kind, 'thought better of it')
        },
      })
      expect(await refusal(perform(ends, sceneOf(person()), { word: 'hello' }))).toMatchObject({ kind })
      expect([await written(), await queued(), await trail()]).toEqual([[], [], []])
    },
  )

  test('that fails by a fault of ours leaves nothing either, and is no refusal', async () => {
    const faulty = say({
      async run(stage) {
        await write(stage, 'test half')
        await enqueue(stage, later, {})
        throw new TypeError('ours')
      },
    })
    await expect(perform(faulty, sceneOf(person()), { word: 'hello' })).rejects.toThrow(TypeError)
    expect([await written(), await queued(), await trail()]).toEqual([[], [], []])
  })

  test('whose line of the trail can’t be written isn’t done', async () => {
    const unwritten = say({ subjects: () => [{ module: 'test', kind: 'word', id: 'a\0b' }] })
    await expect(perform(unwritten, sceneOf(person()), { word: 'hello' })).rejects.toThrow()
    expect([await written(), await queued()]).toEqual([[], []])
  })

  test('lets nothing out that isn’t listed', async () => {
    const talkative = say({
      run: async (_, { word }) => ({ word, secret: 'hash of a token' }) as { word: string },
    })
    expect(await perform(talkative, sceneOf(person()), { word: 'hello' })).toEqual({ word: 'hello' })
  })

  test('whose answer isn’t what it promises isn’t done', async () => {
    const lying = say({
      async run(stage) {
        await write(stage, 'test lie')
        return { word: 7 } as unknown as { word: string }
      },
    })
    await expect(perform(lying, sceneOf(person()), { word: 'hello' })).rejects.toThrow(z.ZodError)
    expect(await written()).toEqual([])
  })
})

describe('what a refusal must leave behind', () => {
  const counting = say({
    async run(stage) {
      await write(stage, 'test lost')
      throw new Refusal('invalid', 'wrong code')
    },
    afterRefusal: async (stage, { word }, { kind }) => {
      await write(stage, `test ${kind} ${word}`)
    },
  })

  test('is written after the rollback', async () => {
    expect(await refusal(perform(counting, sceneOf(person()), { word: 'code' }))).toMatchObject({ kind: 'invalid' })
    expect(await written()).toEqual(['test invalid code'])
  })

  test('isn’t written for what could not even be read', async () => {
    await refusal(perform(counting, sceneOf(person()), { word: '' }))
    expect(await written()).toEqual([])
  })
})

describe('an act inside an act', () => {
  const inner = say({ name: 'test.inner-word' })
  const outer = (run: Action<typeof input, typeof output>['run']) => say({ name: 'test.outer-word', run })

  test('joins the transaction that is open, and both stand in the trail', async () => {
    const both = outer(async (stage, { word }) => {
      await write(stage, 'test outer')
      return perform(inner, stage, { word })
    })
    await perform(both, sceneOf(person()), { word: 'hello' })
    expect(await written()).toEqual(['test hello', 'test outer'])
    expect((await trail()).map(({ act }) => act).sort()).toEqual(['test.inner-word', 'test.outer-word'])
  })

  test('is taken back together with the one around it', async () => {
    const late = outer(async (stage, { word }) => {
      await perform(inner, stage, { word })
      throw new Refusal('conflict', 'somebody was first')
    })
    await refusal(perform(late, sceneOf(person()), { word: 'hello' }))
    expect([await written(), await queued(), await trail()]).toEqual([[], [], []])
  })

  test('that is refused takes the one around it back', async () => {
    const around = outer(async (stage) => {
      await write(stage, 'test outer')
      return perform(inner, stage, { word: 'x' })
    })
    expect(await refusal(perform(around, sceneOf(person()), { word: 'hello' }))).toMatchObject({ kind: 'invalid' })
    expect([await written(), await queued(), await trail()]).toEqual([[], [], []])
  })

  test('that is forbidden is denied once, under the name of what was asked for', async () => {
    const secret = say({ name: 'test.secret-word', allow: () => false })
    const around = outer((stage, { word }) => perform(secret, stage, { word }))
    expect(await refusal(perform(around, sceneOf(person()), { word: 'hello' }))).toMatchObject({ kind: 'forbidden' })
    expect(await trail()).toEqual([expect.objectContaining({ act: 'test.outer-word', kind: 'refusal' })])
  })
})

describe('a token', () => {
  const token = (...scopes: string[]) => person({ kind: 'token', scopes })

  test('may act where its scope says so, and leaves its kind in the trail', async () => {
    await perform(say(), sceneOf(token('test:write')), { word: 'hello' })
    expect(await trail()).toEqual([expect.objectContaining({ actor_kind: 'token' })])
  })

  test.each([[[]], [['test:read']], [['tests:write']], [['write']], [['*']]])(
    'with the scopes %j may not, whatever its roles',
    async (scopes) => {
      expect(await refusal(perform(say(), sceneOf(token(...scopes)), { word: '' }))).toEqual({
        kind: 'forbidden',
        fields: {},
      })
      expect(steps).toEqual([])
    },
  )
})

test('errors are told per field, the first one only, by the name under which it was posted', () => {
  const { error } = z
    .object({
      contact: z.object({ mail: z.string().min(3, 'short').regex(/@/, 'no @') }),
      list: z.array(z.number('no number')),
    })
    .safeParse({ contact: { mail: '' }, list: [1, 'x'] })
  expect(error && fieldErrors(error)).toEqual({ 'contact.mail': 'short', 'list.1': 'no number' })
  const whole = z.object({}).safeParse(null)
  expect(whole.error && Object.keys(fieldErrors(whole.error))).toEqual(['_'])
})
