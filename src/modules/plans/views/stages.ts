import { z } from 'zod'
import type { Phase, Plan } from '../rules/plan-file.ts'
import { type Schedule, scheduleOf } from '../rules/report/schedule.ts'
import { initiativeSlug } from '../slugs.ts'

/** The initiatives of a plan as rows of bars over fiscal years. */
export const stages = z.object({
  title: z.string(),
  years: z.array(z.number()),
  groups: z.array(
    z.object({
      no: z.number().nullable(),
      title: z.string(),
      rows: z.array(
        z.object({
          no: z.number(),
          slug: z.string(),
          title: z.string(),
          actor: z.string().nullable(),
          /** The row that this one prints again (再掲). */
          restates: z.object({ no: z.number(), slug: z.string() }).nullable(),
          bars: z.array(
            z.object({
              from: z.number(),
              to: z.number(),
              label: z.string(),
              /** The label isn't printed. */
              labelInferred: z.boolean(),
              /** What of the span isn't certain in the document. */
              inferred: z.enum(['end', 'all']).nullable(),
            }),
          ),
        }),
      ),
    }),
  ),
  /** Rows printed, and initiatives among them (再掲 counted once); stages, and those that are inferred. */
  counts: z.object({ rows: z.number(), distinct: z.number(), phases: z.number(), inferred: z.number() }),
})

export type Stages = z.output<typeof stages>

/** The rows of a plan, groups and counts as in its report. */
export function stagesOf(title: string, plan: Plan): Stages {
  const { years, groups, counts } = scheduleOf(title, plan)
  const slugs = new Map(plan.initiatives.map((one) => [one.no, initiativeSlug(plan.id, one.id)]))
  const phases = new Map(plan.initiatives.map((one) => [one.no, one.phases]))
  const row = ({ no, title, actor, restatementOfNo, lanes }: Schedule['groups'][number]['rows'][number]) => ({
    no,
    slug: slugs.get(no) ?? '',
    title,
    actor,
    restates: restatementOfNo === null ? null : { no: restatementOfNo, slug: slugs.get(restatementOfNo) ?? '' },
    bars: lanes.flat().map((bar) => ({
      from: bar.startFY,
      to: bar.endFY,
      label: bar.label,
      labelInferred: bar.labelInferred,
      inferred: bar.inferred ? inferredPart(phases.get(no) ?? [], bar) : null,
    })),
  })
  return {
    title,
    years: years.map(({ fy }) => fy),
    groups: groups.map(({ no, title, rows }) => ({ no, title, rows: rows.map(row) })),
    counts,
  }
}

/** A beginning that stands in the document is certain; then only the end was inferred. */
const inferredPart = (
  phases: readonly Phase[],
  bar: { startFY: number; endFY: number; label: string },
): 'end' | 'all' =>
  phases.some(
    ({ printedStartFY, span, label }) =>
      printedStartFY === bar.startFY && span.startFY === bar.startFY && span.endFY === bar.endFY && label === bar.label,
  )
    ? 'end'
    : 'all'
