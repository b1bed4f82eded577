/** The kinds of fields as schemas: one here, and one entry in `answers/kinds.ts`. In one file, as one list. */
import { z } from 'zod'
import { conditionSchema, decimal, formulaSchema, id, isoDate, value, words } from './logic-schema.ts'

const common = {
  id,
  label: words(200),
  hint: words(1000).optional(),
  /** Unanswered, the page cannot be left and the form not be filed. */
  required: z.boolean().optional(),
  /** Required where this holds. */
  requiredIf: conditionSchema.optional(),
  /**
   * Should be answered, but the form can be filed without: what is missing and what follows from it is said, and the office
   * asks for it later (行政手続法7条).
   */
  softRequired: z.strictObject({ consequence: words(400), when: conditionSchema.optional() }).optional(),
  /** What the personal data asked here is used for (個人情報保護法62条: the purpose is shown before it is asked). */
  purpose: words(400).optional(),
  /** Whether this asks for personal data, where the kind alone does not tell. */
  personal: z.boolean().optional(),
  showIf: conditionSchema.optional(),
  /** One of the page's sections; the fields of a section stand together. */
  section: id.optional(),
  /** An answer for which `wrongIf` holds is wrong, with this sentence. */
  checks: z
    .array(z.strictObject({ wrongIf: conditionSchema, message: words(200) }))
    .max(20)
    .optional(),
}

const options = z
  .array(z.strictObject({ value, label: words(200), hint: words(400).optional(), showIf: conditionSchema.optional() }))
  .min(1)
  .max(500)

/** What browsers may fill in for a person (HTML autofill, WCAG 2.2 success criterion 1.3.5). */
const autocomplete = z
  .string()
  .regex(/^[a-z][a-z0-9 -]{0,60}$/)
  .optional()

/** false: of somebody else, so that browsers must not fill in the person's own. */
const own = z.boolean().optional()

/** A day, or days or workdays (Monday to Friday) counted from the day on which it is answered. */
const dateBound = z.union([
  isoDate,
  z.strictObject({ daysFromToday: z.int().min(-36_500).max(36_500) }),
  z.strictObject({ workdaysFromToday: z.int().min(-1000).max(1000) }),
])

const length = (max: number) => z.int().min(1).max(max).optional()

const leaves = [
  /**
   * One line; `maxLength` in graphemes, 200 where not given. `mask`: 9 is a digit, A a Latin letter, * either, and everything
   * else itself ('999-9999'); read in one pass, unlike a regular expression.
   */
  z.strictObject({
    ...common,
    kind: z.literal('text'),
    minLength: length(1000),
    maxLength: length(1000),
    mask: words(100).optional(),
    autocomplete,
  }),
  /** Several lines; `maxLength` in graphemes, 4000 where not given. */
  z.strictObject({ ...common, kind: z.literal('long-text'), minLength: length(10_000), maxLength: length(10_000) }),
  z.strictObject({ ...common, kind: z.literal('choice'), options }),
  /** `least` and `most`: how many are to be chosen. */
  z.strictObject({ ...common, kind: z.literal('choices'), options, least: length(500), most: length(500) }),
  /** All options, put in an order. */
  z.strictObject({ ...common, kind: z.literal('ranking'), options }),
  z.strictObject({ ...common, kind: z.literal('yes-no') }),
  /** Something to affirm (宣誓・同意); `label` is the sentence. */
  z.strictObject({ ...common, kind: z.literal('declaration') }),
  /** A whole number from `from` to `to`, with words at the ends. */
  z.strictObject({
    ...common,
    kind: z.literal('scale'),
    from: z.int().min(0).max(100),
    to: z.int().min(1).max(100),
    low: words(40).optional(),
    high: words(40).optional(),
  }),
  /** A decimal with at most `digits` (0 where not given) after the point. */
  z.strictObject({
    ...common,
    kind: z.literal('number'),
    digits: z.int().min(0).max(10).optional(),
    min: decimal.optional(),
    max: decimal.optional(),
    unit: words(20).optional(),
  }),
  /** Whole yen. */
  z.strictObject({ ...common, kind: z.literal('yen'), min: decimal.optional(), max: decimal.optional() }),
  /** A day; the bounds belong to it. `workdaysOnly`: Monday to Friday. `era`: a list of eras stands beside the year, as for birthdays on old papers. */
  z.strictObject({
    ...common,
    kind: z.literal('date'),
    earliest: dateBound.optional(),
    latest: dateBound.optional(),
    workdaysOnly: z.boolean().optional(),
    era: z.boolean().optional(),
    autocomplete,
  }),
  /** '2026-11' */
  z.strictObject({ ...common, kind: z.literal('month') }),
  /** '09:30' */
  z.strictObject({ ...common, kind: z.literal('time') }),
  /** `accept`: name endings with their dot, lower case; `maxBytes` each; one file where `maxFiles` is not given. */
  z.strictObject({
    ...common,
    kind: z.literal('file'),
    accept: z
      .array(z.string().regex(/^\.[a-z0-9]{1,10}$/))
      .min(1)
      .max(30)
      .optional(),
    maxBytes: z.int().min(1).max(1_000_000_000).optional(),
    maxFiles: z.int().min(1).max(20).optional(),
  }),
  z.strictObject({ ...common, kind: z.literal('mail') }),
  z.strictObject({ ...common, kind: z.literal('phone') }),
  z.strictObject({ ...common, kind: z.literal('url') }),
  /** A reading, as full-width katakana. */
  z.strictObject({ ...common, kind: z.literal('kana'), maxLength: length(200), autocomplete }),
  /** 氏名: family and given name, with their readings unless `kana` is false. */
  z.strictObject({ ...common, kind: z.literal('name'), kana: z.boolean().optional(), autocomplete: own }),
  /** 〒: seven digits. */
  z.strictObject({ ...common, kind: z.literal('postcode') }),
  /** 〒, 都道府県, 市区町村, 町名・番地, 建物; `townId` (アドレス・ベース・レジストリの町字ID) where a register gave it. */
  z.strictObject({ ...common, kind: z.literal('address'), autocomplete: own }),
  /** 法人番号: thirteen digits, the first a check digit. */
  z.strictObject({ ...common, kind: z.literal('corporate-number') }),
  /** 口座: code of the bank, code of the branch, type, number, holder in kana. */
  z.strictObject({ ...common, kind: z.literal('bank-account') }),
  z.strictObject({ ...common, kind: z.literal('iban') }),
  /** A point on the map: degrees of latitude and longitude (JGD2011), at most 7 decimals. */
  z.strictObject({ ...common, kind: z.literal('place') }),
  /** Words between the fields; nothing is asked. */
  z.strictObject({
    id,
    kind: z.literal('note'),
    label: words(200),
    text: words(4000).optional(),
    showIf: conditionSchema.optional(),
    section: id.optional(),
  }),
  /** Shown and filed, not asked: what a formula gives. */
  z.strictObject({
    id,
    kind: z.literal('computed'),
    label: words(200),
    hint: words(1000).optional(),
    formula: formulaSchema,
    unit: words(20).optional(),
    showIf: conditionSchema.optional(),
    section: id.optional(),
  }),
] as const

const rows = z.int().min(0).max(1000)

const groupOf = <F extends z.ZodType>(fields: F) => [
  /** Asked again for each of several (people, children, jobs). `itemLabel` names one of them. */
  z.strictObject({
    ...common,
    kind: z.literal('group'),
    fields,
    itemLabel: words(40).optional(),
    min: rows.optional(),
    max: rows,
  }),
  /** Rows of a table with the same columns; with `rows`, exactly those, in this order. */
  z.strictObject({
    ...common,
    kind: z.literal('table'),
    fields,
    rows: z.array(words(100)).min(1).max(200).optional(),
    min: rows.optional(),
    max: rows.optional(),
  }),
]

const leafSchema = z.discriminatedUnion('kind', leaves)

type Leaf = z.output<typeof leafSchema>
type Common = Pick<Extract<Leaf, { kind: 'mail' }>, Exclude<keyof Extract<Leaf, { kind: 'mail' }>, 'kind'>>

export type GroupField = Common & {
  kind: 'group'
  fields: Field[]
  itemLabel?: string | undefined
  min?: number | undefined
  max: number
}
export type TableField = Common & {
  kind: 'table'
  fields: Field[]
  rows?: string[] | undefined
  min?: number | undefined
  max?: number | undefined
}
export type Field = Leaf | GroupField | TableField

export const fieldSchema: z.ZodType<Field> = z
  .lazy(() => {
    const fields = z.array(fieldSchema).min(1).max(100)
    return z.discriminatedUnion('kind', [...leaves, ...groupOf(fields)] as never) as unknown as z.ZodType<Field>
  })
  .meta({ id: 'Field', description: 'One question, or something shown between questions.' })
