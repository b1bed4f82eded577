import { z } from 'zod'
import { action } from '#core/action.ts'
import { id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { endLine } from '../queries/groups.ts'

/** Takes a line of the table of groups away, and at once the roles that it has given. The last administrator stays one. */
export const removeGroupRole = action({
  name: 'people.remove-group-role',
  title: 'Take away what a group gives',
  input: z.object({ line: id }),
  output: z.object({ ended: z.number() }),
  allow: ({ actor }) => actor?.kind === 'person' && holds(actor, 'administrator'),

  async run({ db, now, actor }, { line }) {
    const ended = await endLine(db, line, actor?.id ?? 'system', now)
    if (ended === null) throw new Refusal('missing', 'no such line')
    return { ended }
  },
  subjects: ({ line }) => [{ module: 'people', kind: 'group-role', id: line }],
})
