import type { Initiative, Phase, Plan } from '../plan-file.ts'
import { fiscalYearName, fiscalYears } from '../years.ts'

export type Bar = {
  label: string
  /** The label isn't printed in the source. */
  labelInferred: boolean
  startFY: number
  endFY: number
  /** The first or last year isn't certain in the source. */
  inferred: boolean
}

/** The initiatives of a plan with their phases as bars over fiscal years. Bars that share a year lie in different lanes. */
export type Schedule = {
  planTitle: string
  years: { fy: number; fyName: string }[]
  groups: { no: number | null; title: string; rows: ScheduleRow[] }[]
  /** Rows printed, and initiatives among them (再掲 counted once). */
  counts: { rows: number; distinct: number; phases: number; inferred: number }
}

export type ScheduleRow = {
  no: number
  title: string
  actor: string | null
  restatementOfNo: number | null
  lanes: Bar[][]
}

export function scheduleOf(planTitle: string, plan: Plan): Schedule {
  const phases = plan.initiatives.flatMap((one) => one.phases)
  const starts = phases.map((one) => one.span.startFY)
  const ends = phases.map((one) => one.span.endFY)
  const first = plan.period?.startFY ?? Math.min(...starts)
  const last = plan.period?.endFY ?? Math.max(...ends)
  const actors = new Map(plan.actorClasses.map((one) => [one.id, one.label]))
  const group = (no: number | null, title: string) => ({
    no,
    title,
    rows: plan.initiatives.filter((one) => one.measureGroup === no).map((one) => rowOf(one, actors)),
  })
  return {
    planTitle,
    years: fiscalYears(first, last).map((fy) => ({ fy, fyName: fiscalYearName(fy) })),
    groups: [...plan.measureGroups.map((one) => group(one.no, one.title)), group(null, '')].filter(
      ({ rows }) => rows.length > 0,
    ),
    counts: {
      rows: plan.initiatives.length,
      distinct: plan.initiatives.filter((one) => one.restatementOfNo === null).length,
      phases: phases.length,
      inferred: phases.filter((one) => one.span.inferred).length,
    },
  }
}

const rowOf = (one: Initiative, actors: Map<string, string>): ScheduleRow => ({
  no: one.no,
  title: one.title,
  actor: one.actorClass === null ? null : (actors.get(one.actorClass) ?? one.actorClass),
  restatementOfNo: one.restatementOfNo,
  lanes: lanesOf(one.phases),
})

/** First lane that is free; phases keep their printed order. */
function lanesOf(phases: readonly Phase[]): Bar[][] {
  const lanes: Bar[][] = []
  for (const { label, labelSuggested, span } of phases) {
    const bar = {
      label: label ?? labelSuggested?.replace(/（.*）$/, '') ?? '段階の名前は資料に記載なし',
      labelInferred: label === null,
      startFY: span.startFY,
      endFY: span.endFY,
      inferred: span.inferred,
    }
    const free = lanes.find((lane) => lane.every((one) => one.endFY < bar.startFY || one.startFY > bar.endFY))
    if (free) free.push(bar)
    else lanes.push([bar])
  }
  return lanes
}
