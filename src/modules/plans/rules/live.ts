import { scanHostile } from './import/hostile.ts'
import { readIndicator } from './import/indicators.ts'
import type { Fault, Node } from './import/reader.ts'
import { findDoubles, openNode } from './import/reader.ts'
import type { Extra, Indicator, PlanFile, PlanMeasure } from './plan-file.ts'

/** An indicator whose actual comes from the records of another module, to be added to the plan that it names. */
export type LiveIndicator = {
  plan: string
  /** The measure that carries it: an existing one (`id` alone counts), or one to be made as told here. */
  measure: {
    id: string
    title: string
    titleNote: string | null
    visionByFY: number | null
    sources: string[]
    extra: Extra
  }
  /** One edition with the targets of firstFY … lastFY; `binding` is never null. */
  indicator: Indicator
  firstFY: number
  lastFY: number
}

export type ParsedLiveFile = { ok: true; indicators: LiveIndicator[] } | { ok: false; faults: Fault[] }

/**
 * Reads a file of live indicators (format "live-1.0" of `seed-data/README.md`) for a plan file read before. Refused whole like it, every
 * fault by its path. Pure; never throws.
 */
export function parseLiveFile(json: unknown, file: Pick<PlanFile, 'plans' | 'sources' | 'measures'>): ParsedLiveFile {
  const { faults, readable } = scanHostile(json)
  if (!readable) return { ok: false, faults }
  const node = openNode(json, '', faults)
  node.text('about')
  if (node.oneOf('formatVersion', ['live-1.0']) === null && !node.has('formatVersion'))
    node.fault('formatVersion', '書式の版「live-1.0」を必ず書いてください。')
  if (!node.has('indicators')) node.fault('indicators', 'この一覧は必ず書いてください。')

  const nodes = node.nodes('indicators')
  const indicators = nodes.map((one) => readLive(one, file))
  for (const key of node.rest()) node.fault(key, '知らない項目です。')
  findDoubles(
    indicators,
    (one) => `${one.measure.id} ${one.indicator.id}`,
    (one, index) => nodes[index]?.fault('id', `「${one.indicator.id}」が重なっています。`),
  )
  return faults.length === 0 ? { ok: true, indicators } : { ok: false, faults }
}

function readLive(node: Node, file: Pick<PlanFile, 'plans' | 'sources' | 'measures'>): LiveIndicator {
  const plan = node.needText('plan')
  if (plan !== '' && !file.plans.some((one) => one.id === plan)) node.fault('plan', `計画「${plan}」がありません。`)

  const home = node.node('measure')
  if (!home) node.fault('measure', '指標を置く施策を必ず書いてください。')
  const measure = {
    id: home?.needText('id') ?? '',
    title: home?.needText('title') ?? '',
    titleNote: home?.text('titleNote') ?? null,
    visionByFY: home?.fy('visionByFY') ?? null,
    sources: home?.sources() ?? [],
    extra: home?.extra() ?? {},
  }
  const known = new Set(file.sources.map((one) => one.id))
  for (const id of measure.sources) if (!known.has(id)) home?.fault('source', `出典「${id}」がありません。`)
  const existing: PlanMeasure | undefined = file.measures.find((one) => one.id === measure.id)
  if (existing && existing.plan !== plan) home?.fault('id', `施策「${measure.id}」は別の計画のものです。`)

  const firstFY = node.needFy('firstFY')
  const lastFY = node.needFy('lastFY')
  if (firstFY > 0 && lastFY > 0 && lastFY < firstFY) node.fault('lastFY', '終わりの年度が始まりの年度より前です。')
  const source = node.needText('source')
  if (source !== '' && !known.has(source)) node.fault('source', `出典「${source}」がありません。`)

  const targetNode = node.node('targets')
  const targets = (targetNode?.rest() ?? []).map((year) => {
    if (!/^\d{4}$/.test(year) || Number(year) < firstFY || Number(year) > lastFY)
      targetNode?.fault(year, `年度は${firstFY}から${lastFY}までの西暦4桁で書いてください。`)
    return [year, targetNode?.decimal(year) ?? null] as const
  })
  const read = readIndicator(node)
  if (!read.binding) node.fault('binding', '実績を読む先（measure）を必ず書いてください。')
  const figures = targets.map(([year, value]) => ({
    fy: Number(year),
    role: 'target' as const,
    value,
    printed: null,
    confidence: null,
    counterpart: null,
    achievementPrinted: null,
    note: null,
    extra: {},
  }))
  const indicator = { ...read, editions: [{ source, baseline: null, figures, extra: {} }], extra: node.extra() }
  return { plan, measure, indicator, firstFY, lastFY }
}
