import { z } from 'zod'
import { action } from '#core/action.ts'
import { holds } from '#core/policy.ts'
import { addEvent, handles } from '../queries.ts'
import { ja } from '../words.ja.ts'

/** Adds a note that only the office sees. */
export const addNote = action({
  name: 'procedures.add-note',
  title: 'Add a note to a filing that only the office sees',
  input: z.object({ id: z.uuid(), note: z.string(ja.case.noteNeeded).trim().min(1, ja.case.noteNeeded).max(2000) }),
  output: z.object({ id: z.string() }),
  allow: ({ actor }) => holds(actor, 'reviewer', 'approver'),
  allowThis: (stage, { id }) => handles(stage, id, 'reviewer', 'approver'),

  async run(stage, { id, note }) {
    await addEvent(stage, id, 'noted', { note, inside: true })
    return { id }
  },
  subjects: ({ id }) => [{ module: 'procedures', kind: 'filing', id }],
})
