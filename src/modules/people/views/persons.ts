import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#core/database.ts'
import { tokyoDate } from '#core/dates.ts'
import { holds, roleNames, roleOrder } from '#core/policy.ts'
import { view } from '#core/view.ts'
import { matching, unitStates } from '../queries.ts'
import { nameOn } from '../rules/units.ts'
import { tables } from '../tables.ts'

const perPage = 50

/** Whom the office knows: found by parts of name, reading or mail, sorted by reading. */
export const persons = view({
  name: 'people.persons',
  title: 'People of the office, residents and companies',
  input: z.object({
    words: z.string().max(200).default(''),
    kind: z.enum(['staff', 'resident', 'company']).default('staff'),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
  }),
  output: z.object({
    people: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        reading: z.string().nullable(),
        mail: z.string().nullable(),
        number: z.string().nullable(),
        section: z.string().nullable(),
        roles: z.array(z.enum(roleNames)),
        disabled: z.boolean(),
        invited: z.boolean(),
      }),
    ),
    total: z.number(),
    page: z.number(),
    pages: z.number(),
  }),
  allow: ({ actor }) => holds(actor, 'administrator'),
  personal: ({ people }) => people.map(({ id }) => ({ module: 'people', kind: 'person', id })),

  async run({ db, now }, { words, kind, page }) {
    const found = matching(tables(db).selectFrom('person').where('kind', '=', kind), words)
    const [{ total }, rows, states] = await Promise.all([
      found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
      found
        .select(['id', 'name', 'reading', 'mail', 'corporate_number as number', 'disabled_at'])
        .orderBy(sql`coalesce(reading, name)`)
        .orderBy('id')
        .limit(perPage)
        .offset((page - 1) * perPage)
        .execute(),
      unitStates(db),
    ])
    const today = tokyoDate(now)
    const about = await aboutThem(
      db,
      rows.map(({ id }) => id),
      today,
    )
    return {
      people: rows.map(({ disabled_at, ...person }) => {
        const section = about.sections.get(person.id)
        return {
          ...person,
          section: section ? nameOn(states, section, today) : null,
          roles: about.roles.get(person.id) ?? [],
          disabled: disabled_at !== null,
          invited: kind === 'staff' && !about.known.has(person.id),
        }
      }),
      total,
      page,
      pages: Math.max(1, Math.ceil(total / perPage)),
    }
  },
})

/** Section of today, roles and whether they ever signed in, for one page of people. */
async function aboutThem(db: Db, ids: readonly string[], today: string) {
  if (ids.length === 0) return { sections: new Map(), roles: new Map(), known: new Set() }
  const [memberships, grants, known] = await Promise.all([
    tables(db)
      .selectFrom('membership')
      .select(['person', 'section'])
      .where('person', 'in', ids)
      .where('valid_from', '<=', today)
      .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', today)]))
      .execute(),
    tables(db)
      .selectFrom('role_grant')
      .select(['person', 'role'])
      .distinct()
      .where('person', 'in', ids)
      .where('revoked_at', 'is', null)
      .execute(),
    tables(db).selectFrom('sign_in').select('person').where('person', 'in', ids).execute(),
  ])
  const roles = new Map(ids.map((id) => [id, grants.filter(({ person }) => person === id).map(({ role }) => role)]))
  for (const held of roles.values()) held.sort(roleOrder)
  return {
    sections: new Map(memberships.map(({ person, section }) => [person, section])),
    roles,
    known: new Set(known.map(({ person }) => person)),
  }
}
