import { z } from 'zod'
import { action } from '#core/action.ts'
import { addDays, dayBegins, isIsoDate, tokyoDate } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import { accountTypes, holds, holdsAt, isSystem } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { latestVersion } from '#modules/forms/index.ts'
import { listUnits } from '#modules/people/index.ts'
import { waitForLock } from '#platform/locks.ts'
import { findProcedure, procedureById, procedureOfForm, procedureSearch } from '../queries.ts'
import { tables } from '../tables.ts'
import { ja } from '../words.ja.ts'

const w = ja.editor.wrong
const text = (need: string, most: number) => z.string(need).trim().min(1, need).max(most, ja.editor.tooLong(most))
const optional = (most: number) =>
  z
    .string()
    .trim()
    .max(most, ja.editor.tooLong(most))
    .default('')
    .transform((value) => value || null)
const day = z
  .string()
  .default('')
  .refine((value) => value === '' || isIsoDate(value), { error: w.day })
  .transform((value) => value || null)

/**
 * Enters a procedure or changes it: what the public reads, which form, which office, when it can be filed. People who
 * are in the middle of it are not touched; a filing keeps the version of the form that it was begun on.
 */
export const saveProcedure = action({
  name: 'procedures.save-procedure',
  title: 'Enter or change a procedure',
  input: z.object({
    id: z.uuid().optional(),
    /** `seen` of the view `procedures.editor`: where it has changed since, it is not changed again. */
    seen: z.string().max(40).optional(),
    slug: z
      .string(w.slug)
      .trim()
      .regex(/^[a-z][a-z0-9-]{0,60}$/, w.slug),
    title: text(w.title, 100),
    summary: text(w.summary, 200),
    explanation: text(w.explanation, 4000),
    form: z.uuid(w.form),
    section: z.uuid().or(z.literal('')).default(''),
    state: z.enum(['draft', 'published', 'closed'], { error: w.state }),
    /** First and last day on which it can be filed, in Asia/Tokyo; empty: without bound. */
    opens_on: day,
    last_on: day,
    standard_days: z
      .union([z.literal(''), z.coerce.number(w.days).int(w.days).min(1, w.days).max(1000, w.days)])
      .default('')
      .transform((value) => (value === '' ? null : value)),
    legal_basis: optional(200),
    name_field: optional(200),
    mail_field: optional(200),
    least_assurance: z.enum(['none', 'mail', 'card'], { error: w.assurance }).default('none'),
    least_account: z
      .union([z.literal(''), z.enum(accountTypes)], { error: w.account })
      .default('')
      .transform((value) => value || null),
  }),
  output: z.object({ id: z.string(), slug: z.string() }),
  allow: ({ actor }) => holds(actor, 'procedure-editor') || isSystem(actor),

  async run({ db, now, actor }, { id: given, seen, section, opens_on, last_on, ...input }) {
    const version = await latestVersion(db, input.form)
    if (!version) throw new Refusal('invalid', 'no such form', { form: w.form })
    const fields = version.definition.pages.flatMap((page) => page.fields)
    const known = (field: string | null, ...kinds: string[]) =>
      !field || fields.some((one) => one.id === field && kinds.includes(one.kind))
    if (!known(input.name_field, 'text', 'name')) throw new Refusal('invalid', 'no such field', { name_field: w.field })
    if (!known(input.mail_field, 'mail')) throw new Refusal('invalid', 'no such field', { mail_field: w.field })
    const unit = section ? (await listUnits(db, tokyoDate(now))).find(({ id }) => id === section) : null
    if (section && !unit) throw new Refusal('invalid', 'no such section', { section: w.section })
    if (opens_on && last_on && last_on < opens_on)
      throw new Refusal('invalid', 'ends before it begins', { last_on: w.order })

    await waitForLock(db, 'procedures')
    const before = given ? await procedureById(db, given) : undefined
    if (given && !before) throw new Refusal('missing', 'no such procedure')
    const edits = (unit: string | null) => isSystem(actor) || holdsAt(actor, unit, 'procedure-editor')
    if (before && !edits(before.section)) throw new Refusal('forbidden', 'another office')
    if (!edits(section || null)) throw new Refusal('invalid', 'another office', { section: w.section })
    if (before && seen && before.updated_at.toISOString() !== seen)
      throw new Refusal('conflict', 'changed meanwhile', { '': w.changed })
    // Links to it stand in mails, on paper and at other offices.
    if (before && before.slug !== input.slug) throw new Refusal('invalid', 'the address stays', { slug: w.fixed })
    const named = await findProcedure(db, input.slug)
    if (named && named.id !== given) throw new Refusal('invalid', 'the address is taken', { slug: w.taken })

    // A draft knows its form only, so a form belongs to one procedure.
    const user = await procedureOfForm(db, input.form)
    if (user && user.id !== given) throw new Refusal('invalid', 'the form is taken', { form: w.used })

    const id = given ?? newId(now.getTime())
    const values = {
      ...input,
      search: procedureSearch(input),
      section: section || null,
      opens_at: opens_on ? dayBegins(opens_on) : null,
      closes_at: last_on ? dayBegins(addDays(last_on, 1)) : null,
      updated_at: now,
    }
    if (before) await tables(db).updateTable('procedure').set(values).where('id', '=', id).execute()
    else
      await tables(db)
        .insertInto('procedure')
        .values({ id, ...values })
        .execute()
    return { id, slug: input.slug }
  },
  subjects: (_, { id }) => [{ module: 'procedures', kind: 'procedure', id }],
})
