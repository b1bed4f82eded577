/**
 * The kinds of fields, one entry each: how posted text becomes an answer, and how an answer is shown. No schema library
 * here, since the browser reads fields by the same entries.
 *
 * Every error begins with the field's label and says what to do; tests hold that reading an answer again gives the
 * same answer.
 */
import { formatBoth } from '#core/dates.ts'
import { cleanLine, cleanText } from '#core/text.ts'
import type { Field, FieldKind, FieldOf } from '../definition/definition.ts'
import type { Answer, FileAnswer, Row } from '../engine/language.ts'
import { readMail, readPhone, readUrl } from './contacts.ts'
import {
  grouped,
  readCorporateNumber,
  readIban,
  readMonth,
  readNumber,
  readScale,
  readTime,
  readYen,
} from './numbers.ts'
import type { Outcome, Posted } from './outcome.ts'
import { readParts, shownParts } from './parts.ts'
import {
  oneOf,
  readChoices,
  readDate,
  readFiles,
  readKanaField,
  readMasked,
  readPostcode,
  readRanking,
} from './readers.ts'
import { readFreeText } from './typing.ts'

/** Graphemes, where the definition does not say. */
export const usualLength = { text: 200, 'long-text': 4000 } as const

type Kind<K extends FieldKind> = {
  /** `today`: an ISO date, for what hangs on the day. */
  read(field: FieldOf<K>, posted: Posted, today?: string): Outcome
  shown(field: FieldOf<K>, answer: Answer): string
  /** The end of 「お名前…」 for a required field that is empty. */
  ask: string
}

const asText = (_: Field, answer: Answer) => String(answer)

const labelOf = (field: FieldOf<'choice' | 'choices' | 'ranking'>, value: string) =>
  field.options.find((option) => option.value === value)?.label ?? value

const input = 'を入力してください'
const choose = 'を選んでください'
const nothing: Kind<'note'> = { read: () => ({}), shown: () => '', ask: '' }

const withUnit = (unit: string | undefined, answer: Answer) =>
  `${/^-?[0-9.]+$/.test(String(answer)) ? grouped(String(answer)) : String(answer)}${unit ?? ''}`

/** The rows of a group are read field by field where fields are read (answers.ts); here they are as they are. */
const rowed = {
  read: (_: Field, { rows }: Posted): Outcome => (rows?.length ? { answer: rows as Row[] } : {}),
  shown: (field: FieldOf<'group' | 'table'>, answer: Answer) =>
    (answer as Row[]).map((row, n) => `${n + 1}：${shownRow(field.fields, row)}`).join('、'),
  ask: input,
}

const shownRow = (fields: readonly Field[], row: Row) =>
  fields
    .filter((field) => Object.hasOwn(row, field.id))
    .map((field) => `${field.label}「${shownAnswer(field, row[field.id]!)}」`)
    .join(' ')

const parted = {
  read: readParts,
  shown: (field: Parameters<typeof readParts>[0], answer: Answer) =>
    shownParts(field, answer as Record<string, string>),
  ask: input,
}

export const kinds: { readonly [K in FieldKind]: Kind<K> } = {
  text: {
    read: (field, posted) =>
      field.mask === undefined
        ? readFreeText(field, posted, field.maxLength ?? usualLength.text, cleanLine)
        : readMasked(field, posted),
    shown: asText,
    ask: input,
  },
  'long-text': {
    read: (field, posted) => readFreeText(field, posted, field.maxLength ?? usualLength['long-text'], cleanText),
    shown: asText,
    ask: input,
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
    ask: choose,
  },
  choices: {
    read: readChoices,
    shown: (field, answer) =>
      (Array.isArray(answer) ? answer : [answer]).map((v) => labelOf(field, String(v))).join('、'),
    ask: 'を1つ以上選んでください',
  },
  ranking: {
    read: readRanking,
    shown: (field, answer) => (answer as string[]).map((v, n) => `${n + 1}位 ${labelOf(field, v)}`).join('、'),
    ask: 'に順位をつけてください',
  },
  'yes-no': { read: oneOf('yes', 'no'), shown: (_, answer) => (answer === 'yes' ? 'はい' : 'いいえ'), ask: choose },
  declaration: { read: oneOf('yes'), shown: () => '確認しました', ask: 'を確かめて、印をつけてください' },
  scale: { read: readScale, shown: asText, ask: choose },
  number: { read: readNumber, shown: (field, answer) => withUnit(field.unit, answer), ask: input },
  yen: { read: readYen, shown: (_, answer) => withUnit('円', answer), ask: input },
  date: { read: readDate, shown: (_, answer) => formatBoth(String(answer)), ask: input },
  month: {
    read: ({ label }, posted) => readMonth(label, posted),
    shown: (_, answer) => String(answer).replace(/^(\d+)-0?(\d+)$/, '$1年$2月'),
    ask: input,
  },
  time: { read: ({ label }, posted) => readTime(label, posted), shown: asText, ask: input },
  file: {
    read: readFiles,
    shown: (_, answer) => (answer as FileAnswer[]).map((file) => file.name).join('、'),
    ask: 'を添付してください',
  },
  mail: { read: ({ label }, posted) => readMail(label, posted), shown: asText, ask: input },
  phone: { read: ({ label }, posted) => readPhone(label, posted), shown: asText, ask: input },
  url: { read: ({ label }, posted) => readUrl(label, posted), shown: asText, ask: input },
  kana: { read: readKanaField, shown: asText, ask: input },
  name: parted,
  postcode: {
    read: readPostcode,
    shown: (_, answer) => `〒${String(answer).slice(0, 3)}-${String(answer).slice(3)}`,
    ask: input,
  },
  address: parted,
  'corporate-number': { read: ({ label }, posted) => readCorporateNumber(label, posted), shown: asText, ask: input },
  'bank-account': parted,
  iban: { read: ({ label }, posted) => readIban(label, posted), shown: asText, ask: input },
  place: parted,
  note: nothing,
  computed: {
    read: () => ({}),
    shown: (field, answer) =>
      /^\d{4}-\d\d-\d\d$/.test(String(answer)) ? formatBoth(String(answer)) : withUnit(field.unit, answer),
    ask: '',
  },
  group: rowed,
  table: rowed,
}

// The table is typed by kind, but a field read from data has the union type: the key proves that they fit.
const kindOf = (field: Field) => kinds[field.kind] as Kind<FieldKind>

/** Reads what was posted for one field; without `today`, bounds that are counted from it do not hold. Never throws. */
export const readField = (field: Field, posted: Posted, today?: string): Outcome =>
  kindOf(field).read(field, posted, today)

/** An answer in words, for check-your-answers, mails and documents. The answer has been read by this field. */
export const shownAnswer = (field: Field, answer: Answer): string => kindOf(field).shown(field, answer)

/** 「お名前を入力してください」 */
export const askFor = (field: Field): string => `${field.label}${kindOf(field).ask}`
