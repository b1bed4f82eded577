import type { Figure as Figured } from '../achievement/exact.ts'
import type { State } from '../achievement/question.ts'
import type { Method } from '../achievement.ts'
import { achieve, question } from '../achievement.ts'
import { readPrinted } from '../import/printed.ts'
import type { Edition, Figure, Indicator } from '../plan-file.ts'
import { fiscalYearName } from '../years.ts'
import { figureAsPrinted, showsNumber } from './as-printed.ts'
import type { Cell, Notes } from './cell.ts'
import { cell, withUnit } from './cell.ts'

/**
 * A count of another module for one indicator and year. `asOf`: a day in words that the note prints; `since`: likewise,
 * where counting began in the middle of the year.
 */
export type LiveValue = { indicator: string; fy: number; value: string | null; asOf: string; since?: string | null }

export type Setting = {
  fy: number
  years: readonly number[]
  unknown: string
  method: Method
  notes: Notes
  live: readonly LiveValue[]
}

/** The two-line table of the printed sheet: target above, actual below; a rate for the report's year and those before it. */
export type IndicatorTable = {
  baselineFY: number
  years: { fy: number; fyName: string; past: boolean }[]
  rows: IndicatorRow[]
}

export type IndicatorRow = {
  id: string
  title: string
  unit: string
  direction: 'up' | 'down'
  bound: boolean
  baseline: Cell
  years: { fy: number; target: Cell; actual: Cell; achievement: Cell | null }[]
  description: string | null
  dataSource: string | null
  /** Why the next year's target is what it is. */
  rationale: { fyName: string; text: string } | null
}

export function indicatorTable(indicators: readonly Indicator[], setting: Setting): IndicatorTable {
  const baselineFY = (setting.years[0] ?? setting.fy) - 1
  return {
    baselineFY,
    years: setting.years.map((fy) => ({ fy, fyName: fiscalYearName(fy), past: fy <= setting.fy })),
    rows: indicators.map((one) => row(one, baselineFY, setting)),
  }
}

function row(indicator: Indicator, baselineFY: number, setting: Setting): IndicatorRow {
  const edition = editionOf(indicator, setting.fy)
  const next = indicator.targetRationales.find((one) => one.fy === setting.fy + 1)
  return {
    id: indicator.id,
    title: indicator.title,
    unit: indicator.unit,
    direction: indicator.direction,
    bound: indicator.binding !== null,
    baseline: baselineCell(indicator, edition, baselineFY, setting),
    years: setting.years.map((fy) => {
      const figure = (role: Figure['role']) => edition?.figures.find((one) => one.fy === fy && one.role === role)
      const past = fy <= setting.fy
      const live = setting.live.find((one) => one.indicator === indicator.id && one.fy === fy)
      const target = figureCell(indicator, figure('target'), past, setting)
      const stored = figure('actual')
      const actual = past ? actualCell(indicator, stored, live, setting) : cell('future', '')
      const printed = stored?.achievementPrinted ?? figure('target')?.achievementPrinted ?? null
      const rate = () =>
        actual.state === 'live' && live?.since
          ? noRate('年度の一部だけを数えた値のため、目標達成状況は計算しません。', setting)
          : rateCell(indicator, target, actual, printed, setting)
      return { fy, target, actual, achievement: past ? rate() : null }
    }),
    description: indicator.description,
    dataSource: indicator.dataSource,
    rationale: next ? { fyName: fiscalYearName(next.fy), text: next.text } : null,
  }
}

/** The newest document that says something about the year; else the newest one. */
const editionOf = (indicator: Indicator, fy: number): Edition | undefined =>
  indicator.editions.findLast((one) => one.figures.some((figure) => figure.fy === fy)) ?? indicator.editions.at(-1)

function baselineCell(
  indicator: Indicator,
  edition: Edition | undefined,
  baselineFY: number,
  { unknown, notes }: Setting,
): Cell {
  const baseline = edition?.baseline
  if (!baseline) return cell('unknown', unknown)
  const marks = baseline.note === null ? [] : [notes.add(`${baseline.note}。`)]
  if (baseline.value === null)
    return baseline.printed === null
      ? cell('unknown', unknown, { notes: marks })
      : cell('dash', baseline.printed, { notes: marks })
  if (baseline.fy !== baselineFY && baseline.note === null)
    marks.push(notes.add(`現状値は${fiscalYearName(baseline.fy)}の値です。`))
  const shown = baseline.printed ?? withUnit(baseline.value, indicator.unit)
  return cell('value', shown, { value: baseline.value, notes: marks })
}

function figureCell(
  indicator: Indicator,
  figure: Figure | undefined,
  past: boolean,
  { unknown, notes }: Setting,
): Cell {
  if (!figure) return past ? cell('unknown', unknown) : cell('future', '')
  const marks: number[] = []
  if (figure.confidence === 'medium' || figure.confidence === 'low') {
    const [is, isnt] = figure.role === 'target' ? ['目標値', '実績値'] : ['実績値', '目標値']
    const other = figure.counterpart === null ? '' : `${isnt}は資料に記載がありません。`
    marks.push(notes.add(`資料からは、この数値が目標値と実績値のどちらかは分かりません。${is}と推定しました。${other}`))
  }
  if (figure.note !== null) marks.push(notes.add(`${figure.note}。`))
  if (figure.value === null)
    return figure.printed === null
      ? cell('unknown', unknown, { notes: marks })
      : cell('dash', figure.printed, { notes: marks })
  const shown = figure.printed ?? withUnit(figure.value, indicator.unit)
  return cell('value', shown, { value: figure.value, notes: marks })
}

function actualCell(
  indicator: Indicator,
  stored: Figure | undefined,
  live: LiveValue | undefined,
  setting: Setting,
): Cell {
  if (stored || !live || live.value === null) return figureCell(indicator, stored, true, setting)
  const partly = live.since ? `${live.since}に数え始めました。このシステムに記録のない件数は含みません。` : ''
  const mark = setting.notes.add(`${live.asOf}現在の記録から数えた値です。${partly}年度が終わるまで変わります。`)
  return cell('live', withUnit(live.value, indicator.unit), { value: live.value, label: '記録から', notes: [mark] })
}

const figureIn = ({ value, shown, state }: Cell): Figured | null =>
  value === null ? null : figureAsPrinted(value, state === 'live' ? null : shown)

function rateCell(indicator: Indicator, target: Cell, actual: Cell, printed: string | null, setting: Setting): Cell {
  const { notes, unknown, method } = setting
  const rate = achieve(
    question(method.method, {
      convention: method.convention,
      direction: indicator.direction,
      actual: figureIn(actual),
      target: figureIn(target),
    }),
  )
  const explanation = rate.explanation.ja
  const read = printed === null ? null : readPrinted(printed)
  if (printed !== null && read?.kind === 'number') {
    if (rate.shown !== null && showsNumber(rate.shown, read.digits))
      return cell('computed', printed, { value: read.digits, explanation })
    const why =
      rate.shown !== null
        ? `資料の表示です。書かれた数値から計算すると${rate.shown}になり、合いません（${explanation}）。`
        : `資料の表示です。${missing(rate.state)}、計算では確かめられません。`
    return cell('printed', printed, { value: read.digits, label: '資料の表示', notes: [notes.add(why)] })
  }
  if (rate.shown !== null) {
    const provisional = actual.state === 'live'
    return cell('computed', rate.shown, {
      value: rate.shown,
      label: provisional ? '途中経過' : null,
      explanation,
    })
  }
  if (printed !== null) return cell('dash', printed)
  // Nothing was aimed at, nothing was measured or nothing can be divided: there is no rate. Otherwise there may be one that nobody told us.
  const none =
    target.state === 'dash'
      ? '目標値が定められていない年度のため、目標達成状況はありません。'
      : actual.state === 'dash'
        ? '実績値がない年度のため、目標達成状況はありません。'
        : rate.state === 'notApplicable'
          ? explanation
          : null
  return none === null ? cell('unknown', unknown) : noRate(none, setting)
}

const noRate = (why: string, { notes }: Setting): Cell => cell('noRate', '―', { notes: [notes.add(why)] })

const missing = (state: State) =>
  ({
    noActual: '実績値が資料に記載されていないため',
    noTarget: '目標値が資料に記載されていないため',
    neither: '目標値も実績値も資料に記載されていないため',
  })[state as string] ?? 'この指標の計算方法が定められていないため'
