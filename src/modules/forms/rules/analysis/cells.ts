/**
 * The valid answers of a field, cut into cells between which no condition of the form tells a difference: finitely many,
 * and one answer stands for each. What cannot be cut so is said to be (`exact: false`).
 */
import Big from 'big.js'
import { addDays } from '#core/dates.ts'
import { type DateBound, isWorkday } from '../answers/bounds.ts'
import { readField } from '../answers/kinds.ts'
import type { Part } from '../answers/parts.ts'
import type { Field, FieldOf } from '../definition/definition.ts'

/** `points`: each cell is one answer, so that it can also be computed with. Cell 0 of the variable is "no answer". */
export type Cells = { answers: string[]; points: boolean }

/** No text that anybody asks for in a condition has a private use character. */
const other = '\ue000'

const unique = (all: readonly string[]) => [...new Set(all)]

/** Numbers on the grid of the field: each constant, its neighbours, and the ends, so that every gap has one. */
function numberCells(constants: readonly string[], lo: string, hi: string, digits: number): Cells {
  const step = new Big(10).pow(-digits)
  const [least, most] = [new Big(lo).round(digits, 3), new Big(hi).round(digits, 0)]
  if (most.minus(least).div(step).lte(64)) {
    const points: string[] = []
    for (let at = least; at.lte(most); at = at.plus(step)) {
      if (at.gte(lo) && at.lte(hi)) points.push(at.eq(0) ? '0' : at.toFixed())
    }
    return { answers: points, points: true }
  }
  const near = constants.flatMap((text) => {
    const floor = new Big(text).round(digits, 0)
    return [-2, -1, 0, 1, 2].map((n) => floor.plus(step.times(n)))
  })
  const inside = [least, most, ...near].filter((one) => one.gte(lo) && one.lte(hi))
  return { answers: unique(inside.map((one) => (one.eq(0) ? '0' : one.toFixed()))), points: false }
}

function dateCells(constants: readonly string[], lo = '1000-01-01', hi = '9999-12-31'): Cells {
  if (addDays(lo, 64) >= hi && lo <= hi) {
    const points: string[] = []
    for (let at = lo; at <= hi; at = addDays(at, 1)) points.push(at)
    return { answers: points, points: true }
  }
  const near = constants.flatMap((one) => [addDays(one, -1), one, addDays(one, 1)])
  return { answers: unique([lo, hi, ...near].filter((one) => one >= lo && one <= hi)), points: false }
}

/** A bound that is counted from today bounds nothing here: what may happen on some day may happen. */
const dates = ({ earliest, latest }: FieldOf<'date'>, constants: readonly string[]): Cells =>
  dateCells(constants, fixed(earliest), fixed(latest))
const fixed = (bound: DateBound | undefined) => (typeof bound === 'string' ? bound : undefined)
/** Where each cell is one day, those of weekends are none; a cell of many days has a workday in it. */
const workdaysOf = ({ answers, points }: Cells): Cells => ({
  answers: points ? answers.filter(isWorkday) : answers,
  points,
})

const minutes = (n: number) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`
const months = (n: number) => `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}`

/** Times of a day and months of a year, as whole numbers of their least step. */
function steppedCells(constants: readonly string[], kind: 'time' | 'month'): Cells {
  const [first, last, base, write] = kind === 'time' ? [0, 1439, 60, minutes] : [12_000, 119_999, 12, months]
  const numbers = constants.map((text) => {
    const [a, b] = text.split(/[:-]/).map(Number) as [number, number]
    return a * base + b - (kind === 'time' ? 0 : 1)
  })
  const near = [first, last, ...numbers.flatMap((n) => [n - 1, n, n + 1])].filter((n) => n >= first && n <= last)
  return { answers: unique(near.map(write)), points: false }
}

/** The cells of a field that has one value, given every constant that it is compared with. */
export function cellsOf(field: Field, constants: readonly string[], computed: boolean): Cells {
  switch (field.kind) {
    case 'choice': {
      // Of a long list, those that nobody asks about are alike: one stands for all.
      const whole = computed || field.options.length <= 30
      const asked = field.options.filter(({ value, showIf }) => whole || showIf || constants.includes(value))
      const alike = field.options.find((option) => !asked.includes(option))
      return { answers: [...asked, ...(alike ? [alike] : [])].map(({ value }) => value), points: whole }
    }
    case 'yes-no':
      return { answers: ['yes', 'no'], points: true }
    case 'declaration':
      return { answers: ['yes'], points: true }
    case 'scale':
      return numberCells(constants, String(field.from), String(field.to), 0)
    case 'number':
    case 'yen': {
      const digits = field.kind === 'number' ? (field.digits ?? 0) : 0
      const most = new Big('1e15').minus(new Big(10).pow(-digits)).toFixed()
      return numberCells(constants, field.min ?? `-${most}`, field.max ?? most, digits)
    }
    case 'date':
      return field.workdaysOnly ? workdaysOf(dates(field, constants)) : dates(field, constants)
    case 'time':
    case 'month':
      return steppedCells(constants, field.kind)
    default: {
      const possible = unique(constants).filter((text) => readField(field, { values: [text] }).answer === text)
      return { answers: [...possible, other], points: false }
    }
  }
}

/** The cells of one part of an answer; an optional part may be absent, which is cell 0. */
export function partCells(part: Part, constants: readonly string[]): Cells {
  if (part.name === 'latitude' || part.name === 'longitude') {
    const most = part.name === 'latitude' ? '90' : '180'
    return numberCells(constants, `-${most}`, most, 7)
  }
  const possible = unique(constants).filter((text) => {
    const read = part.read('', text)
    return 'text' in read && read.text === text
  })
  const more = part.options?.every((option) => possible.includes(option)) ? [] : [other]
  return { answers: [...possible, ...more], points: false }
}
