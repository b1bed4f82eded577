import { z } from 'zod'
import { action } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { actInSession } from '#web/sessions.ts'
import { membershipIn } from '../queries/companies.ts'
import { mandateInForce } from '../queries/mandates.ts'
import { says } from '../words.refusals.ja.ts'

/**
 * Says for whom one acts from now on in this browser: for oneself, for a company one belongs to, or by a mandate. Every
 * request asks again whether it still holds.
 */
export const actFor = action({
  name: 'people.act-for',
  title: 'Act for oneself, a company or somebody by mandate',
  pagesOnly: 'it holds for one browser’s session',
  input: z.object({
    whom: z.union(
      [z.literal('self'), z.templateLiteral(['company:', z.uuid()]), z.templateLiteral(['mandate:', z.uuid()])],
      says.actFor.whom,
    ),
    session: z.string(),
  }),
  output: z.object({ represents: z.string().nullable() }),
  allow: ({ actor }) => actor?.kind === 'person',

  async run({ db, now, actor }, { whom, session }) {
    const [way, id = ''] = whom.split(':')
    const gone = new Refusal('conflict', 'may not act for them', {
      whom: says.actFor.mayNotActForThem,
    })
    const me = actor?.id ?? ''
    if (way === 'company') {
      if (!(await membershipIn(db, id, me, actor?.cameWith ?? null))) throw gone
      await actInSession(db, session, { represents: id, mandate: null })
      return { represents: id }
    }
    if (way === 'mandate') {
      const mandate = await mandateInForce(db, id, me, now)
      if (!mandate || (mandate.source === 'gbizid' && !actor?.cameWith)) throw gone
      await actInSession(db, session, { represents: mandate.principal, mandate: id })
      return { represents: mandate.principal }
    }
    await actInSession(db, session, { represents: null, mandate: null })
    return { represents: null }
  },
  subjects: (_, { represents }) => (represents ? [{ module: 'people', kind: 'person', id: represents }] : []),
})
