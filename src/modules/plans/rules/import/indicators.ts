import type { Edition, Figure, Indicator } from '../plan-file.ts'
import { readPrinted } from './printed.ts'
import type { Node } from './reader.ts'
import { findDoubles } from './reader.ts'

const kinds = { 主指標: 'main', 副指標: 'sub' } as const

/** An indicator with every edition in which a document printed it. The direction is required: it is never guessed. */
export function readIndicator(node: Node): Indicator {
  const kind = node.oneOf('kind', ['主指標', '副指標'])
  if (kind === null && !node.has('kind')) node.fault('kind', '「主指標」か「副指標」を必ず書いてください。')
  const direction = node.oneOf('direction', ['up', 'down'])
  if (direction === null && !node.has('direction'))
    node.fault('direction', '上がるほどよい（up）か、下がるほどよい（down）かを必ず書いてください。')

  const editionNodes = node.nodes('editions')
  const editions = editionNodes.map(readEdition)
  findDoubles(
    editions,
    (one) => one.source,
    (_, index, id) => editionNodes[index]?.fault('source', `出典「${id}」が重なっています。`),
  )
  const binding = node.node('binding')
  const indicator: Indicator = {
    id: node.needText('id'),
    kind: kinds[kind ?? '副指標'],
    title: node.needText('title'),
    unit: node.needText('unit'),
    direction: direction ?? 'up',
    directionNote: node.text('directionNote'),
    aggregation: node.text('aggregation'),
    description: node.text('description'),
    dataSource: node.text('dataSource'),
    targetRationales: node
      .rest()
      .filter((key) => /^targetRationaleFY\d{4}$/.test(key))
      .map((key) => ({ fy: Number(key.slice(-4)), text: node.needText(key) })),
    editions,
    observations: node.texts('observations'),
    binding: binding && { measure: binding.needText('measure'), option: binding.text('option') },
    extra: {},
  }
  return { ...indicator, extra: node.extra() }
}

function readEdition(node: Node): Edition {
  const baselineNode = node.node('baseline')
  const baseline = baselineNode && {
    fy: baselineNode.needFy('fy'),
    value: baselineNode.decimal('value'),
    printed: baselineNode.text('printed'),
    note: baselineNode.text('note'),
    extra: baselineNode.extra(),
  }
  if (baseline) baselineNode?.agrees('printed', baseline.value, baseline.printed)

  const seriesNodes = node.nodes('series')
  const series = seriesNodes.map(readFigure)
  const targets = readTargets(node.node('targets'))
  const figures = [...targets, ...series].toSorted((a, b) => a.fy - b.fy)
  findDoubles(
    [...targets, ...series],
    (one) => `${one.fy} ${one.role}`,
    (one, index) =>
      (seriesNodes[index - targets.length] ?? node).fault(
        'fy',
        `${one.fy}年度の${one.role === 'target' ? '目標値' : '実績値'}が重なっています。`,
      ),
  )
  return { source: node.needText('source'), baseline, figures, extra: node.extra() }
}

/** The short form: `"targets": { "2023": 60 }`. */
function readTargets(node: Node | null): Figure[] {
  if (!node) return []
  return node.rest().map((year) => {
    if (!/^(19|20|21)\d\d$/.test(year)) node.fault(year, '年度（始まる年の西暦4桁）を項目の名前にしてください。')
    return {
      fy: Number(year),
      role: 'target',
      value: node.decimal(year),
      printed: null,
      confidence: null,
      counterpart: null,
      achievementPrinted: null,
      note: null,
      extra: {},
    }
  })
}

function readFigure(node: Node): Figure {
  const role = node.oneOf('role', ['target', 'actual'])
  if (role === null && !node.has('role'))
    node.fault('role', '目標値（target）か実績値（actual）かを必ず書いてください。')
  const value = node.decimal('number')
  const printed = node.text('printed')
  node.agrees('number', value, printed)
  const achievementPrinted = node.text('achievement')
  if (achievementPrinted !== null && !['number', 'dash'].includes(readPrinted(achievementPrinted).kind))
    node.fault('achievement', `目標達成状況「${achievementPrinted}」を数として読めません。`)
  return {
    fy: node.needFy('fy'),
    role: role ?? 'target',
    value,
    printed,
    confidence: node.oneOf('confidence', ['high', 'medium', 'low']),
    counterpart: node.text('counterpart'),
    achievementPrinted,
    note: node.text('note'),
    extra: node.extra(),
  }
}
