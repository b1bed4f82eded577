import { z } from 'zod'
import { fiscalYear } from '#core/dates.ts'
import { isStaff } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { traceShown, tracesAt } from '#modules/traces/index.ts'
import { readFacts } from '../queries/facts.ts'
import { findMeasure } from '../queries.ts'
import { mieRatio } from '../rules/achievement.ts'
import { measureTitle } from '../rules/naming.ts'
import { collectNotes } from '../rules/report/cell.ts'
import { projectTable, resourceTable } from '../rules/report/money.ts'
import { reportYears } from '../rules/report.ts'
import { indicatorShown, shownIndicator } from './indicator-shown.ts'
import { link, projectTable as projects, rating, resourceTable as resources, source } from './shapes.ts'

/** One measure (施策): its aim, every figure of every year, ratings, money, staff, projects, owners. */
export const measurePage = view({
  name: 'plans.measure',
  title: 'A measure with its indicators, ratings, budgets, staff and owners',
  input: z.object({ measure: z.string().max(200) }),
  output: link.extend({
    plan: link,
    code: z.string().nullable(),
    /** Title or code are proposals of the file. */
    inferred: z.boolean(),
    titleNote: z.string().nullable(),
    /** `digest`: only what it says, in short. */
    vision: z.object({ fy: z.number().nullable(), text: z.string(), digest: z.boolean() }).nullable(),
    ratings: z.array(rating),
    ratingScale: z.array(z.object({ grade: z.string(), label: z.string() })),
    indicators: z.array(indicatorShown),
    resources,
    basicProjects: z.array(z.object({ code: z.string(), title: z.string() })),
    projects,
    projectsNote: z.string().nullable(),
    owners: z.array(z.object({ fy: z.number(), name: z.string(), note: z.string().nullable() })),
    /** The fiscal years whose report can be drawn, newest first. */
    reports: z.array(z.number()),
    sources: z.array(source),
    traces: z.array(traceShown),
    linking: z.boolean(),
  }),
  allow: () => true,

  async run(stage, { measure: slug }) {
    const { db, now, actor } = stage
    const id = await findMeasure(db, slug)
    const found = id === null ? null : await readFacts(db, id)
    if (!found) throw new Refusal('missing', 'no such measure')
    const { stored, home, facts } = found
    const { measure } = stored
    const years = [...new Set(measure.resources.map(({ fy }) => fy))].toSorted((a, b) => a - b)
    const last = Math.max(...years, ...measure.projects.flatMap((one) => one.budgets.map(({ fy }) => fy)), 0)
    const setting = {
      fy: last,
      years,
      unknown: '資料に記載なし',
      method: mieRatio,
      notes: collectNotes(),
      live: [],
    }
    const indicators = []
    for (const one of stored.indicators) indicators.push(await shownIndicator(stage, one))
    const used = new Set([
      ...indicators.flatMap((one) => one.editions),
      ...measure.ratings.flatMap((one) => one.sources),
      ...measure.resources.flatMap((one) => one.sources),
      ...measure.ownerHistory.flatMap((one) => one.sources),
      ...stored.sources,
    ])
    const text = measure.vision ?? measure.visionFacts
    return {
      slug,
      title: measureTitle(measure),
      plan: { slug: home.slug, title: facts.plan.title },
      code: measure.code ?? measure.codeSuggested,
      inferred: !measure.title,
      titleNote: measure.titleNote,
      vision: text === null ? null : { fy: measure.visionByFY, text, digest: measure.vision === null },
      ratings: measure.ratings.toSorted((a, b) => b.fy - a.fy),
      ratingScale: measure.ratingScale,
      indicators,
      resources: resourceTable(measure.resources, setting),
      basicProjects: measure.basicProjects,
      projects: projectTable(measure, setting, Number.POSITIVE_INFINITY),
      projectsNote: measure.projectsNote,
      owners: measure.ownerHistory
        .toSorted((a, b) => a.fy - b.fy)
        .map(({ fy, org }) => {
          const office = facts.organisations.find((one) => one.id === org)
          return { fy, name: office?.name ?? org, note: office?.note ?? null }
        }),
      reports: reportYears(facts)
        .filter((fy) => fy <= fiscalYear(now))
        .toReversed(),
      sources: facts.sources.filter((one) => used.has(one.id)),
      traces: await tracesAt(stage, { module: 'plans', kind: 'measure', id: slug }),
      linking: isStaff(actor),
    }
  },
})
