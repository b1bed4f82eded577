// Every state of an answer, its number and its sentences stand together, so that none of them can say something else than the others.
import type { Exact } from './exact.ts'
import { compare, figureOf, fractionOf } from './exact.ts'
import { elapsedShare, expectedBand, expectedRatio, paceOf } from './expected.ts'
import { points, weighted } from './parts.ts'
import { compareWith, improve, range, surveyBand } from './placed.ts'
import { growth, okr, progress } from './progress.ts'
import type { Flag, MethodName, Outcome, Question, Said, State, Variant, Verdict } from './question.ts'
import { maintain, rank, ratio, ratioDown, reaches } from './ratio.ts'
import { cut, inShort, plain } from './rounding.ts'
import { gradeOf, placedBy } from './scales.ts'
import { missingReasons, term } from './sentences.ts'
import { showValue } from './shown.ts'

/**
 * One answer. `value` is the exact rate before cap, floor and rounding (a fraction stands beside it where its decimals don't end), `shown`
 * what a report prints, `met` and `grade` are decided on the exact figures. Without a rate `state` and `explanation` say why; an unknown
 * is never 0.
 */
export type Answer = {
  method: MethodName
  variant: Variant | null
  state: State
  /** Decimal string, cut after 20 decimals where `fraction` says that more would follow. */
  value: string | null
  fraction: string | null
  /** Rounded, neither capped nor floored; of the percentage where percent is shown. */
  rounded: string | null
  shown: string | null
  /** Whether what the method measures against is reached; null where that isn't known. */
  met: boolean | null
  grade: string | null
  /** The name of the scale that gave the grade. */
  scale: string | null
  verdict: Verdict | null
  flags: readonly Flag[]
  /** A word that stands beside what is shown. */
  label: Said | null
  explanation: Said
  /** The expected value of the year (growth: the growth that was due). */
  expected: string | null
  /** Methods that would have an answer where this one has none. */
  instead: readonly { method: MethodName; variant?: Variant }[]
}

const methods: Record<MethodName, (question: Question) => Outcome> = {
  ratio,
  ratioDown,
  progress,
  expectedRatio,
  expectedBand,
  elapsedShare,
  points,
  compare: compareWith,
  surveyBand,
  milestone: weighted,
  okr,
  maintain,
  growth,
  range,
  improve,
  rollup: weighted,
}

/** From here on the target is due for a review, whatever is shown. */
const reviewFrom = figureOf('1.20')

/** The answer to one question by its own method, without proposals. Defined for every question; never throws. */
export function answerTo(asked: Question): Answer {
  const { lastKnown } = asked
  const late = asked.actual === null && lastKnown !== null
  const question = late ? { ...asked, actual: lastKnown.figure } : asked
  const outcome = methods[question.method](question)
  if (outcome.kind === 'none') return withoutRate(question, outcome)
  const flags = [...(outcome.flags ?? []), ...flagsOf(question, outcome)]
  const notes = provisional(question, late, flags)
  return outcome.kind === 'unbounded'
    ? unbounded(question, outcome, flags, notes)
    : rated(question, outcome, flags, notes)
}

function rated(question: Question, outcome: Extract<Outcome, { kind: 'value' }>, flags: Flag[], notes: Said[]): Answer {
  const { convention } = question
  const { value } = outcome
  const digits = value === null ? null : cut(value)
  const {
    rounded,
    shown,
    flags: why,
    because,
  } = showValue(outcome, digits, convention, flags.includes('worseThanBaseline'))
  const graded = outcome.graded === undefined ? value : outcome.graded
  const scale = outcome.grade === undefined && graded !== null ? convention.scale : null
  const grade = scale && graded !== null ? gradeOf(scale, graded) : null
  const between: Flag[] = scale && !grade ? ['betweenGrades'] : []
  const all = [...(because ? [because] : []), ...notes]
  const { formula } = outcome
  const worked: Said =
    typeof formula === 'string' ? same(digits ? `${formula} = ${inShort(digits)}` : formula) : formula
  return {
    method: question.method,
    variant: variantOf(question),
    state: notes.length > 0 ? 'provisional' : 'value',
    value: digits && plain(digits),
    fraction: value && digits?.more ? fractionOf(value) : null,
    rounded,
    shown,
    met: outcome.met,
    grade: outcome.grade ?? grade?.grade ?? null,
    scale: outcome.grade ? (placedBy[question.method] ?? null) : grade && scale ? scale.name : null,
    verdict: outcome.verdict ?? grade?.verdict ?? null,
    flags: [...flags, ...why, ...between],
    label: flags.includes('worseThanBaseline') ? fallenBack : null,
    explanation: explained(worked, shown, all, outcome.lead),
    expected: outcome.expected ? plain(cut(outcome.expected)) : null,
    instead: [],
  }
}

/** T ÷ 0: better than any rate, so what is shown is the cap, or that nothing can be divided. */
function unbounded(
  question: Question,
  outcome: Extract<Outcome, { kind: 'unbounded' }>,
  flags: Flag[],
  notes: Said[],
): Answer {
  const { convention } = question
  const best = convention.scale?.grades[0] ?? null
  const top =
    convention.cap &&
    showValue({ kind: 'value', value: convention.cap, met: true, formula: '' }, cut(convention.cap), convention, false)
      .shown
  const because: Said = {
    ja: '実績値が0のため割り算できませんが、目標は達成しています',
    en: 'nothing is divided by 0, but the target is met',
  }
  return {
    method: question.method,
    variant: variantOf(question),
    state: 'unbounded',
    value: null,
    fraction: null,
    rounded: null,
    shown: top,
    met: true,
    grade: best?.grade ?? null,
    scale: best && convention.scale ? convention.scale.name : null,
    verdict: best?.verdict ?? null,
    flags: [...flags, ...(top === null ? [] : (['capped'] as const))],
    label: null,
    explanation: explained(same(outcome.formula), top ?? '―', [because, ...notes], outcome.lead),
    expected: null,
    instead: [],
  }
}

function withoutRate(question: Question, outcome: Extract<Outcome, { kind: 'none' }>): Answer {
  const reason = outcome.state === 'noActual' && question.missing ? missingReasons[question.missing] : null
  const due = reason && question.due ? same(question.due) : null
  // A year without a target has no official rate; the line to the final target is a guide for the office only.
  const pace = outcome.state === 'noTarget' && question.finalTarget !== null ? paceOf(question) : null
  const expected = outcome.expected ?? (pace?.ok ? pace.value : null)
  const guide = pace?.ok ? term(pace.value.text) : null
  return {
    method: question.method,
    variant: variantOf(question),
    state: outcome.state,
    value: null,
    fraction: null,
    rounded: null,
    shown: null,
    met: outcome.met,
    grade: outcome.grade ?? null,
    scale: outcome.grade ? (placedBy[question.method] ?? null) : null,
    verdict: null,
    flags: guide === null ? [] : ['interpolated'],
    label: null,
    explanation: {
      ja: `${outcome.why.ja}${reason ? `（${reason.ja}${due ? `、${due.ja}公表予定` : ''}）` : ''}${guide ? `（内部の目安：期待値${guide}）` : ''}`,
      en: `${outcome.why.en}${reason ? ` (${reason.en}${due ? `, due ${due.en}` : ''})` : ''}${guide ? ` (internal guide: expected value ${guide})` : ''}`,
    },
    expected: expected && plain(cut(expected)),
    instead: outcome.instead ?? [],
  }
}

const fallenBack: Said = { ja: '後退', en: 'worse than the baseline' }

const same = (text: string): Said => ({ ja: text, en: text })

function explained(worked: Said, shown: string, because: readonly Said[], lead?: Said): Said {
  const printed = shown.startsWith('-') ? `−${shown.slice(1)}` : shown
  let [ja, en] = [`${worked.ja} → ${printed}`, `${worked.en}, shown as ${printed}`]
  if (lead) [ja, en] = [lead.ja + ja, lead.en + en]
  for (const one of because) {
    ja += `（${one.ja}）`
    en += ` (${one.en})`
  }
  return { ja, en }
}

const variantOf = ({ method, direction, convention }: Question): Variant | null =>
  method === 'ratioDown' ? (convention.variant ?? 'inverse') : direction === 'down' ? convention.variant : null

/** What stands out about the figures, whatever the method. */
function flagsOf(question: Question, outcome: Exclude<Outcome, { kind: 'none' }>): Flag[] {
  const { actual, target, direction, year } = question
  const baseline = question.method === 'growth' ? question.currentBaseline : question.baseline
  const flags: Flag[] = []
  if (actual === null || direction === null) return flags
  if (baseline !== null && rank(question, actual, baseline) < 0) flags.push('worseThanBaseline')
  if (baseline !== null && target !== null && rank(question, baseline, target) > 0) flags.push('metAtBaseline')
  if (isRate(outcome) && compare(outcome.value, reviewFrom) >= 0) flags.push('overAchieved')
  const final = question.finalTarget ?? target
  const finalYear = question.finalTarget === null ? question.targetYear : question.finalYear
  if (final !== null && finalYear !== null && year !== null && year < finalYear && reaches(question, actual, final))
    flags.push('finalTargetReached')
  return flags
}

const isRate = (outcome: Exclude<Outcome, { kind: 'none' }>): outcome is typeof outcome & { value: Exact } =>
  outcome.kind === 'value' && outcome.value !== null && !outcome.free && outcome.shown === undefined

/** Why a rate isn't final: the actual is preliminary, or that of an earlier period. Adds the flags. */
function provisional({ status, lastKnown, missing }: Question, late: boolean, flags: Flag[]): Said[] {
  const notes: Said[] = []
  if (late) {
    flags.push('lastKnown')
    const reason = missing === null ? null : missingReasons[missing]
    const year = lastKnown?.year ?? null
    notes.push({
      ja: `${reason ? `${reason.ja}のため、` : ''}${year === null ? '前に分かった値' : `${year}年度の値`}による暫定`,
      en: `provisional${reason ? `: ${reason.en}` : ''}, by the value of ${year ?? 'an earlier period'}`,
    })
  }
  if (status === 'preliminary') {
    flags.push('preliminary')
    notes.push({ ja: '速報値', en: 'preliminary' })
  }
  if (status === 'estimated') {
    flags.push('estimated')
    notes.push({ ja: '見込み', en: 'estimated' })
  }
  return notes
}
