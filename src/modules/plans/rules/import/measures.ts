import type { Amount, PlanMeasure, Project, Resource, ReviewItem, ReviewKind, ReviewList } from '../plan-file.ts'
import { readIndicator } from './indicators.ts'
import type { Node } from './reader.ts'
import { findDoubles } from './reader.ts'

/** 施策: everything that one sheet of the yearly report says. */
export function readMeasure(node: Node): PlanMeasure {
  const focus = node.node('approachFocusMark')
  const indicatorNodes = node.nodes('indicators')
  const indicators = indicatorNodes.map(readIndicator)
  findDoubles(
    indicators,
    (one) => one.id,
    (_, index, id) => indicatorNodes[index]?.fault('id', `「${id}」が重なっています。`),
  )
  const measure: PlanMeasure = {
    id: node.needText('id'),
    plan: node.needText('plan'),
    title: node.text('title'),
    titleSuggested: node.text('titleSuggested'),
    titleNote: node.text('titleNote'),
    code: node.text('code'),
    codeSuggested: node.text('codeSuggested'),
    visionByFY: node.fy('visionByFY'),
    vision: node.text('vision'),
    visionFacts: node.text('visionFacts'),
    ownerHistory: node.nodes('ownerHistory').map((one) => ({
      fy: one.needFy('fy'),
      org: one.needText('org'),
      sources: one.sources(),
      extra: one.extra(),
    })),
    basicProjects: node.nodes('basicProjects').map((one) => ({
      code: one.needText('code'),
      title: one.needText('title'),
      extra: one.extra(),
    })),
    indicators,
    ratingScale: node.nodes('ratingScale').map((one) => ({
      grade: one.needText('grade'),
      label: one.needText('label'),
      extra: one.extra(),
    })),
    ratings: node.nodes('ratings').map((one) => ({
      fy: one.needFy('fy'),
      grade: one.needText('grade'),
      label: one.text('label'),
      reason: one.text('reason') ?? one.text('reasonFact'),
      status: one.text('status'),
      sources: one.sources(),
      extra: one.extra(),
    })),
    resources: node.nodes('resources').map(readResource),
    projects: node.nodes('projects').map(readProject),
    projectsNote: node.text('projectsNote'),
    lists: readLists(node),
    approachFocus: focus && {
      meaning: focus.needText('meaning'),
      items: focus.raw('items') === null ? null : focus.numbers('items'),
    },
    extra: {},
  }
  if (!measure.title && !measure.titleSuggested)
    node.fault('title', '施策の題名を書いてください（推定の題名は titleSuggested に書きます）。')
  return { ...measure, extra: node.extra() }
}

function readAmount(node: Node | null): Amount | null {
  if (!node) return null
  const value = node.decimal('value')
  if (value === null && !node.has('value')) node.fault('value', 'この項目は必ず書いてください。')
  const unit = node.needText('unit')
  if (value?.startsWith('-')) node.fault('value', '金額が負の数です。')
  return value === null ? null : { value, unit }
}

function readResource(node: Node): Resource {
  const headcount = node.decimal('headcount')
  if (headcount?.startsWith('-')) node.fault('headcount', '人数が負の数です。')
  return {
    fy: node.needFy('fy'),
    budget: readAmount(node.node('budget')),
    personnelCost: readAmount(node.node('personnelCost')),
    headcount,
    sources: node.sources(),
    extra: node.extra(),
  }
}

/** Budgets by year ("2020": { value, unit }), with the printed form of a year under `printedFY2020`. */
function readProject(node: Node): Project {
  const budgets = node.node('budgets')
  const years = (budgets?.rest() ?? []).toSorted()
  const project: Project = {
    title: node.needText('title'),
    newness: node.text('newness'),
    basicProject: node.text('basicProject'),
    department: node.text('department'),
    summary: node.text('summary'),
    budgets: years.map((year) => {
      if (!/^(19|20|21)\d\d$/.test(year)) budgets?.fault(year, '年度（始まる年の西暦4桁）を項目の名前にしてください。')
      const amount = budgets?.raw(year) === null ? null : readAmount(budgets?.node(year) ?? null)
      const printed = node.text(`printedFY${year}`)
      node.agrees(`printedFY${year}`, amount?.value ?? null, printed)
      return { fy: Number(year), amount, printed }
    }),
    extra: {},
  }
  return { ...project, extra: node.extra() }
}

const listKey = /^(issues|policy|results|approach)FY(\d{4})(Start)?$/

/** Lists live under keys such as `resultsFY2020` and `issuesFY2020Start`. */
function readLists(node: Node): ReviewList[] {
  return node.rest().flatMap((key) => {
    const found = listKey.exec(key)
    if (!found) return []
    const nodes = node.nodes(key)
    const items = nodes.map(readItem)
    findDoubles(
      items,
      (one) => String(one.no),
      (_, index, no) => nodes[index]?.fault('no', `番号 ${no} が重なっています。`),
    )
    return [{ kind: found[1] as ReviewKind, fy: Number(found[2]), atStart: found[3] !== undefined, items }]
  })
}

function readItem(node: Node): ReviewItem {
  const text = node.text('text')
  return {
    no: node.needNumber('no'),
    department: node.text('department'),
    text,
    topic: text === null ? node.needText('topic') : node.text('topic'),
    facts: node.texts('facts'),
    remaining: node.text('remaining'),
    extra: node.extra(),
  }
}
