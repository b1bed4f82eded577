import { z } from 'zod'

/** What several views show. Decimals are strings; null = not in the documents. */

export const link = z.object({ slug: z.string(), title: z.string() })

export const span = z.object({ startFY: z.number(), endFY: z.number() })

export const planStates = ['before', 'running', 'over', 'revision', 'unknown'] as const

export const source = z.object({ id: z.string(), title: z.string(), titleNote: z.string().nullable() })

/** One figure of a report; see rules/report/cell.ts. */
export const cell = z.object({
  state: z.enum(['printed', 'value', 'live', 'computed', 'dash', 'noRate', 'unknown', 'future']),
  shown: z.string(),
  value: z.string().nullable(),
  label: z.string().nullable(),
  explanation: z.string().nullable(),
  notes: z.array(z.number()),
})

const year = z.object({ fy: z.number(), fyName: z.string() })

export const indicatorTable = z.object({
  baselineFY: z.number(),
  years: z.array(year.extend({ past: z.boolean() })),
  rows: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      unit: z.string(),
      direction: z.enum(['up', 'down']),
      bound: z.boolean(),
      baseline: cell,
      years: z.array(z.object({ fy: z.number(), target: cell, actual: cell, achievement: cell.nullable() })),
      description: z.string().nullable(),
      dataSource: z.string().nullable(),
      rationale: z.object({ fyName: z.string(), text: z.string() }).nullable(),
    }),
  ),
})

export const resourceTable = z.object({
  unit: z.string().nullable(),
  years: z.array(year),
  rows: z.array(z.object({ label: z.string(), cells: z.array(cell) })),
})

export const projectTable = z.object({
  unit: z.string().nullable(),
  years: z.array(year),
  rows: z.array(
    z.object({
      basicProject: z.string().nullable(),
      newness: z.string().nullable(),
      title: z.string(),
      department: z.string().nullable(),
      summary: z.string().nullable(),
      cells: z.array(cell),
    }),
  ),
  totals: z.array(cell),
  remarks: z.array(z.string()),
})

export const bar = z.object({
  label: z.string(),
  labelInferred: z.boolean(),
  startFY: z.number(),
  endFY: z.number(),
  inferred: z.boolean(),
})

export const schedule = z.object({
  planTitle: z.string(),
  years: z.array(year),
  groups: z.array(
    z.object({
      no: z.number().nullable(),
      title: z.string(),
      rows: z.array(
        z.object({
          no: z.number(),
          title: z.string(),
          actor: z.string().nullable(),
          restatementOfNo: z.number().nullable(),
          lanes: z.array(z.array(bar)),
        }),
      ),
    }),
  ),
  counts: z.object({ rows: z.number(), distinct: z.number(), phases: z.number(), inferred: z.number() }),
})

export const reviewList = z.object({
  kind: z.enum(['issues', 'policy', 'results', 'approach']),
  heading: z.string(),
  focusMeaning: z.string().nullable(),
  digest: z.boolean(),
  items: z.array(
    z.object({
      mark: z.string(),
      focus: z.boolean().nullable(),
      department: z.string().nullable(),
      text: z.string(),
      facts: z.array(z.string()),
      remaining: z.string().nullable(),
    }),
  ),
})

/** The results report of one measure and one fiscal year; see rules/report.ts. */
export const report = z.object({
  fy: z.number(),
  fyName: z.string(),
  planTitle: z.string(),
  code: z.string().nullable(),
  title: z.string(),
  titleInferred: z.boolean(),
  titleNotes: z.array(z.number()),
  owners: z.array(z.object({ fyName: z.string(), name: z.string() })),
  vision: z.object({ heading: z.string(), text: z.string(), digest: z.boolean() }).nullable(),
  rating: z
    .object({
      grade: z.string(),
      label: z.string().nullable(),
      reason: z.string().nullable(),
      status: z.string().nullable(),
    })
    .nullable(),
  ratingScale: z.string(),
  main: indicatorTable,
  sub: indicatorTable,
  methodWords: z.string(),
  resources: resourceTable,
  projects: projectTable,
  schedules: z.array(schedule),
  lists: z.array(reviewList),
  observations: z.array(z.object({ indicator: z.string(), texts: z.array(z.string()) })),
  notes: z.array(z.object({ no: z.number(), text: z.string() })),
  sources: z.array(z.object({ id: z.string(), title: z.string() })),
  unknown: z.string(),
})

export const rating = z.object({
  fy: z.number(),
  grade: z.string(),
  label: z.string().nullable(),
  reason: z.string().nullable(),
  status: z.string().nullable(),
})

/** Actual values over the years; see rules/trend.ts. */
export const trend = z.object({
  points: z.array(z.object({ fy: z.number(), value: z.string().nullable(), live: z.boolean(), inferred: z.boolean() })),
  target: z.string().nullable(),
})
