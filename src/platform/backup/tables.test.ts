import type pg from 'pg'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { addPartitions, connectAdmin, listPartitions, type Partition } from './tables.ts'

let house: TestHouse
let admin: pg.Client
beforeAll(async () => {
  house = await openHouse()
})
beforeEach(async () => {
  admin = await connectAdmin(house.databaseUrl('admin'))
  await admin.query('begin')
})
afterEach(() => admin.end())

const part = (bound: string): Partition => ({ schema: 'jobs', name: 'queue_stats_2020', of: 'queue_stats', bound })
const day = "FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2020-01-02 00:00:00+00')"
const made = async () => (await listPartitions(admin)).filter(({ name }) => name === 'queue_stats_2020')

test('a part that a backup names is made as it says, for the owner of its table, and only once', async () => {
  await addPartitions(admin, [part(day)])
  await addPartitions(admin, [part(day)])
  expect(await made()).toEqual([part(day)])
  const { rows } = await admin.query(
    `select p.relowner::regrole::text as part, t.relowner::regrole::text as whole, current_user::text = session_user::text as back
     from pg_class p, pg_class t where p.oid = 'jobs.queue_stats_2020'::regclass and t.oid = 'jobs.queue_stats'::regclass`,
  )
  expect(rows).toEqual([{ part: 'attaka_owner', whole: 'attaka_owner', back: true }])
})

test.each([
  ['is no bound', 'as it pleases', /syntax error/],
  ['brings a second statement along', `${day}; create role intruder superuser`, /multiple commands/],
  ['says more than a bound', `${day} with (fillfactor = 50)`, /was altered/],
  ['is computed', "FOR VALUES FROM (date '2020-01-01') TO (date '2020-01-01' + 1)", /was altered/],
  [
    'asks for rights of an administrator',
    "FOR VALUES FROM (pg_read_file('PG_VERSION')::timestamptz) TO ('2020-01-02')",
    /permission denied/,
  ],
])('a bound that %s is refused', async (_, bound, sentence) => {
  await expect(addPartitions(admin, [part(bound)])).rejects.toThrow(sentence)
  await admin.query('rollback')
  expect(await made()).toEqual([])
})
