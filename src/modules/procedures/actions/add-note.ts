import { z } from 'zod'
import { action } from '#core/action.ts'
import { holds } from '#core/policy.ts'
import { twiceSince } from '#core/twice.ts'
import { addEvent, holdFiling, saidSince } from '../queries/history.ts'
import { handles } from '../queries.ts'
import { ja } from '../words.ja.ts'

/** Adds a note that only the office sees. The same note again at once is the same note. */
export const addNote = action({
  name: 'procedures.add-note',
  title: 'Add a note to a filing that only the office sees',
  input: z.object({ id: z.uuid(), note: z.string(ja.case.noteNeeded).trim().min(1, ja.case.noteNeeded).max(2000) }),
  output: z.object({ id: z.string() }),
  allow: ({ actor }) => holds(actor, 'reviewer', 'approver'),
  allowThis: (stage, { id }) => handles(stage, id, 'reviewer', 'approver'),

  async run(stage, { id, note }) {
    // Held, so that of two posts at the same moment the second finds what the first has noted.
    await holdFiling(stage.db, id)
    const known = await saidSince(stage, id, 'noted', note, twiceSince(stage.now))
    if (!known) await addEvent(stage, id, 'noted', { note, inside: true })
    return { id }
  },
  subjects: ({ id }) => [{ module: 'procedures', kind: 'filing', id }],
})
