/** Kinds of fields whose answer has parts: names with their readings, addresses, accounts, places. */
import Big from 'big.js'
import { cleanLine, toFullKatakana } from '#core/text.ts'
import type { FieldOf } from '../definition/definition.ts'
import type { Outcome, Posted } from './outcome.ts'
import { halfWidth, hyphens, readFreeText } from './typing.ts'

export type PartedKind = 'name' | 'address' | 'bank-account' | 'place'

/** `optional`: the answer is whole without it. `hidden`: nobody types it, a register gives it. */
export type Part = {
  name: string
  label: string
  read(label: string, text: string): { text: string } | { error: string }
  optional?: boolean
  hidden?: boolean
  options?: readonly string[]
  autocomplete?: string
  numeric?: boolean
}

export const prefectures =
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(
    ' ',
  )

const text = (max: number) => (label: string, typed: string) => {
  const { answer, error } = readFreeText({ label }, { values: [typed] }, max, cleanLine)
  return error === undefined ? { text: (answer as string | undefined) ?? '' } : { error }
}

/** Full-width katakana, the long vowel, the middle dot and spaces; other kana are turned into it. */
export function readKana(label: string, typed: string, max = 100): { text: string } | { error: string } {
  const read = text(max)(label, typed)
  if ('error' in read) return read
  const kana = toFullKatakana(read.text)
    .trim()
    .replace(/[\u2010-\u2015\u2212-]/g, 'ー')
  return /^[\u30a1-\u30fc\s]*$/.test(kana) ? { text: kana } : { error: `${label}をカタカナで入力してください` }
}

/** What is too long to be one must not become a number by being cut. */
const short = (typed: string) => (typed.length > 100 ? '?' : hyphens(halfWidth(typed)))

const digits = (count: number) => (label: string, typed: string) => {
  const plain = short(typed).replace(/[\s-]/g, '').replace(/^〒/, '')
  return new RegExp(`^([0-9]{${count}})?$`).test(plain)
    ? { text: plain }
    : { error: `${label}を${count}けたの数字で入力してください` }
}

const oneOf = (options: readonly string[]) => (label: string, typed: string) =>
  typed === '' || options.includes(typed) ? { text: typed } : { error: `${label}を一覧から選んでください` }

/** Degrees within ±most, at most seven decimals (about a centimetre). */
const degrees = (most: number) => (label: string, typed: string) => {
  const plain = short(typed).replace(/\s/g, '')
  if (plain === '') return { text: '' }
  return /^-?[0-9]{1,3}(\.[0-9]{1,7})?$/.test(plain) && new Big(plain).abs().lte(most)
    ? { text: new Big(plain).eq(0) ? '0' : new Big(plain).toFixed() }
    : { error: `${label}を度で入力してください。例：34.7303` }
}

const kana = (name: string, label: string): Part => ({ name, label, read: readKana })

const parts: Record<PartedKind, readonly Part[]> = {
  name: [
    { name: 'family', label: '姓', read: text(60), autocomplete: 'family-name' },
    { name: 'given', label: '名', read: text(60), autocomplete: 'given-name' },
    kana('familyKana', 'セイ'),
    kana('givenKana', 'メイ'),
  ],
  address: [
    { name: 'postcode', label: '郵便番号', read: digits(7), autocomplete: 'postal-code', numeric: true },
    {
      name: 'prefecture',
      label: '都道府県',
      read: oneOf(prefectures),
      options: prefectures,
      autocomplete: 'address-level1',
    },
    { name: 'city', label: '市区町村', read: text(100), autocomplete: 'address-level2' },
    { name: 'street', label: '町名・番地', read: text(200), autocomplete: 'address-line1' },
    { name: 'building', label: '建物名・部屋番号', read: text(200), optional: true, autocomplete: 'address-line2' },
    { name: 'townId', label: '町字ID', read: digits(7), optional: true, hidden: true },
  ],
  'bank-account': [
    { name: 'bank', label: '金融機関コード', read: digits(4), numeric: true },
    { name: 'branch', label: '支店コード', read: digits(3), numeric: true },
    { name: 'type', label: '預金の種類', read: oneOf(['普通', '当座', '貯蓄']), options: ['普通', '当座', '貯蓄'] },
    { name: 'number', label: '口座番号', read: digits(7), numeric: true },
    kana('holder', '口座名義（カナ）'),
  ],
  place: [
    { name: 'latitude', label: '緯度', read: degrees(90), numeric: true },
    { name: 'longitude', label: '経度', read: degrees(180), numeric: true },
  ],
}

type PartedField = FieldOf<PartedKind>

/** The parts of a field, or none for a kind without parts. */
export function partsOfField(field: { kind: string; kana?: boolean | undefined }): readonly Part[] {
  const all = Object.hasOwn(parts, field.kind) ? parts[field.kind as PartedKind] : []
  return field.kind === 'name' && field.kana === false ? all.slice(0, 2) : all
}

/** Reads every part; the answer holds those that were given, and is whole or none. */
export function readParts(field: PartedField, posted: Posted): Outcome {
  const { label } = field
  if (posted.values.length > 0) return { error: `${label}を項目ごとに入力してください` }
  const answer: Record<string, string> = {}
  const missing: Part[] = []
  for (const part of partsOfField(field)) {
    const typed = posted.parts?.[part.name] ?? ''
    const read = part.read(`${label}の${part.label}`, typed)
    if ('error' in read) return { error: read.error, wrong: [part.name] }
    if (read.text !== '') answer[part.name] = read.text
    else if (!part.optional) missing.push(part)
  }
  if (Object.keys(answer).length === 0) return {}
  if (missing.length === 0) return { answer }
  const names = missing.map((part) => part.label).join('と')
  return { error: `${label}の${names}を入力してください`, wrong: missing.map((part) => part.name) }
}

/** 三重 花子（ミエ ハナコ）; 〒514-8570 三重県津市… */
export function shownParts(field: PartedField, answer: Record<string, string>): string {
  const { postcode, building, latitude, longitude } = answer
  if (field.kind === 'name') {
    const reading = [answer.familyKana, answer.givenKana].filter(Boolean).join(' ')
    return `${answer.family} ${answer.given}${reading && `（${reading}）`}`
  }
  if (field.kind === 'address') {
    const post = postcode && `〒${postcode.slice(0, 3)}-${postcode.slice(3)} `
    return `${post ?? ''}${answer.prefecture ?? ''}${answer.city ?? ''}${answer.street ?? ''}${building ? ` ${building}` : ''}`
  }
  if (field.kind === 'place') return `緯度${latitude}度 経度${longitude}度`
  return `${answer.bank}-${answer.branch} ${answer.type} ${answer.number} ${answer.holder}`
}

/** The one line that a mail or a list calls somebody by: a text, or family and given name. Null where there is none. */
export function calledBy(answer: unknown): string | null {
  if (typeof answer === 'string') return answer
  const { family, given } = (answer ?? {}) as Partial<Record<string, unknown>>
  return typeof family === 'string' && typeof given === 'string' ? `${family} ${given}` : null
}
