import { Hono } from 'hono'
import { parseDate } from '#core/dates.ts'
import { show } from '#core/view.ts'
import type { Ctx, Web } from '#web/context.ts'
import { page } from '#web/render.ts'
import { wordsFor } from '#web/words.ts'
import { AuditPage, type AuditQuery } from './pages/audit.tsx'
import { sentenceOf, subjectLine } from './pages/audit-sentences.ts'
import { place, words } from './pages/audit-words.ts'
import { csv } from './rules.ts'
import { auditEntries } from './views/audit-entries.ts'
import { auditExport, exportedTo } from './views/audit-export.ts'

const kinds = ['act', 'read', 'refusal']

/** The conditions of the address, and what is wrong with its dates. */
function asked(c: Ctx): { query: AuditQuery; errors: Record<string, string> } {
  const of = (name: string) => c.req.query(name) ?? ''
  const kind = kinds.includes(of('kind')) ? of('kind') : ''
  const query = {
    from: of('from'),
    to: of('to'),
    who: of('who'),
    whom: of('whom'),
    right: of('right'),
    act: of('act'),
    kind,
    subject: of('subject'),
    steps: of('steps') === 'yes' ? ('yes' as const) : ('' as const),
  }
  const errors: Record<string, string> = {}
  for (const name of ['from', 'to'] as const) {
    const parsed = query[name] ? parseDate(query[name]) : null
    if (parsed && !parsed.ok) errors[`filter-${name}`] = parsed.reason
    if (parsed?.ok) query[name] = parsed.iso
  }
  return { query, errors }
}

/** What was not asked for is left to the view. */
const input = ({ from, to, steps, ...rest }: AuditQuery) => ({
  ...rest,
  steps: steps || ('no' as const),
  ...(from && { from }),
  ...(to && { to }),
})

/** The audit trail for the auditor, on a page and as a file. */
export const routes = new Hono<Web>()
  .get(place, async (c) => {
    const { query, errors } = asked(c)
    const before = c.req.query('before')
    const wrong = Object.keys(errors).length > 0
    // With an unreadable date the newest entries are asked for all the same: who may not see them isn't told about dates.
    const shown = await show(auditEntries, c.var.scene, wrong ? {} : { ...input(query), ...(before && { before }) })
    return page(
      c,
      <AuditPage
        query={query}
        errors={errors}
        shown={wrong ? null : shown}
        later={before !== undefined}
        actChoices={shown.acts}
      />,
      wrong ? 422 : 200,
    )
  })
  .get(`${place}/entries.csv`, async (c) => {
    const { query, errors } = asked(c)
    const shown = await show(
      auditExport,
      c.var.scene,
      Object.keys(errors).length > 0 ? { from: 'unreadable' } : input(query),
    )
    const w = wordsFor(c, words)
    const rows = shown.entries.map((entry) => [
      inTokyo(entry.at),
      w.audit.kinds[entry.kind],
      sentenceOf(w, entry),
      entry.act,
      entry.actorKind,
      entry.actor,
      entry.actorName,
      entry.represents,
      entry.assurance && w.audit.known[entry.assurance],
      entry.mandate,
      entry.account && w.audit.accounts[entry.account],
      entry.signIn,
      entry.subjects.map((subject) => subjectLine(w, subject)).join('\n'),
    ])
    const note = shown.cut ? [[w.audit.cutRow(exportedTo)]] : []
    return c.body(csv([w.audit.columns, ...rows, ...note], { bom: c.req.query('bom') === 'yes' }), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="audit-${shown.from}-${shown.to}.csv"`,
      'cache-control': 'no-store',
    })
  })

/** 2026-11-21T14:31:05+09:00 */
const inTokyo = (at: Date) => new Date(at.getTime() + 9 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+09:00')
