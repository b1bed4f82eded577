import type { Initiative, Phase, Plan, PlanVersion, Span, WorkflowStage } from '../plan-file.ts'
import type { Node } from './reader.ts'

/** A span of fiscal years, or null where it is not told or not usable (with its faults). */
export function readSpan(node: Node | null): Span | null {
  if (!node) return null
  const startFY = node.needFy('startFY')
  const endFY = node.needFy('endFY')
  if (startFY === 0 || endFY === 0) return null
  if (endFY < startFY) node.fault('endFY', `終わりの年度（${endFY}）が始まりの年度（${startFY}）より前です。`)
  return { startFY, endFY }
}

export function readPlan(node: Node): Plan {
  const periodNode = node.node('period')
  const period = readSpan(periodNode)
  const years = periodNode?.number('years') ?? null
  if (period && years !== null && years !== period.endFY - period.startFY + 1)
    periodNode?.fault(
      'years',
      `期間の年数（${years}）が、始まりと終わりの年度（${period.startFY}〜${period.endFY}）と合いません。`,
    )

  const legal = node.node('legalBasis')
  const governance = node.node('governance')
  const actorClasses = node.node('actorClasses')
  const plan: Plan = {
    id: node.needText('id'),
    title: node.text('title'),
    role: node.text('role'),
    parentPlan: node.text('parentPlan'),
    revises: node.text('revises'),
    revisionKind: node.text('revisionKind'),
    period,
    targetFY: node.fy('targetFY'),
    visionTitle: node.text('visionTitle'),
    legalBasis: legal && {
      law: legal.needText('law'),
      lawNumber: legal.text('lawNumber'),
      article: legal.text('article'),
      kind: legal.text('kind'),
      obligation: legal.text('obligation'),
      extra: legal.extra(),
    },
    versions: node.nodes('versions').map(readVersion),
    philosophies: node.nodes('philosophies').map((one) => ({
      no: one.needNumber('no'),
      title: one.needText('title'),
      basicPolicy: one.number('basicPolicy'),
      extra: one.extra(),
    })),
    basicPolicies: node.nodes('basicPolicies').map((one) => ({
      no: one.needNumber('no'),
      title: one.needText('title'),
      extra: one.extra(),
    })),
    measureGroups: node.nodes('measureGroups').map((one) => ({
      no: one.needNumber('no'),
      title: one.needText('title'),
      actors: one.texts('actors'),
      extra: one.extra(),
    })),
    actorClasses: (actorClasses?.rest() ?? []).map((id) => ({ id, label: actorClasses?.needText(id) ?? '' })),
    phaseVocabulary: node.texts('phaseVocabulary'),
    initiatives: node.nodes('initiatives').map(readInitiative),
    fields: node.nodes('fields').map((one) => ({
      title: one.needText('title'),
      items: one.texts('items'),
      extra: one.extra(),
    })),
    workflow: node.nodes('workflow').map(readStage),
    governance: governance && { coordinator: governance.text('coordinator'), extra: governance.extra() },
    sources: node.sources(),
    extra: {},
  }
  return { ...plan, extra: node.extra() }
}

const readVersion = (node: Node): PlanVersion => ({
  version: node.needText('version'),
  title: node.needText('title'),
  asOf: node.date('asOf'),
  adoptedMonth: node.month('adoptedMonth'),
  status: node.text('status'),
  targetFY: node.fy('targetFY'),
  basicPoliciesAsAdopted: node.texts('basicPoliciesAsAdopted'),
  note: node.text('note'),
  sources: node.sources(),
  extra: node.extra(),
})

const readInitiative = (node: Node): Initiative => ({
  no: node.needNumber('no'),
  id: node.needText('id'),
  title: node.needText('title'),
  measureGroup: node.number('measureGroup'),
  actorClass: node.text('actorClass'),
  basicPolicies: node.numbers('basicPolicies'),
  restatementOfNo: node.number('restatementOfNo'),
  phases: node.nodes('phases').map(readPhase),
  extra: node.extra(),
})

function readPhase(node: Node): Phase {
  const printedStartFY = node.fy('printedStartFY')
  const printedArrowEndFY = node.fy('printedArrowEndFY')
  if (printedStartFY !== null && printedArrowEndFY !== null && printedArrowEndFY < printedStartFY)
    node.fault('printedArrowEndFY', `矢印の終わり（${printedArrowEndFY}）が始まり（${printedStartFY}）より前です。`)

  const spanNode = node.node('span')
  if (!spanNode) node.fault('span', '期間（startFY と endFY）を必ず書いてください。')
  return {
    label: node.text('label'),
    labelSuggested: node.text('labelSuggested'),
    printedStartFY,
    printedArrowEndFY,
    span: { ...(readSpan(spanNode) ?? { startFY: 0, endFY: 0 }), inferred: spanNode?.flag('inferred') ?? false },
    extra: node.extra(),
  }
}

function readStage(node: Node, index: number): WorkflowStage {
  const from = node.month('from')
  const to = node.month('to')
  if (from !== null && to !== null && to < from)
    node.fault('to', `終わりの月（${to}）が始まりの月（${from}）より前です。`)
  return {
    no: index + 1,
    stage: node.needText('stage'),
    audience: node.text('audience'),
    channel: node.text('channel'),
    date: node.date('date'),
    month: node.month('month'),
    from,
    to,
    durationMonths: node.number('durationMonths'),
    followUp: node.text('followUp'),
    extra: node.extra(),
  }
}
