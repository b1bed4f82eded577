/**
 * The definition of a form, as data: what an office publishes, what a filing is read against, and what is kept with
 * it. A new kind of field is one schema here and one entry in `kinds.ts`.
 */
import { z } from 'zod'
import { isIsoDate } from '#core/dates.ts'
import { cleanText, hasPrivateUse, isBlank } from '#core/text.ts'
import type { Condition } from './evaluate.ts'

const words = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => cleanText(text).ok && !hasPrivateUse(text) && !isBlank(text), { error: 'words' })

const id = z.string().max(200)
const value = words(100)
const isoDate = z.string().refine(isIsoDate, { error: 'date' })

const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field: id, is: value }),
    z.strictObject({ field: id, isNot: value }),
    z.strictObject({ field: id, includes: value }),
    z.strictObject({ field: id, answered: z.literal(true) }),
    z.strictObject({ all: z.array(conditionSchema).min(1).max(100) }),
    z.strictObject({ any: z.array(conditionSchema).min(1).max(100) }),
    z.strictObject({ not: conditionSchema }),
  ]),
)

const common = {
  id,
  label: words(200),
  hint: words(1000).optional(),
  /** Unanswered, the page cannot be left and the form not be filed. */
  required: z.boolean().optional(),
  /** What the personal data asked here is used for (個人情報保護法62条: the purpose is shown before it is asked). */
  purpose: words(400).optional(),
  showIf: conditionSchema.optional(),
}

const options = z
  .array(z.strictObject({ value, label: words(200), hint: words(400).optional() }))
  .min(1)
  .max(500)

/** What browsers may fill in for a person (HTML autofill, WCAG 2.2 success criterion 1.3.5). */
const autocomplete = z
  .string()
  .regex(/^[a-z][a-z0-9 -]{0,60}$/)
  .optional()

const fieldSchema = z.discriminatedUnion('kind', [
  /** One line; `maxLength` in graphemes, 200 where not given. */
  z.strictObject({ ...common, kind: z.literal('text'), maxLength: z.int().min(1).max(1000).optional(), autocomplete }),
  /** Several lines; `maxLength` in graphemes, 4000 where not given. */
  z.strictObject({ ...common, kind: z.literal('long-text'), maxLength: z.int().min(1).max(10_000).optional() }),
  z.strictObject({ ...common, kind: z.literal('choice'), options }),
  z.strictObject({ ...common, kind: z.literal('choices'), options }),
  /** A day; the bounds belong to it. `era`: a list of eras stands beside the year, as for birthdays on old papers. */
  z.strictObject({
    ...common,
    kind: z.literal('date'),
    earliest: isoDate.optional(),
    latest: isoDate.optional(),
    era: z.boolean().optional(),
    autocomplete,
  }),
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
])

const pageSchema = z.strictObject({
  id,
  /** Says what to do: 「連絡先を入力してください」. */
  title: words(200),
  /** Names the page among the steps and above its answers: 「連絡先」. The title, where not given. */
  name: words(40).optional(),
  hint: words(1000).optional(),
  showIf: conditionSchema.optional(),
  fields: z.array(fieldSchema).max(200),
})

/** The shape alone, for JSON Schema and types; `parseDefinition` (parse.ts) also checks what one part says about another. */
export const definitionSchema = z.strictObject({ title: words(200), pages: z.array(pageSchema).min(1).max(100) })

export type Definition = z.output<typeof definitionSchema>
export type Page = Definition['pages'][number]
export type Field = Page['fields'][number]
export type FieldKind = Field['kind']
export type FieldOf<K extends FieldKind> = Extract<Field, { kind: K }>
