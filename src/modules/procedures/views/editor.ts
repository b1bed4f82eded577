import { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import { holds, holdsAt, unitsHeld } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { latestVersion, listForms } from '#modules/forms/index.ts'
import { listUnits } from '#modules/people/index.ts'
import { listProcedures, procedureById } from '../queries.ts'

const choice = z.object({ value: z.string(), label: z.string() })

/** All procedures of the reader's departments and sections, also those that the public doesn't see. */
export const procedureList = view({
  name: 'procedures.procedure-list',
  title: 'All procedures, published or not',
  input: z.object({}),
  output: z.object({
    procedures: z.array(z.object({ id: z.string(), slug: z.string(), title: z.string(), state: z.string() })),
  }),
  allow: ({ actor }) => holds(actor, 'procedure-editor', 'reviewer', 'approver'),
  run: async ({ db, actor }) => ({
    procedures: await listProcedures(db, unitsHeld(actor, 'procedure-editor', 'reviewer', 'approver')),
  }),
})

/** One procedure as its editor needs it, with what may be chosen. Without an id: a new one. */
export const procedureEditor = view({
  name: 'procedures.editor',
  title: 'One procedure with what may be chosen for it',
  /** `form`: the form that has just been chosen, whose fields are offered. */
  input: z.object({ id: z.uuid().optional(), form: z.uuid().optional().catch(undefined) }),
  output: z.object({
    id: z.string().nullable(),
    /** What of it was shown: sent back with a change, so that nobody's change is lost. "" for a new one. */
    seen: z.string(),
    /** The fields of the form, as they stand. */
    values: z.record(z.string(), z.string()),
    forms: z.array(choice),
    sections: z.array(choice),
    /** Fields of the chosen form that can hold the applicant's name and mail address. */
    names: z.array(choice),
    mails: z.array(choice),
  }),
  allow: ({ actor }) => holds(actor, 'procedure-editor'),

  async run({ db, now, actor }, { id, form }) {
    const procedure = id ? await procedureById(db, id) : undefined
    if (id && !procedure) throw new Refusal('missing', 'no such procedure')
    if (procedure && !holdsAt(actor, procedure.section, 'procedure-editor'))
      throw new Refusal('forbidden', 'another office')
    const [forms, units] = await Promise.all([listForms(db), listUnits(db, tokyoDate(now))])
    const chosen = form ?? procedure?.form
    const version = chosen ? await latestVersion(db, chosen) : undefined
    const fields = version?.definition.pages.flatMap((page) => page.fields) ?? []
    const ofKind = (...kinds: string[]) =>
      fields.filter((field) => kinds.includes(field.kind)).map((field) => ({ value: field.id, label: field.label }))
    const day = (at: Date | null | undefined) => (at ? tokyoDate(at) : '')
    return {
      id: id ?? null,
      seen: procedure?.updated_at.toISOString() ?? '',
      values: {
        slug: procedure?.slug ?? '',
        title: procedure?.title ?? '',
        summary: procedure?.summary ?? '',
        explanation: procedure?.explanation ?? '',
        form: procedure?.form ?? '',
        section: procedure?.section ?? '',
        state: procedure?.state ?? 'draft',
        opens_on: day(procedure?.opens_at),
        last_on: day(procedure?.closes_at && new Date(procedure.closes_at.getTime() - 1)),
        standard_days: procedure?.standard_days ? String(procedure.standard_days) : '',
        legal_basis: procedure?.legal_basis ?? '',
        name_field: procedure?.name_field ?? '',
        mail_field: procedure?.mail_field ?? '',
        least_assurance: procedure?.least_assurance ?? 'none',
        least_account: procedure?.least_account ?? '',
      },
      forms: forms.flatMap(({ id, title, version }) =>
        version ? [{ value: id, label: `${title}（第${version}版）` }] : [],
      ),
      sections: units
        .filter(({ id }) => holdsAt(actor, id, 'procedure-editor'))
        .map(({ id, name }) => ({ value: id, label: name })),
      names: ofKind('text', 'name'),
      mails: ofKind('mail'),
    }
  },
})
