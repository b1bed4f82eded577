/** How what is typed into each kind of field is read; kinds.ts says which kind is read by which. */
import { parseDate } from '#core/dates.ts'
import { isBlank } from '#core/text.ts'
import type { Field, FieldOf } from '../definition/definition.ts'
import { outOfBounds } from './bounds.ts'
import type { Outcome, Posted } from './outcome.ts'
import { readKana } from './parts.ts'
import { line } from './typing.ts'

/** Character by character: 9 a digit, A a Latin letter, * either, everything else itself. */
function fits(text: string, mask: string): boolean {
  const [given, wanted] = [[...text], [...mask]]
  const classes: Record<string, RegExp> = { '9': /^[0-9]$/, A: /^[A-Za-z]$/, '*': /^[0-9A-Za-z]$/ }
  return given.length === wanted.length && wanted.every((c, n) => classes[c]?.test(given[n]!) ?? c === given[n])
}

export function readMasked({ label, mask = '' }: FieldOf<'text'>, posted: Posted): Outcome {
  const read = line(label, posted, 1000)
  if ('error' in read) return read
  if (isBlank(read.text)) return {}
  return fits(read.text, mask)
    ? { answer: read.text }
    : { error: `${label}を「${mask}」の形で入力してください（9は数字、Aは英字）` }
}

export function readDate(field: FieldOf<'date'>, { values, parts: given }: Posted, today?: string): Outcome {
  if (values.length > 1) return { error: `${field.label}を1つだけ入力してください` }
  const parts = given && {
    era: given.era ?? '',
    year: given.year ?? '',
    month: given.month ?? '',
    day: given.day ?? '',
  }
  const typed = parts ?? values[0] ?? ''
  const inputs = typeof typed === 'string' ? [typed] : [typed.year, typed.month, typed.day]
  // A huge text is not blank: parseDate refuses it by its length.
  const blank = inputs.map((text) => text.length < 100 && isBlank(text))
  if (blank.every(Boolean)) return {}
  const read = parseDate(typed)
  if (!read.ok) {
    const wrong = parts && blank.some(Boolean) ? (['year', 'month', 'day'] as const).filter((_, n) => blank[n]) : []
    if (wrong.length > 0) return { error: `${field.label}の${read.reason}`, wrong }
    return { error: `${field.label}を確かめてください。${read.reason}`, ...(read.part && { wrong: [read.part] }) }
  }
  const error = outOfBounds(field, read.iso, today)
  return error ? { error } : { answer: read.iso }
}

const mebi = (bytes: number) =>
  bytes >= 1_048_576 ? `${Math.floor((bytes / 1_048_576) * 10) / 10}MB` : `${Math.floor(bytes / 1024)}KB`

/** Name, size and number only; what a file really holds, the store of files has looked at before. */
export function readFiles(field: FieldOf<'file'>, { files = [] }: Posted): Outcome {
  const most = field.maxFiles ?? 1
  if (files.length === 0) return {}
  if (files.length > most) return { error: `${field.label}は${most}個以内で添付してください` }
  if (field.maxBytes && files.some((file) => file.size > field.maxBytes!)) {
    return { error: `${field.label}は1つ${mebi(field.maxBytes)}以下のファイルを添付してください` }
  }
  const accept = field.accept
  if (accept && files.some((file) => !accept.some((ending) => file.name.toLowerCase().endsWith(ending)))) {
    return { error: `${field.label}は ${accept.join(' ')} のどれかの形式のファイルを添付してください` }
  }
  return { answer: files.map(({ file, name, size, type }) => ({ file, name, size, type })) }
}

/** In the order of the options, each once: how they were clicked does not matter. */
export function readChoices(field: FieldOf<'choices'>, { values }: Posted): Outcome {
  const chosen = new Set(values.filter((value) => value !== ''))
  const answer = field.options.map((option) => option.value).filter((value) => chosen.has(value))
  if (answer.length < chosen.size) return { error: `${field.label}を一覧から選んでください` }
  if (answer.length === 0) return {}
  if (field.least && answer.length < field.least) return { error: `${field.label}を${field.least}つ以上選んでください` }
  if (field.most && answer.length > field.most) return { error: `${field.label}は${field.most}つまでにしてください` }
  return { answer }
}

export function readRanking({ label, options }: FieldOf<'ranking'>, { values }: Posted): Outcome {
  const answer = values.filter((value) => value !== '')
  if (answer.length === 0) return {}
  const known = new Set(options.map((option) => option.value))
  return answer.length === known.size && new Set(answer).size === known.size && answer.every((one) => known.has(one))
    ? { answer }
    : { error: `${label}に、すべての選択肢の順位を1つずつつけてください` }
}

export const oneOf =
  (...allowed: string[]) =>
  ({ label }: Field, { values }: Posted): Outcome => {
    const chosen = values.filter((value) => value !== '')
    if (chosen.length === 0) return {}
    return chosen.length === 1 && allowed.includes(chosen[0]!)
      ? { answer: chosen[0]! }
      : { error: `${label}を選んでください` }
  }

export function readPostcode({ label }: Field, posted: Posted): Outcome {
  const read = line(label, posted, 100)
  if ('error' in read) return read
  const digits = read.text.replace(/^〒/, '').replace(/[\s\p{Dash_Punctuation}\u2212\u30fc\uff70]/gu, '')
  if (digits === '') return read.text === '' ? {} : { error: `${label}を7けたの数字で入力してください` }
  return /^[0-9]{7}$/.test(digits) ? { answer: digits } : { error: `${label}を7けたの数字で入力してください` }
}

export function readKanaField({ label, maxLength }: FieldOf<'kana'>, { values }: Posted): Outcome {
  if (values.length > 1) return { error: `${label}を1つだけ入力してください` }
  const read = readKana(label, values[0] ?? '', maxLength)
  return 'error' in read ? read : read.text === '' ? {} : { answer: read.text }
}
