import { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import { holds, roleNames } from '#core/policy.ts'
import { view } from '#core/view.ts'
import { holdersByLine, groupRoles as list } from '../queries/groups.ts'
import { namesOf, unitStates } from '../queries.ts'
import { nameOn } from '../rules/units.ts'

/** The table of groups: which group of the office's provider gives which role. */
export const groupRoles = view({
  name: 'people.group-roles',
  title: 'Which group of the office’s provider gives which role',
  input: z.object({}),
  output: z.object({
    lines: z.array(
      z.object({
        id: z.string(),
        provider: z.string(),
        group: z.string(),
        role: z.enum(roleNames),
        /** The department's or section's name; null = the whole office. */
        place: z.string().nullable(),
        by: z.string(),
        at: z.date(),
        holders: z.number(),
      }),
    ),
    providers: z.array(z.object({ name: z.string(), label: z.string() })),
  }),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now, outside, tenant }) {
    const [lines, holders, states] = await Promise.all([list(db), holdersByLine(db), unitStates(db)])
    const names = await namesOf(
      db,
      lines.map(({ entered_by }) => entered_by),
    )
    return {
      lines: lines.map(({ id, provider, name, role, department, section, entered_at, entered_by }) => {
        const unit = department ?? section
        return {
          id,
          provider,
          group: name,
          role,
          place: unit && nameOn(states, unit, tokyoDate(now)),
          by: names.get(entered_by) ?? '',
          at: entered_at,
          holders: holders.get(id) ?? 0,
        }
      }),
      providers: outside.providers(tenant).filter(({ profile }) => profile === 'office'),
    }
  },
})
