import { sql } from 'kysely'
import { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import { roleNames, roleOrder } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { ofReader, view } from '#core/view.ts'
import { findTenant } from '#platform/tenants.ts'
import { openSessionsOf } from '#web/sessions.ts'
import { findPerson, rolesOf, sectionOf, unitStates } from '../queries.ts'
import { nameOn } from '../rules/units.ts'

/** One's own account: what the office knows, and where one is signed in. */
export const myAccount = view({
  name: 'people.my-account',
  title: 'One’s own account',
  /** The hashed token of the browser that asks, to mark it in the list. */
  input: z.object({ session: z.string().max(100).optional() }),
  output: z.object({
    kind: z.enum(['resident', 'staff', 'company']),
    name: z.string(),
    reading: z.string().nullable(),
    mail: z.string().nullable(),
    section: z.string().nullable(),
    roles: z.array(z.object({ role: z.enum(roleNames), place: z.string().nullable() })),
    sessions: z.array(z.object({ since: z.date(), seen: z.date(), provider: z.string(), here: z.boolean() })),
  }),
  allow: ({ actor }) => actor?.kind === 'person',
  personal: ofReader,

  async run({ db, now, actor }, { session }) {
    const me = actor && (await findPerson(db, actor.id))
    if (!me) throw new Refusal('missing', 'no such person')
    const today = tokyoDate(now)
    const [states, section, roles, sessions] = await Promise.all([
      unitStates(db),
      sectionOf(db, me.id, today),
      rolesOf(db, me.id),
      openSessionsOf(db, me.id, now),
    ])
    return {
      kind: me.kind,
      name: me.name,
      reading: me.reading,
      mail: me.mail,
      section: section && nameOn(states, section, today),
      roles: roles
        .map(({ name, department, section }) => {
          const unit = department ?? section
          return { role: name, place: unit && nameOn(states, unit, today) }
        })
        .sort(
          (one, other) => roleOrder(one.role, other.role) || (one.place ?? '').localeCompare(other.place ?? '', 'ja'),
        ),
      sessions: sessions.map(({ id, created_at, seen_at, provider }) => ({
        since: created_at,
        seen: seen_at,
        provider,
        here: id === session,
      })),
    }
  },
})

/**
 * The other offices of the instance where one's own sign-in is known. The only question that crosses tenants: the
 * database's function answers it about a person of this tenant, with ids of tenants; asking leaves a trace.
 */
export const myOffices = view({
  name: 'people.my-offices',
  title: 'Other offices where one’s own sign-in is known',
  input: z.object({}),
  output: z.object({
    person: z.string(),
    offices: z.array(z.object({ tenant: z.string(), name: z.string(), href: z.string() })),
  }),
  allow: ({ actor }) => actor?.kind === 'person',
  personal: ({ person }) => [{ module: 'people', kind: 'person', id: person }],

  async run({ db, actor, outside }) {
    if (!actor) throw new Refusal('signed-out', 'nobody')
    const { rows } = await sql<{ office: string }>`select offices_elsewhere(${actor.id}::uuid) as office`.execute(db)
    const found = await Promise.all(rows.map(({ office }) => findTenant(db, office)))
    return {
      person: actor.id,
      offices: found
        .filter((one) => one !== undefined)
        .map(({ tenant, name }) => ({ tenant, name, href: outside.address(tenant, '/sign-in?back=/console') })),
    }
  },
})
