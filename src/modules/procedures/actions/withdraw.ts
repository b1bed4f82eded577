import { z } from 'zod'
import { action } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { tellStep } from '../letters.ts'
import { addEvent, moveFiling } from '../queries/history.ts'
import { isApplicant } from '../queries/own.ts'
import { filingByNumber, procedureById } from '../queries.ts'
import { tables } from '../tables.ts'
import { ja } from '../words.ja.ts'
import { assertMayFile } from './may-file.ts'

/** Withdraws a filing (取下げ), as long as it hasn't been decided. */
export const withdraw = action({
  name: 'procedures.withdraw',
  title: 'Withdraw a filing',
  input: z.object({ number: z.string().max(20), sure: z.literal('yes', { error: ja.filing.withdrawNeed }) }),
  output: z.object({ filing: z.string(), number: z.string() }),
  allow: ({ actor, visitor }) => actor !== null || visitor.length > 0,

  async run(stage, { number }) {
    const found = await filingByNumber(stage.db, number)
    if (!found || !(await isApplicant(stage.db, stage, found))) throw new Refusal('missing', 'no such filing')
    const procedure = await procedureById(stage.db, found.procedure)
    if (!procedure) throw new Refusal('missing', 'no such procedure')
    assertMayFile(stage, procedure)
    const filing = await moveFiling(stage, found.id, 'withdrawn')
    await tables(stage.db)
      .updateTable('correction')
      .set({ answered_at: stage.now })
      .where('filing', '=', filing.id)
      .where('answered_at', 'is', null)
      .execute()
    await addEvent(stage, filing.id, 'withdrawn')
    await tellStep(stage, filing, 'withdrawn', { kind: 'withdrawn' })
    return { filing: filing.id, number: filing.number }
  },
  subjects: (_, { filing }) => [{ module: 'procedures', kind: 'filing', id: filing }],
})
