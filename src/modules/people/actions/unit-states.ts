import type { Db } from '#core/database.ts'
import { formatDate } from '#core/dates.ts'
import { Refusal } from '#core/refusal.ts'
import { waitForLock } from '#platform/locks.ts'
import { followsOn } from '../rules/units.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'

/** All states of a unit, newest first, held for a change: of two changes the second follows on what the first has made. */
export async function ownStates(db: Db, unit: string) {
  await waitForLock(db, 'units')
  return tables(db)
    .selectFrom('unit_state')
    .select(['valid_from', 'valid_to', 'name', 'parent', 'ordinal'])
    .where('unit', '=', unit)
    .orderBy('valid_from', 'desc')
    .execute()
}

/** The latest state of a unit, held for a change. Refuses what isn't there and what is closed. */
export async function latestState(db: Db, unit: string) {
  const [latest] = await ownStates(db, unit)
  if (!latest) throw new Refusal('missing', 'no such unit')
  if (latest.valid_to !== null) throw new Refusal('conflict', 'closed', { from: says.unit.closed })
  return latest
}

/** Lets a unit be called or stand elsewhere from a day on: a new state follows, the old one is kept. */
export async function changeUnit(db: Db, unit: string, from: string, change: { name: string } | { parent: string }) {
  const latest = await latestState(db, unit)
  if ('name' in change && change.name === latest.name) {
    throw new Refusal('conflict', 'the same name', { name: says.unit.sameName })
  }
  if ('parent' in change && change.parent === latest.parent) {
    throw new Refusal('conflict', 'stands there', { parent: says.unit.sameDepartment })
  }
  const follows = followsOn(latest, from)
  if (follows === 'too-early') {
    throw new Refusal('conflict', 'too early', {
      from: says.unit.changedTooEarly(formatDate(latest.valid_from)),
    })
  }
  const last = tables(db).updateTable('unit_state').where('unit', '=', unit).where('valid_from', '=', latest.valid_from)
  if (follows === 'instead') return void (await last.set(change).execute())
  await last.set({ valid_to: from }).execute()
  await tables(db)
    .insertInto('unit_state')
    .values({ ...latest, ...change, unit, valid_from: from, valid_to: null })
    .execute()
}
