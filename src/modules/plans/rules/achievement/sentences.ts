import type { Exact } from './exact.ts'
import type { MethodName, Outcome, Said, State } from './question.ts'
import type { Rounding } from './rounding.ts'
import { cut, inShort, plain } from './rounding.ts'

/** Every sentence with which the engine explains that there is no rate. */
export const why = {
  noActual: { ja: '実績値が分からないため、計算できません。', en: 'The actual is not known, so there is no rate.' },
  noTarget: { ja: '目標値が分からないため、計算できません。', en: 'The target is not known, so there is no rate.' },
  neither: {
    ja: '目標値と実績値が分からないため、計算できません。',
    en: 'Neither target nor actual is known, so there is no rate.',
  },
  noBaseline: {
    ja: '基準値が分からないため、計算できません。',
    en: 'The baseline is not known, so there is no rate.',
  },
  noCurrentBaseline: {
    ja: '改定後の基準値（currentBaseline）が分からないため、伸びを比べられません。',
    en: 'The revised baseline (currentBaseline) is not known, so growth cannot be compared.',
  },
  noParts: { ja: '値の分かる内訳がないため、計算できません。', en: 'No part has a known value, so there is no rate.' },
  noRange: {
    ja: '目標の範囲が分からないため、計算できません。',
    en: 'The target range is not known, so there is no rate.',
  },
  down: {
    ja: '下がるほどよい指標の計算方法は、定められていません。',
    en: 'No rule is declared for an indicator that should fall.',
  },
  onlyDown: {
    ja: '下がるほどよい指標のための計算方法です。',
    en: 'This method is for indicators that should fall.',
  },
  onlyUp: {
    ja: '積み上げる指標（上がるほどよい指標）のための計算方法です。',
    en: 'This method is for indicators that should rise.',
  },
  notPositive: {
    ja: '0以下の目標値や負の実績値では、「実績値÷目標値」は意味をもちません。',
    en: 'With a target of zero or less, or a negative actual, actual ÷ target has no meaning.',
  },
  negativeBaseline: {
    ja: '負の基準値から始まる指標では、「実績値÷目標値」は意味をもちません。',
    en: 'For an indicator that starts from a negative baseline, actual ÷ target has no meaning.',
  },
  notPositiveExpected: {
    ja: '0以下の期待値や負の実績値では、「実績値÷期待値」は意味をもちません。',
    en: 'With an expected value of zero or less, or a negative actual, actual ÷ expected value has no meaning.',
  },
  notPositiveGrowth: {
    ja: '0以下の基準値からの伸びは、計算できません。',
    en: 'Growth over a baseline of zero or less cannot be computed.',
  },
  contrary: {
    ja: '目標値が基準値より悪い側にあります。指標の向きを確かめてください。悪化を抑える目標であれば、「維持」（maintain）で計算してください。',
    en: 'The target lies on the worse side of the baseline. Check the direction; if the target limits a decline, use maintain.',
  },
  missedRange: {
    ja: '目標の範囲の外にあります。0以下の値では割合を計算できません。',
    en: 'Outside of the target range; with values of zero or less there is no ratio.',
  },
  missedMaintain: {
    ja: '目標を維持できていません。0以下の値では割合を計算できません。',
    en: 'The target was not maintained; with values of zero or less there is no ratio.',
  },
  noPace: {
    ja: '期待値を計算できません。基準値と最終目標値、それぞれの年度、実績の年度が必要です。',
    en: 'The expected value needs baseline and final target with their years, and the year of the actual.',
  },
  noSpan: {
    ja: '最終年度が基準年度より後でないため、期待値を計算できません。',
    en: 'The final year is not after the baseline year, so there is no expected value.',
  },
  early: {
    ja: '実績の年度が基準年度より前のため、期待値がありません。',
    en: 'The year of the actual lies before the baseline year, so there is no expected value.',
  },
  nothingExpected: {
    ja: '期待値が基準値から目標値の向きに進んでいないため、位置を判定できません。',
    en: 'The expected value has not moved from the baseline towards the target, so the actual cannot be placed.',
  },
  noElapsed: {
    ja: '経過年数（elapsed、または基準値と実績の年度）が分からないため、計算できません。',
    en: 'The elapsed years (elapsed, or the years of baseline and actual) are not known.',
  },
  nothingDue: {
    ja: '計画の初年度より前のため、まだ求められる値がありません。',
    en: 'Nothing is due yet: no year of the plan has passed.',
  },
  unboundedUp: {
    ja: '実績値が0のため割り算できませんが、目標は達成しています。',
    en: 'The actual is 0, so nothing can be divided, but the target is met.',
  },
} as const satisfies Record<string, Said>

/** Why there is no actual, where the file says so. */
export const missingReasons = {
  notYetPublished: { ja: '未公表', en: 'not yet published' },
  notSurveyed: { ja: '調査なし', en: 'not surveyed' },
  notApplicable: { ja: '対象外', en: 'not applicable' },
  suppressed: { ja: '秘匿', en: 'suppressed' },
} as const satisfies Record<string, Said>

export const roundingWords: Record<Rounding, Said> = {
  'half-up': { ja: '四捨五入', en: 'half up' },
  'half-down': { ja: '五捨六入', en: 'half down' },
  'half-even': { ja: '偶数への丸め', en: 'half to even' },
  down: { ja: '切捨て', en: 'cut' },
  up: { ja: '切上げ', en: 'away from zero' },
  floor: { ja: '負の無限大の側への丸め', en: 'floor' },
  ceiling: { ja: '正の無限大の側への丸め', en: 'ceiling' },
}

export const methodTitles: Record<MethodName, Said> = {
  ratio: { ja: '実績値÷目標値', en: 'actual ÷ target' },
  ratioDown: { ja: '下がるほどよい指標の達成率', en: 'ratio for falling indicators' },
  progress: { ja: '基準値からの進捗率', en: 'progress from the baseline' },
  expectedRatio: { ja: '実績値÷期待値', en: 'actual ÷ expected value' },
  expectedBand: { ja: '期待値の帯のなかの位置', en: 'place in the band around the expected value' },
  elapsedShare: { ja: '経過年数に応じた達成率', en: 'share of the final target due by elapsed years' },
  points: { ja: '点数', en: 'points' },
  compare: { ja: '目標値・基準値との比較', en: 'comparison with target and baseline' },
  surveyBand: { ja: '意識調査の増減', en: 'change of an opinion survey' },
  milestone: { ja: '工程の完了割合', en: 'weighted share of stages done' },
  okr: { ja: 'OKRの得点', en: 'OKR score' },
  maintain: { ja: '維持', en: 'maintain' },
  growth: { ja: '伸びの比較', en: 'comparison of growth' },
  range: { ja: '目標の範囲', en: 'target range' },
  improve: { ja: '改善（延伸）', en: 'improvement' },
  rollup: { ja: '内訳の加重平均', en: 'weighted mean of parts' },
}

type None = Extract<Outcome, { kind: 'none' }>

/** No rate, and why. */
export const none = (state: State, sentence: Said, more: Partial<Omit<None, 'kind'>> = {}): None => ({
  kind: 'none',
  state,
  met: null,
  why: sentence,
  ...more,
})

/** "32870" → "32,870"; decimals stay as they are. */
export function grouped(decimal: string): string {
  const point = decimal.indexOf('.')
  let end = point < 0 ? decimal.length : point
  const first = decimal.charCodeAt(0) === 45 || decimal.charCodeAt(0) === 0x2212 ? 1 : 0
  let made = decimal
  for (end -= 3; end > first; end -= 3) made = `${made.slice(0, end)},${made.slice(end)}`
  return made
}

/** A figure inside a formula: grouped, with a real minus sign; `inner` puts a negative one in brackets. */
export function term(text: string, inner = false): string {
  const shown = grouped(text)
  if (!shown.startsWith('-') && !shown.startsWith('−')) return shown
  return inner ? `(−${shown.slice(1)})` : `−${shown.slice(1)}`
}

/** An exact number inside a formula: all its decimals where they end, else four of them. */
export function numberText(value: Exact): string {
  const digits = cut(value)
  return digits.more ? inShort(digits) : plain(digits)
}
