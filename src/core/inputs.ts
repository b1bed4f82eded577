import { z } from 'zod'
import { type DateParts, parseDate } from './dates.ts'
import { cleanLine, exceeds, isBlank, toFullKatakana } from './text.ts'
import { ja } from './words.ja.ts'

/** What forms and programs send, read once for all actions. Sentences are shown beside the field. */

type Length = { label: string; max: number }

const tidy = ({ label, max }: Length) =>
  z.string({ error: ja.line.missing(label) }).transform((typed, ctx) => {
    const cleaned = cleanLine(typed.trim())
    const no = (sentence: string) => {
      ctx.addIssue({ code: 'custom', message: sentence })
      return z.NEVER
    }
    if (!cleaned.ok) return no(ja.line.faulty(label, cleaned.reason))
    // The column counts code points; a character with a variation selector has two.
    if (exceeds(cleaned.text, max) || [...cleaned.text].length > max * 2) {
      return no(ja.line.tooLong(label, max))
    }
    return cleaned.text
  })

/** One line that must say something. Kept as typed but for outer spaces. */
export const line = (length: Length) =>
  tidy(length).refine((text) => !isBlank(text), { error: ja.line.missing(length.label), abort: true })

/** One line or nothing: empty text is null. */
export const optionalLine = (length: Length) =>
  tidy(length)
    .nullish()
    .transform((text) => (text == null || isBlank(text) ? null : text))

/** What a person is called. */
export const personName = line({ label: ja.name, max: 100 })

/** How a name is read, in katakana (hiragana and half-width become it), or in Latin letters. */
export const reading = optionalLine({ label: ja.reading, max: 100 })
  .transform((text) => text && toFullKatakana(text))
  .refine((text) => text === null || /^[\p{Script=Katakana}\p{Script=Latin}ー・゠\s'.-]+$/u.test(text), {
    error: ja.readingShape,
  })

/** A day: an ISO date or any date people type, or the three boxes of a form. Becomes an ISO date. */
export const day = z
  .union([z.string(), z.object({ era: z.string().optional(), year: z.string(), month: z.string(), day: z.string() })], {
    error: ja.day,
  })
  .transform((typed, ctx) => {
    const parsed = parseDate(typeof typed === 'string' ? typed : (typed as DateParts))
    if (parsed.ok) return parsed.iso
    ctx.addIssue({ code: 'custom', message: parsed.reason })
    return z.NEVER
  })

/** Why something is done: it stands in the record for those who ask later. */
export const reason = line({ label: ja.reason, max: 200 })

/** "Somebody's id in the address": what isn't one names nobody. */
export const id = z.uuid(ja.id)

/** A mail address as residents type it: full-width letters and spaces are taken as meant. */
export const mailAddress = z
  .string({ error: ja.mail.missing })
  .transform((typed) => typed.normalize('NFKC').trim())
  .pipe(
    z
      .string()
      .min(1, ja.mail.missing)
      .max(254, ja.mail.tooLong)
      .regex(/^[^\s@<>",;:\\]+@[^\s@<>",;:\\]+\.[^\s@<>",;:\\.]{2,}$/, ja.mail.shape),
  )
