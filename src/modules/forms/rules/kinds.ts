/**
 * The kinds of fields, one entry each: how posted text becomes an answer, and how an answer is shown. No schema library
 * here, since the browser reads fields by the same entries.
 *
 * Every error begins with the field's label and says what to do; tests hold that reading an answer again gives the
 * same answer.
 */
import { formatBoth, formatDate, parseDate } from '#core/dates.ts'
import { findMyNumber } from '#core/identifiers.ts'
import { type Cleaned, cleanLine, cleanText, exceeds, graphemes, hasPrivateUse, isBlank } from '#core/text.ts'
import { readMail, readPhone } from './contacts.ts'
import type { Field, FieldKind, FieldOf } from './definition.ts'
import type { Answer, FileAnswer } from './evaluate.ts'
import type { Outcome, Posted } from './outcome.ts'

type Kind<K extends FieldKind> = {
  read(field: FieldOf<K>, posted: Posted): Outcome
  shown(field: FieldOf<K>, answer: Answer): string
  /** The end of 「お名前…」 for a required field that is empty. */
  ask: string
}

/** Graphemes, where the definition does not say. */
export const usualLength = { text: 200, 'long-text': 4000 } as const

const asText = (_: Field, answer: Answer) => String(answer)

/** One value, whole and readable; longer texts are refused before anything looks at every character. */
function readText(label: string, posted: Posted, max: number, clean: (text: string) => Cleaned): Outcome {
  if (posted.values.length > 1) return { error: `${label}を1つだけ入力してください` }
  const typed = posted.values[0] ?? ''
  if (typed.length > max * 50 + 1000) return { error: `${label}は${max}文字以内で入力してください` }
  const cleaned = clean(typed)
  if (!cleaned.ok) return { error: `${label}の${cleaned.reason}` }
  if (isBlank(cleaned.text)) return {}
  if (exceeds(cleaned.text, max)) {
    return { error: `${label}は${max}文字以内で入力してください。いまは${graphemes(cleaned.text)}文字です` }
  }
  if (hasPrivateUse(cleaned.text)) {
    return {
      error: `${label}の外字（ほかの機器では表示できない文字）を別の字にしてください。正しい字は窓口か電話でお知らせください`,
    }
  }
  return { answer: cleaned.text }
}

/**
 * Free text without an 個人番号: outside its purposes by law nobody may ask for, collect or keep one (番号法15条, 20条), and
 * people do write it where it was not asked.
 */
function readFreeText(label: string, posted: Posted, max: number, clean: (text: string) => Cleaned): Outcome {
  const read = readText(label, posted, max, clean)
  return typeof read.answer === 'string' && findMyNumber(read.answer)
    ? { error: `${label}からマイナンバーと思われる12けたの数字を消してください。ここではマイナンバーを受け取れません` }
    : read
}

const labelOf = (field: FieldOf<'choice' | 'choices'>, value: string) =>
  field.options.find((option) => option.value === value)?.label ?? value

function readDate(field: FieldOf<'date'>, { values, parts }: Posted): Outcome {
  if (values.length > 1) return { error: `${field.label}を1つだけ入力してください` }
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
  if (field.earliest && read.iso < field.earliest) {
    return { error: `${field.label}は${formatDate(field.earliest)}以降の日付を入力してください` }
  }
  if (field.latest && read.iso > field.latest) {
    return { error: `${field.label}は${formatDate(field.latest)}以前の日付を入力してください` }
  }
  return { answer: read.iso }
}

const mebi = (bytes: number) =>
  bytes >= 1_048_576 ? `${Math.floor((bytes / 1_048_576) * 10) / 10}MB` : `${Math.floor(bytes / 1024)}KB`

/** Name, size and number only; what a file really holds, the store of files has looked at before. */
function readFiles(field: FieldOf<'file'>, { files = [] }: Posted): Outcome {
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

export const kinds: { readonly [K in FieldKind]: Kind<K> } = {
  text: {
    read: (field, posted) => readFreeText(field.label, posted, field.maxLength ?? usualLength.text, cleanLine),
    shown: asText,
    ask: 'を入力してください',
  },
  'long-text': {
    read: (field, posted) => readFreeText(field.label, posted, field.maxLength ?? usualLength['long-text'], cleanText),
    shown: asText,
    ask: 'を入力してください',
  },
  choice: {
    read(field, { values }) {
      const chosen = values.filter((value) => value !== '')
      if (chosen.length === 0) return {}
      if (chosen.length > 1) return { error: `${field.label}を1つだけ選んでください` }
      const known = field.options.some((option) => option.value === chosen[0])
      return known ? { answer: chosen[0]! } : { error: `${field.label}を一覧から選んでください` }
    },
    shown: (field, answer) => labelOf(field, String(answer)),
    ask: 'を選んでください',
  },
  choices: {
    /** In the order of the options, each once: how they were clicked does not matter. */
    read(field, { values }) {
      const chosen = new Set(values.filter((value) => value !== ''))
      const answer = field.options.map((option) => option.value).filter((value) => chosen.has(value))
      if (answer.length < chosen.size) return { error: `${field.label}を一覧から選んでください` }
      return answer.length > 0 ? { answer } : {}
    },
    shown: (field, answer) =>
      (Array.isArray(answer) ? answer : [answer]).map((v) => labelOf(field, String(v))).join('、'),
    ask: 'を1つ以上選んでください',
  },
  date: { read: readDate, shown: (_, answer) => formatBoth(String(answer)), ask: 'を入力してください' },
  file: {
    read: readFiles,
    shown: (_, answer) => (answer as FileAnswer[]).map((file) => file.name).join('、'),
    ask: 'を添付してください',
  },
  mail: {
    read: (field, posted) => readMail(field.label, posted),
    shown: asText,
    ask: 'を入力してください',
  },
  phone: {
    read: (field, posted) => readPhone(field.label, posted),
    shown: asText,
    ask: 'を入力してください',
  },
}

// The table is typed by kind, but a field read from data has the union type: the key proves that they fit.
const kindOf = (field: Field) => kinds[field.kind] as Kind<FieldKind>

/** Reads what was posted for one field. Never throws. */
export const readField = (field: Field, posted: Posted): Outcome => kindOf(field).read(field, posted)

/** An answer in words, for check-your-answers, mails and documents. The answer has been read by this field. */
export const shownAnswer = (field: Field, answer: Answer): string => kindOf(field).shown(field, answer)

/** 「お名前を入力してください」 */
export const askFor = (field: Field): string => `${field.label}${kindOf(field).ask}`
