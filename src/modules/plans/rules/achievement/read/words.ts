import type { Direction, MethodName, MissingReason, Question, Variant } from '../question.ts'
import { methodNames } from '../question.ts'
import type { Rounding } from '../rounding.ts'
import { roundings } from '../rounding.ts'
import { wordsOf } from './row.ts'

/** Every spelling that a file may use; case, spaces, hyphens and underlines make no difference. */

export const methodWords = wordsOf<MethodName>(methodNames, {
  mie: 'ratio',
  三重: 'ratio',
  ratioUp: 'ratio',
  nagano: 'progress',
  長野: 'progress',
  ibaraki: 'expectedRatio',
  茨城: 'expectedRatio',
  shizuoka: 'expectedBand',
  静岡: 'expectedBand',
  tama: 'elapsedShare',
  多摩: 'elapsedShare',
  sano: 'points',
  佐野: 'points',
  nagayo: 'compare',
  長与: 'compare',
  fukuoka: 'surveyBand',
  福岡: 'surveyBand',
  milestones: 'milestone',
  within: 'range',
  extend: 'improve',
  延伸: 'improve',
  維持: 'maintain',
})

export const directionWords = wordsOf<Direction>(['up', 'down'], {
  上向き: 'up',
  下向き: 'down',
  higher: 'up',
  lower: 'down',
})

export const roundingWords = wordsOf<Rounding>(roundings, {
  四捨五入: 'half-up',
  round: 'half-up',
  bankers: 'half-even',
  cut: 'down',
  truncate: 'down',
  trunc: 'down',
  切捨て: 'down',
  切り捨て: 'down',
  切上げ: 'up',
  切り上げ: 'up',
  ceil: 'ceiling',
})

export const displayWords = wordsOf(['rate', 'percent'], { '%': 'percent', ratio: 'rate', decimal: 'rate' })

export const variantWords = wordsOf<Variant>(['inverse', 'mirror'], {
  'T/A': 'inverse',
  'T÷A': 'inverse',
  '(2T-A)/T': 'mirror',
  '(2T−A)/T': 'mirror',
  '(2T−A)÷T': 'mirror',
  '(2T-A)÷T': 'mirror',
})

export const statusWords = wordsOf<NonNullable<Question['status']>>(['preliminary', 'estimated', 'final'], {
  速報値: 'preliminary',
  速報: 'preliminary',
  見込み: 'estimated',
  確定: 'final',
  確定値: 'final',
})

export const missingWords = wordsOf<MissingReason>(['notYetPublished', 'notSurveyed', 'notApplicable', 'suppressed'], {
  未公表: 'notYetPublished',
  調査なし: 'notSurveyed',
  対象外: 'notApplicable',
  秘匿: 'suppressed',
})

export const edgeWords = wordsOf(['inside', 'outside'])
export const combineWords = wordsOf(['mean', 'worst'])
export const aggregationWords = wordsOf(['yearly', 'cumulative', 'pointInTime', 'average', 'maximum'], {
  単年度: 'yearly',
  累計: 'cumulative',
  時点: 'pointInTime',
  平均: 'average',
  最大: 'maximum',
})
export type Aggregation = 'yearly' | 'cumulative' | 'pointInTime' | 'average' | 'maximum'
