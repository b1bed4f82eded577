import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { action } from '#core/action.ts'
import { tokyoDate } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import { pick, preparedRows } from '#core/prepared.ts'
import { Refusal } from '#core/refusal.ts'
import { ownersOf, type Stage } from '#core/scene.ts'
import {
  type Answers,
  calledBy,
  draftsOf,
  filed,
  findVersion,
  journey,
  lockDraft,
  markFiled,
} from '#modules/forms/index.ts'
import { keepFiles } from '../files.ts'
import { tellArrived } from '../letters.ts'
import { addEvent } from '../queries/history.ts'
import { giveAccess } from '../queries/own.ts'
import { filingOfDraft, procedureOfForm } from '../queries.ts'
import { opening, receiptNumber } from '../rules.ts'
import { type ProcedureTables, tables } from '../tables.ts'
import { ja } from '../words.ja.ts'
import { assertMayFile } from './may-file.ts'

/**
 * Files a draft (申請する). One draft becomes one filing, whatever is repeated: a second click, a retry or another tab
 * gets the same receipt. The filing has arrived when this transaction is committed (デジタル手続法6条3項).
 */
export const submitFiling = action({
  name: 'procedures.submit-filing',
  title: 'File a draft and get its receipt number',
  input: z.object({
    draft: z.uuid(),
    /** For whom the page said it would be filed ("" = oneself): if that has changed meanwhile, nothing is filed. */
    represents: z.uuid().or(z.literal('')).optional(),
  }),
  /** `unfinished`: how many drafts of theirs are still to be filed. */
  output: z.object({ filing: z.string(), number: z.string(), unfinished: z.number() }),
  allow: ({ actor, visitor }) => actor !== null || visitor.length > 0,

  // Uploads that are claimed belong to the owners as well.
  holds: (scene, { draft }) => [draft, ...ownersOf(scene)],

  async run(stage, { draft: id, represents }) {
    const { db, now } = stage
    // Held until the end: of two who file at once, the second waits here and then finds what the first has filed.
    const [draft, before] = await Promise.all([lockDraft(db, id, ownersOf(stage)), filingOfDraft(db, id)])
    if (!draft) throw new Refusal('missing', 'no such draft')
    if (before) {
      // Filed drafts are forgotten after a while: a program that comes with the key again has made it anew, and so could another.
      if (!draft.filed_at && before.applicant !== (stage.actor?.id ?? null))
        throw new Refusal('missing', 'no such draft')
      return { filing: before.id, number: before.number, unfinished: (await draftsOf(db, ownersOf(stage))).length }
    }

    const [procedure, version] = await Promise.all([
      procedureOfForm(db, draft.form),
      findVersion(stage, draft.form, draft.version),
    ])
    if (!procedure || !version) throw new Refusal('missing', 'no such procedure')
    if (opening(procedure, now) !== 'open') throw new Refusal('conflict', 'the procedure is not open for filing')
    if (represents !== undefined && represents !== (stage.actor?.represents ?? '')) {
      throw new Refusal('conflict', 'acts for somebody else by now', { represents: ja.acting.changed })
    }
    assertMayFile(stage, procedure)
    // What hangs on the day is decided by the day of arrival, which the filing holds: it can be decided again at any time.
    const today = tokyoDate(now)
    const { complete, errors } = journey(version.definition, draft.answers, today)
    if (!complete) throw new Refusal('invalid', 'the draft is not complete', errors)

    const filing = newId(now.getTime())
    const answers = await keepFiles(stage, filing, version.definition, filed(version.definition, draft.answers, today))
    const {
      number,
      applicant,
      represents: whom,
      mail,
    } = await insertFiling(stage, {
      id: filing,
      procedure: procedure.id,
      draft: id,
      form: draft.form,
      version: draft.version,
      name: textOf(answers, procedure.name_field),
      mail: textOf(answers, procedure.mail_field),
    })
    // Whoever has signed in sees it as long as they are, and act for whom they act; not as long as this browser remembers.
    const visitor = stage.actor ? undefined : stage.visitor[0]
    // All that belongs to it travels together, in this order; one that failed would undo the others.
    const [, , , , left] = await Promise.all([
      firstEdition.all(db, { filing, answers: JSON.stringify(answers), filed_at: now }),
      addEvent(stage, filing, 'arrived'),
      visitor && giveAccess(db, filing, visitor, now),
      markFiled(db, id, now),
      draftsOf(db, ownersOf(stage)),
      tellArrived(stage, { id: filing, number, applicant, represents: whom, mail }, procedure.title),
    ])
    return { filing, number, unfinished: left.length }
  },
  subjects: (_, { filing }) => [{ module: 'procedures', kind: 'filing', id: filing }],
})

type FirstEdition = { filing: string; answers: string; filed_at: Date }

const firstEdition = preparedRows((db, editions: readonly FirstEdition[]) =>
  tables(db)
    .insertInto('filing_edition')
    .values(editions.map((one) => ({ ...pick(one, 'filing', 'answers', 'filed_at'), edition: 1 }))),
)

type NewFiling = {
  id: string
  procedure: string
  draft: string
  form: string
  version: number
  name: string | null
  mail: string | null
}

type By = Pick<ProcedureTables['filing'], 'applicant' | 'represents' | 'mandate' | 'assurance' | 'account'>

const received = preparedRows((db, filings: readonly (NewFiling & By & { number: string; now: Date })[]) =>
  tables(db)
    .insertInto('filing')
    .values(
      filings.map((one) => ({
        ...pick(one, 'id', 'procedure', 'draft', 'form', 'version', 'name', 'mail', 'number'),
        ...pick(one, 'applicant', 'represents', 'mandate', 'assurance', 'account'),
        state: 'received',
        edition: 1,
        arrived_at: one.now,
        closed_at: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['tenant', 'number'] as never).doNothing())
    .returning('id'),
)

/** Draws a receipt number that nobody has. Two equal draws are rarer than one in a thousand million. */
async function insertFiling({ db, actor, now }: Stage, filing: NewFiling) {
  const applicant = actor?.kind === 'person' || actor?.kind === 'token' ? actor.id : null
  const represents = actor?.represents ?? null
  for (let tries = 0; tries < 5; tries++) {
    const number = receiptNumber(now, randomInt)
    const inserted = await received.first(db, {
      ...filing,
      number,
      applicant,
      represents,
      mandate: actor?.mandate?.id ?? null,
      assurance: actor?.assurance ?? 'none',
      account: actor?.account ?? null,
      now,
    })
    if (inserted) return { number, applicant, represents, mail: filing.mail }
  }
  throw new Error('no free receipt number in five draws')
}

const textOf = (answers: Answers, field: string | null): string | null => (field ? calledBy(answers[field]) : null)
