import type { Figure } from '../achievement/exact.ts'
import { compare, figureOf, readFigure } from '../achievement/exact.ts'
import { readPrinted } from '../import/printed.ts'

const leadingZeros = /^(-?)0+(?=\d)/
const readDigits = (digits: string) => readFigure(digits.replace(leadingZeros, '$1'))

/** A stored value (decimal string) with its digits as a source printed them ("50.0"), for explanations. */
export function figureAsPrinted(value: string, printed: string | null): Figure {
  const figure = figureOf(value)
  const read = printed === null ? null : readPrinted(printed)
  if (read?.kind !== 'number' || read.times !== 1) return figure
  const digits = readDigits(read.digits)
  return typeof digits !== 'string' && compare(digits, figure) === 0 ? digits : figure
}

/** Whether a rate shows the number that a source printed: 0.9 and 0.90 are the same. */
export function showsNumber(shown: string, printedDigits: string): boolean {
  const [rate, printed] = [readFigure(shown.replace('%', '')), readDigits(printedDigits)]
  return typeof rate !== 'string' && typeof printed !== 'string' && compare(rate, printed) === 0
}
