import type { Json } from '#core/json-text.ts'
import { readJsonText } from '#core/json-text.ts'
import { achieve, allMethods } from '../achievement.ts'
import type { Fault } from '../import/reader.ts'
import { printedAnswer, printedSideBySide } from './print.ts'
import type { Declared } from './read/convention.ts'
import { readQuestion } from './read.ts'

/** Some answers together: fewer calls, and still small enough to be encoded while they are at hand (bytes.ts). */
const pieceLength = 1 << 13

/**
 * Answers a file of one object or a list, as the command does: JSON in, JSON out, in the same shape and order, or every fault by its path.
 * The answers come in pieces of text through `keep`, which must be thrown away where faults come back. Never throws.
 */
export function answerFile(json: string, allMethodsAsked: boolean, keep: (piece: string) => void): Fault[] {
  const faults: Fault[] = []
  const declared: Declared = new Map()
  let piece = ''
  let count = 0
  const answer = (value: Json, path: string): string => {
    const asked = readQuestion(value, path, faults, allMethodsAsked, declared)
    // Whoever reads faults needs no answers.
    if (asked === null || faults.length > 0) return ''
    const { id, question } = asked
    return allMethodsAsked ? printedSideBySide(id, allMethods(question)) : printedAnswer(id, achieve(question))
  }
  const read = readJsonText(json, (value, index) => {
    piece += `${count++ === 0 ? '[\n' : ',\n'}${answer(value, `[${index}]`)}`
    if (piece.length < pieceLength) return
    keep(piece)
    piece = ''
  })
  const { value, brokenAt, tooDeep } = read
  if (brokenAt)
    return [{ path: whole, sentence: `${brokenAt.line}行${brokenAt.column}文字目で、JSONとして読めなくなります。` }]
  if (tooDeep || value === undefined) return [{ path: whole, sentence: '入れ子が深すぎます（40段まで）。' }]

  if (Array.isArray(value)) keep(count === 0 ? '[]\n' : `${piece}\n]\n`)
  else {
    const made = answer(value, '')
    if (made !== '') keep(`${JSON.stringify(JSON.parse(made), null, 2)}\n`)
  }
  return [...read.faults, ...faults]
}

const whole = '（ファイル全体）'
