import { z } from 'zod'
import { view } from '#core/view.ts'
import { readPlanFile } from '../actions/import/bring-plan-file.ts'
import { faulty, mayImport, readImport } from '../actions/import-plan.ts'
import { readMeasures } from '../queries/measures.ts'
import { readPlans } from '../queries/plans.ts'
import { inForce } from '../queries.ts'
import { changedKinds, changesBy, waysOfChange } from '../rules/import-change.ts'

/** What a document would change, without bringing it in. Every fault is named as by the import itself. */
export const importPreview = view({
  name: 'plans.import-preview',
  title: 'What a document would change, before it is imported',
  input: z.object({ document: z.string().min(1) }),
  output: z.object({
    kind: z.enum(['plan', 'live']),
    /** This very document is what is in force. */
    same: z.boolean(),
    /** Null for live indicators, of which only the import itself says what it brought. */
    changes: z.array(z.object({ kind: z.enum(changedKinds), way: z.enum(waysOfChange), title: z.string() })).nullable(),
  }),
  allow: mayImport,

  async run({ db }, { document }) {
    const { json, kind, sha256 } = readImport(document)
    if (await inForce(db, kind, sha256)) return { kind, same: true, changes: [] }
    if (kind === 'live') return { kind, same: false, changes: null }
    const { file, faults } = await readPlanFile(db, json)
    if (!file) throw faulty(faults)
    const ids = file.plans.map(({ id }) => id)
    const plans = (await readPlans(db, ids)).map(({ plan }) => plan)
    const measures = (await readMeasures(db, { plans: ids })).filter(({ live }) => !live).map(({ measure }) => measure)
    return { kind, same: false, changes: changesBy(file, { plans, measures }) }
  },
})
