import { figureOf } from './exact.ts'
import type { Convention, MethodName } from './question.ts'
import { ownScale, scaleNamed } from './scales.ts'

const usual = { digits: 2, rounding: 'half-up', display: 'rate', cap: null, variant: null, band: null } as const
const full = figureOf('1.00')

const apart: Partial<Record<MethodName, Partial<Convention>>> = {
  ratio: { cap: full },
  ratioDown: { cap: full },
  maintain: { cap: full },
  range: { cap: full },
  expectedRatio: { display: 'percent', digits: 1 },
  elapsedShare: { display: 'percent', digits: 1 },
  growth: { display: 'percent' },
  okr: { digits: 1, cap: full },
  points: { digits: 0 },
}

const all = new Map<MethodName, Convention>()

/** How a method is printed by the office that uses it, unless an indicator declares otherwise. */
export function conventionOf(method: MethodName): Convention {
  const known = all.get(method)
  if (known) return known
  const scale = ownScale[method]
  const made: Convention = {
    ...usual,
    bandEdge: 'inside',
    ...apart[method],
    scale: scale ? scaleNamed(scale) : null,
  }
  all.set(method, made)
  return made
}
