/**
 * The definition of a form, as data: what an office publishes, what a filing is read against, and what is kept with
 * it. docs/forms.md says what each part means; docs/forms.schema.json is printed from here. What was published under an
 * earlier schema is a definition under this one: parts are only ever added.
 */
import { z } from 'zod'
import { type Field, fieldSchema } from './field-schema.ts'
import { conditionSchema, formulaSchema, id, words } from './logic-schema.ts'

export type { Field } from './field-schema.ts'

const pageSchema = z.strictObject({
  id,
  /** Says what to do: 「連絡先を入力してください」. */
  title: words(200),
  /** Names the page among the steps and above its answers: 「連絡先」. The title, where not given. */
  name: words(40).optional(),
  hint: words(1000).optional(),
  /** For the personal data of all fields of the page that have no purpose of their own. */
  purpose: words(400).optional(),
  showIf: conditionSchema.optional(),
  /** Fields that belong together under a heading, shown and hidden together. */
  sections: z
    .array(z.strictObject({ id, title: words(200), hint: words(1000).optional(), showIf: conditionSchema.optional() }))
    .max(50)
    .optional(),
  fields: z.array(fieldSchema).max(500),
  /** After this page go on at `to` (a later page, or `_check`), if `when` holds. Of several, the furthest counts. */
  skip: z
    .array(z.strictObject({ when: conditionSchema.optional(), to: id }))
    .max(50)
    .optional(),
  /** Who comes to this page cannot go on: why, and where else to turn. It has notes only, no questions. */
  end: words(2000).optional(),
})

/** The shape alone, for JSON Schema and types; `parseDefinition` (parse.ts) also checks what one part says about another. */
export const definitionSchema = z.strictObject({
  title: words(200),
  purpose: words(400).optional(),
  /** Conditions with a name, for use in several places. Their order means nothing. */
  conditions: z
    .array(z.strictObject({ id, name: words(200), when: conditionSchema }))
    .max(1000)
    .optional(),
  /** Calculated values. Their order means nothing. */
  values: z
    .array(z.strictObject({ id, label: words(200), formula: formulaSchema, unit: words(20).optional() }))
    .max(1000)
    .optional(),
  pages: z.array(pageSchema).min(1).max(100),
})

export type Definition = z.output<typeof definitionSchema>
export type Page = Definition['pages'][number]
export type FieldKind = Field['kind']
export type FieldOf<K extends FieldKind> = Extract<Field, { kind: K }>
