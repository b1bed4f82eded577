import type { Figure } from '../figure.ts'

/** A figure beside its floor, and whether it comes near enough: the more of it the better (a rate), or the less (a time). */
export function beside(better: 'more' | 'less', value: number, floor: number, least: number) {
  const ratio = better === 'more' ? value / floor : floor / value
  return { value, floor, ratio, aim: `a ratio of at least ${least}`, met: ratio >= least } satisfies Partial<Figure>
}
