import type { Exact } from './exact.ts'
import { compare, figureOf } from './exact.ts'
import type { Grade, MethodName, Scale, Verdict } from './question.ts'

const at = (grade: string, min: string | null, verdict: Verdict, max?: string): Grade => ({
  grade,
  min: min === null ? null : figureOf(min),
  verdict,
  ...(max === undefined ? {} : { max: figureOf(max) }),
})

/** Half-open intervals, best first. Where each comes from, and what is uncertain, stands in docs/achievement.md. */
export const scales = {
  mie: [at('A', '1', 'good'), at('B', '0.85', 'fair'), at('C', '0.70', 'poor'), at('D', null, 'poor')],
  nagano: [at('A', '1', 'good'), at('B', '0.80', 'fair'), at('C', null, 'poor')],
  ibaraki: [at('A', '1', 'good'), at('B+', '0.80', 'fair'), at('B', '0.50', 'fair'), at('C', null, 'poor')],
  tama: [at('100%以上', '1', 'good'), at('60%以上100%未満', '0.60', 'fair'), at('60%未満', null, 'poor')],
  sano: [
    at('18〜16', '16', 'good'),
    at('15〜13', '13', 'fair'),
    at('12〜11', '11', 'fair'),
    at('10以下', null, 'poor'),
  ],
  okr: [at('green', '0.7', 'good'), at('yellow', '0.4', 'fair', '0.6'), at('red', null, 'poor', '0.3')],
} as const satisfies Record<string, readonly Grade[]>

export type ScaleName = keyof typeof scales
export const scaleNames = Object.keys(scales) as ScaleName[]

export const scaleNamed = (name: ScaleName): Scale => ({ name, grades: scales[name] })

/** The scale of the office that uses the method. */
export const ownScale: Partial<Record<MethodName, ScaleName>> = {
  ratio: 'mie',
  ratioDown: 'mie',
  progress: 'nagano',
  expectedRatio: 'ibaraki',
  elapsedShare: 'tama',
  points: 'sano',
  okr: 'okr',
  growth: 'nagano',
}

/** Whose grades those methods give that place the actual instead of dividing it. */
export const placedBy: Partial<Record<MethodName, string>> = {
  expectedBand: 'shizuoka',
  compare: 'nagayo',
  surveyBand: 'fukuoka',
}

/** The grade of an unrounded value; null in a gap of the scale. */
export function gradeOf({ grades }: Scale, value: Exact): Grade | null {
  const grade = grades.find(({ min }) => min === null || compare(value, min) >= 0)
  return grade && (grade.max === undefined || compare(value, grade.max) <= 0) ? grade : null
}
