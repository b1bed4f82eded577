import { z } from 'zod'
import { holds } from '#core/policy.ts'
import { view } from '#core/view.ts'
import { auditSearch, periodOf } from './audit-entries.ts'
import { entriesOf, entryShown, matchingEntries } from './audit-search.ts'

/** More in one file would only be opened cut off by a spreadsheet; a shorter period gives the rest. */
export const exportedTo = 10_000

/** The same entries in one piece, for a file. */
export const auditExport = view({
  name: 'people.audit-export',
  title: 'Entries of the audit trail in one piece, up to 10,000',
  input: auditSearch,
  output: z.object({
    from: z.string(),
    to: z.string(),
    entries: z.array(entryShown),
    /** There are older entries that are not in here. */
    cut: z.boolean(),
  }),
  allow: ({ actor }) => holds(actor, 'auditor'),
  personal: ({ from, to }) => [{ module: 'people', kind: 'audit', id: `${from}/${to}` }],

  async run(stage, search) {
    const period = periodOf(search, stage.now)
    const found = await matchingEntries(stage, { ...search, ...period })
    const { entries, next } = await entriesOf(stage, found, { limit: exportedTo })
    return { ...period, entries, cut: next !== null }
  },
})
