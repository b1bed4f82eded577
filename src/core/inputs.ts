import { z } from 'zod'
import { type DateParts, parseDate } from './dates.ts'
import { cleanLine, exceeds, isBlank } from './text.ts'

/** What forms and programs send, read once for all actions. Sentences are shown beside the field. */

type Length = { label: string; max: number }

const tidy = ({ label, max }: Length) =>
  z.string({ error: `${label}を入力してください` }).transform((typed, ctx) => {
    const cleaned = cleanLine(typed.trim())
    const no = (sentence: string) => {
      ctx.addIssue({ code: 'custom', message: sentence })
      return z.NEVER
    }
    if (!cleaned.ok) return no(`${label}の${cleaned.reason}`)
    // The column counts code points; a character with a variation selector has two.
    if (exceeds(cleaned.text, max) || [...cleaned.text].length > max * 2) {
      return no(`${label}は${max}文字までで入力してください`)
    }
    return cleaned.text
  })

/** One line that must say something. Kept as typed but for outer spaces. */
export const line = (length: Length) =>
  tidy(length).refine((text) => !isBlank(text), { error: `${length.label}を入力してください`, abort: true })

/** One line or nothing: empty text is null. */
export const optionalLine = (length: Length) =>
  tidy(length)
    .nullish()
    .transform((text) => (text == null || isBlank(text) ? null : text))

/** A day: an ISO date or any date people type, or the three boxes of a form. Becomes an ISO date. */
export const day = z
  .union([z.string(), z.object({ era: z.string().optional(), year: z.string(), month: z.string(), day: z.string() })], {
    error: '日付を入力してください',
  })
  .transform((typed, ctx) => {
    const parsed = parseDate(typeof typed === 'string' ? typed : (typed as DateParts))
    if (parsed.ok) return parsed.iso
    ctx.addIssue({ code: 'custom', message: parsed.reason })
    return z.NEVER
  })

/** Why something is done: it stands in the record for those who ask later. */
export const reason = line({ label: '理由', max: 200 })

/** "Somebody's id in the address": what isn't one names nobody. */
export const id = z.uuid('この番号のものはありません')

/** A mail address as residents type it: full-width letters and spaces are taken as meant. */
export const mailAddress = z
  .string({ error: 'メールアドレスを入力してください' })
  .transform((typed) => typed.normalize('NFKC').trim())
  .pipe(
    z
      .string()
      .min(1, 'メールアドレスを入力してください')
      .max(254, 'メールアドレスは254文字までで入力してください')
      .regex(
        /^[^\s@<>",;:\\]+@[^\s@<>",;:\\]+\.[^\s@<>",;:\\.]{2,}$/,
        'メールアドレスの形を確かめてください。例：hanako@example.jp',
      ),
  )
