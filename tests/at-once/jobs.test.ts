import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { forgetOldDrafts } from '../../src/modules/forms/jobs.ts'
import { tidy } from '../../src/modules/notices/jobs.ts'
import { people } from '../../src/modules/people/index.ts'
import { forgetOldAccess } from '../../src/modules/procedures/jobs.ts'
import { sweep } from '../../src/modules/sign-in/jobs.ts'
import { openHouse, type TestHouse } from '../house.ts'

// What jobs do while somebody holds one of the rows: a job that waited, holding others, would be waited for in turn.

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

/** Does something while somebody else's transaction, which is still open, holds the rows of a statement. */
async function whileHeld(statement: string, values: readonly unknown[], work: () => Promise<unknown>) {
  const client = new pg.Client({ connectionString: house.databaseUrl('admin') })
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`${statement} for update`, [...values])
    return await work()
  } finally {
    await client.end()
  }
}

const scene = () => house.sceneOf('attaka')
const uuid = (n: number) => `01900000-0000-7000-8000-0000000a000${n}`
const three = [1, 2, 3]

/** What each job forgets: three old rows are entered, of which the second is held. */
const forgotten = {
  notices: {
    enter: `insert into notice (tenant, id, person, subject, body, on_screen, created_at)
      select 'attaka', $1, id, 'old', 'old', true, now() - interval '9000 days' from person
      where tenant = 'attaka' and kind = 'staff' limit 1`,
    rows: 'select from notice where id = $1',
    run: () => tidy.run(scene(), {}),
  },
  drafts: {
    enter: `insert into draft (tenant, id, form, version, owner, answers, loose, started_at, saved_at)
      select 'attaka', $1, form, version, 'browser:x', '{}', '{}', now(), now() - interval '900 days' from form_version
      where tenant = 'attaka' limit 1`,
    rows: 'select from draft where id = $1',
    run: () => forgetOldDrafts.run(scene(), {}),
  },
  'access to filings': {
    enter: `with filed as (
        insert into filing (tenant, id, number, procedure, draft, form, version, state, arrived_at)
        select 'attaka', $1::uuid, right($1::uuid::text, 9), p.id, $1::uuid, p.form, v.version, 'received', now() from procedure p
        join form_version v on v.tenant = p.tenant and v.form = p.form where p.tenant = 'attaka' limit 1 returning id)
      insert into filing_access (tenant, filing, visitor, until) select 'attaka', id, 'x', now() - interval '9 days' from filed`,
    rows: 'select from filing_access where filing = $1',
    run: () => forgetOldAccess.run(scene(), {}),
  },
  sessions: {
    enter: `insert into session (tenant, id, person, assurance, provider, created_at, seen_at, idle_until, ends_at)
      values ('attaka', $1, gen_random_uuid(), 'mail', 'mail', now(), now(), now(), now() - interval '9 days')`,
    rows: 'select from session where id = $1',
    run: () => sweep.run(scene(), {}),
  },
}

describe.each(Object.entries(forgotten))('old %s', (_, { enter, rows, run }) => {
  test('that somebody holds are left for the next time, and the others are forgotten', async () => {
    for (const n of three) await house.sql(enter, [uuid(n)])
    const left = async () => Promise.all(three.map(async (n) => (await house.sql(rows, [uuid(n)])).length))
    expect(await left()).toEqual([1, 1, 1])
    await whileHeld(rows, [uuid(2)], run)
    expect(await left()).toEqual([0, 1, 0])
    await run()
    expect(await left()).toEqual([0, 0, 0])
  })
})

test('what people are searched by is written for all whom nobody holds, and for the rest when they are let go', async () => {
  const fill = () => scene().change(async (db) => people.fillSearchForms?.(db))
  const lacking = async () =>
    (await house.sql<{ id: string }>("select id from person where tenant = 'attaka' and search is null")).map(
      ({ id }) => id,
    )
  await house.sql("update person set search = null where tenant = 'attaka'")
  const [one] = await lacking()
  await whileHeld('select from person where id = $1', [one], fill)
  expect(await lacking()).toEqual([one])
  expect(await fill()).toBe(1)
  expect(await fill()).toBe(0)
})
