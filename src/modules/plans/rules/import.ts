import { scanHostile } from './import/hostile.ts'
import { readMeasure } from './import/measures.ts'
import { readPlan } from './import/plans.ts'
import type { Fault } from './import/reader.ts'
import { openNode } from './import/reader.ts'
import { referenceFaults } from './import/references.ts'
import type { Json, PlanFile } from './plan-file.ts'

export type ParsedPlanFile = { ok: true; file: PlanFile } | { ok: false; faults: Fault[] }

/** More would help nobody; the last line then says how many there are. */
const mostFaults = 1000

/**
 * Reads a plan file (the format of `seed-data/README.md`, already out of JSON). It is taken whole or refused whole: every fault is named
 * by its path with a Japanese sentence. Keys unknown to the model are kept as `extra`, the document itself as `raw`. Pure; never throws.
 */
export function parsePlanFile(json: unknown): ParsedPlanFile {
  const { faults, readable } = scanHostile(json)
  if (!readable) return { ok: false, faults }

  const node = openNode(json, '', faults)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { ok: false, faults }
  for (const key of ['sources', 'plans'])
    if (!node.has(key)) node.fault(key, 'この一覧は必ず書いてください（無いときは空の一覧にします）。')

  const conventions = node.node('conventions')
  const file: PlanFile = {
    formatVersion: node.oneOf('formatVersion', ['1.0']),
    about: node.text('about'),
    conventions: Object.fromEntries((conventions?.rest() ?? []).map((key) => [key, conventions?.needText(key) ?? ''])),
    sources: node.nodes('sources').map((one) => ({
      id: one.needText('id'),
      title: one.needText('title'),
      titleNote: one.text('titleNote'),
      extra: one.extra(),
    })),
    organisations: node.nodes('organizations').map((one) => ({
      id: one.needText('id'),
      name: one.needText('name'),
      kind: one.text('type'),
      parent: one.text('parent'),
      validFrom: one.date('validFrom'),
      validTo: one.date('validTo'),
      note: one.text('note'),
      extra: one.extra(),
    })),
    plans: node.nodes('plans').map(readPlan),
    measures: node.nodes('performanceMeasures').map(readMeasure),
    extra: {},
    raw: json as Json,
  }
  if (!node.has('formatVersion')) node.fault('formatVersion', '書式の版「1.0」を必ず書いてください。')
  file.extra = node.extra()

  faults.push(...referenceFaults(file))
  if (faults.length === 0) return { ok: true, file }
  if (faults.length <= mostFaults) return { ok: false, faults }
  const more = { path: '（ファイル全体）', sentence: `ほかに${faults.length - mostFaults}件の誤りがあります。` }
  return { ok: false, faults: [...faults.slice(0, mostFaults), more] }
}
