import { z } from 'zod'
import { action, perform } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { startDraft } from '#modules/forms/index.ts'
import { findProcedure } from '../queries.ts'
import { submitFiling } from './submit-filing.ts'

/**
 * Files in one call, for programs. `key` is a UUID that the caller makes: repeating the call with the same key gives
 * the same receipt, however often it is retried.
 */
export const file = action({
  name: 'procedures.file',
  title: 'File a procedure in one call (repeat with the same key to retry)',
  input: z.object({
    procedure: z.string().max(80),
    key: z.uuid(),
    answers: z.record(
      z.string().max(200),
      z.union([
        z.string().max(100_000),
        z.array(z.string().max(100_000)).max(1000),
        z.record(z.string().max(40), z.string().max(10_000)),
      ]),
    ),
  }),
  output: z.object({ filing: z.string(), number: z.string() }),
  allow: ({ actor }) => actor !== null,

  async run(stage, { procedure: slug, key, answers }) {
    const procedure = await findProcedure(stage.db, slug)
    if (!procedure || procedure.state === 'draft') throw new Refusal('missing', 'no such procedure')
    await startDraft(stage, procedure.form, { id: key, answers })
    return perform(submitFiling, stage, { draft: key })
  },
  subjects: (_, { filing }) => [{ module: 'procedures', kind: 'filing', id: filing }],
})
