import type { Json } from '#core/json-text.ts'
import { isWritten } from '#core/json-text.ts'
import type { Achievement, SideBySide } from '../achievement.ts'
import type { Answer } from './answer.ts'

/** Grades are few, and may be words of the file; each has to be escaped only once. */
const written = new Map<string, string>()
const mostWritten = 1000

function text(value: string): string {
  const before = written.get(value)
  if (before !== undefined) return before
  const made = JSON.stringify(value)
  if (written.size < mostWritten) written.set(value, made)
  return made
}
const orNull = (value: string | null) => (value === null ? 'null' : text(value))

/** Members of one answer. Written by hand, as it stands in the way of long files; what nobody asks for when it is empty is left out. */
function members(answer: Answer): string {
  const { variant, fraction, rounded, grade, scale, verdict, flags, label, expected, explanation } = answer
  let made = `"method":"${answer.method}","state":"${answer.state}","value":${answer.value === null ? 'null' : `"${answer.value}"`}`
  if (fraction !== null) made += `,"fraction":"${fraction}"`
  if (rounded !== null) made += `,"rounded":"${rounded}"`
  made += `,"shown":${answer.shown === null ? 'null' : `"${answer.shown}"`},"met":${answer.met},"grade":${orNull(grade)}`
  if (scale !== null) made += `,"scale":"${scale}"`
  if (verdict !== null) made += `,"verdict":"${verdict}"`
  if (variant !== null) made += `,"variant":"${variant}"`
  made += flags.length === 0 ? ',"flags":[]' : `,"flags":["${flags.join('","')}"]`
  if (label !== null) made += `,"label":"${label.en}","labelJa":"${label.ja}"`
  if (expected !== null) made += `,"expected":"${expected}"`
  // What is shown, labels and explanations are figures and words of ours, without a character to escape, but for the day of publication in the file's own words.
  const { en, ja } = explanation
  return answer.state === 'noActual'
    ? `${made},"explanation":${JSON.stringify(en)},"explanationJa":${JSON.stringify(ja)}`
    : `${made},"explanation":"${en}","explanationJa":"${ja}"`
}

const several = (answers: readonly Answer[]) => answers.map((one) => `{${members(one)}}`).join(',')

const named = (id: Json | undefined) =>
  id === undefined ? '' : `"id":${isWritten(id) ? id.digits : JSON.stringify(id)},`

/** The answer to one object of a file, as JSON in one line. */
export function printedAnswer(id: Json | undefined, answer: Achievement): string {
  const { proposed, original } = answer
  let made = `{${named(id)}${members(answer)}`
  if (proposed.length > 0) made += `,"proposed":[${several(proposed)}]`
  if (original) made += `,"original":{${members(original)}}`
  return `${made}}`
}

/** Every method's answer to one object of a file, as JSON in one line. */
export function printedSideBySide(id: Json | undefined, { methods, verdictDependsOnMethod }: SideBySide): string {
  const warning = verdictDependsOnMethod
    ? '"warning":"The verdict depends on the method.","warningJa":"計算方法によって評価が変わります。",'
    : ''
  return `{${named(id)}"verdictDependsOnMethod":${verdictDependsOnMethod},${warning}"methods":[${several(methods)}]}`
}
