/**
 * Conditions and formulas as schemas. Every form has a key of its own that leads to what is inside, so that a reader (and a
 * program) sees by one key what it is, and reading takes time in proportion to the size.
 */
import { z } from 'zod'
import { isIsoDate } from '#core/dates.ts'
import { cleanText, hasPrivateUse, isBlank } from '#core/text.ts'
import type { Condition, Formula } from '../engine/language.ts'

export const words = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => cleanText(text).ok && !hasPrivateUse(text) && !isBlank(text), { error: 'words' })

/** Names of fields, pages, conditions and values; `reading/references.ts` says which are allowed. */
export const id = z.string().max(200)
export const value = words(100)
export const isoDate = z.string().refine(isIsoDate, { error: 'date' })
/** A decimal in its one spelling: no exponent, no leading zeros, at most 15 digits before and 10 after the point. */
export const decimal = z.string().regex(/^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?$/)

const comparison = z.enum(['is', 'isNot', 'atLeast', 'atMost', 'over', 'under'])
const rounding = z.enum(['half-up', 'half-even', 'up', 'down']).optional()
const digits = z.int().min(0).max(10)

const subjects = [{ field: id, part: z.string().max(40).optional() }, { value: id }]
const tests = [
  { is: value },
  { isNot: value },
  { in: z.array(value).min(1).max(100) },
  { includes: value },
  { answered: z.literal(true) },
  { atLeast: value },
  { atMost: value },
  { over: value },
  { under: value },
]

export const conditionSchema: z.ZodType<Condition> = z
  .lazy(() => {
    const rows = z.strictObject({ of: id, when: conditionSchema })
    const many = z.array(conditionSchema).min(1).max(200)
    return z.union([
      ...subjects.flatMap((subject) => tests.map((test) => z.strictObject({ ...subject, ...test }))),
      z.strictObject({ condition: id }),
      z.strictObject({ all: many }),
      z.strictObject({ any: many }),
      z.strictObject({ not: conditionSchema }),
      z.strictObject({ some: rows }),
      z.strictObject({ every: rows }),
      z.strictObject({ compare: z.tuple([formulaSchema, comparison, formulaSchema]) }),
    ]) as unknown as z.ZodType<Condition>
  })
  .meta({ id: 'Condition', description: 'Holds or does not hold for given answers.' })

export const formulaSchema: z.ZodType<Formula> = z
  .lazy(() => {
    const many = z.array(formulaSchema).min(1).max(200)
    const two = z.tuple([formulaSchema, formulaSchema])
    const table = z.strictObject({
      /** unique: the rows exclude each other. first: the first that holds. sum: all that hold, added. */
      hit: z.enum(['unique', 'first', 'sum']).optional(),
      rows: z
        .array(z.strictObject({ when: conditionSchema, gives: formulaSchema }))
        .min(1)
        .max(500),
      else: formulaSchema.optional(),
    })
    const amount = z.int().min(-100_000).max(100_000).optional()
    return z.union([
      z.strictObject({ number: decimal }),
      z.strictObject({ date: isoDate }),
      z.strictObject({ text: value }),
      z.strictObject({ today: z.literal(true) }),
      z.strictObject({ field: id, part: z.string().max(40).optional() }),
      z.strictObject({ value: id }),
      z.strictObject({ add: many }),
      z.strictObject({ subtract: two }),
      z.strictObject({ multiply: z.array(formulaSchema).min(1).max(10) }),
      z.strictObject({ divide: z.strictObject({ of: formulaSchema, by: formulaSchema, digits, rounding }) }),
      z.strictObject({ round: z.strictObject({ of: formulaSchema, digits, rounding }) }),
      z.strictObject({ min: many }),
      z.strictObject({ max: many }),
      z.strictObject({ first: many }),
      z.strictObject({ count: z.strictObject({ of: id, when: conditionSchema.optional() }) }),
      z.strictObject({ sum: z.strictObject({ of: id, each: formulaSchema, when: conditionSchema.optional() }) }),
      z.strictObject({ table }),
      z.strictObject({ years: two }),
      z.strictObject({ days: two }),
      z.strictObject({
        plus: z.strictObject({ date: formulaSchema, years: amount, months: amount, days: amount }),
      }),
    ]) as unknown as z.ZodType<Formula>
  })
  .meta({ id: 'Formula', description: 'Gives a number, a date or a text, or nothing.' })
