import { z } from 'zod'
import { addDays, tokyoDate } from '#core/dates.ts'
import { day } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { view } from '#core/view.ts'
import { trail } from '../tables.ts'
import { entriesOf, entryShown, matchingEntries } from './audit-search.ts'

const perPage = 50
/** Counting stops here: a trail has millions of entries, and nobody reads that far. */
const countedTo = 10_000

/** What the trail may be asked for. Days are days in Tokyo, both included; the last thirty unless said otherwise. */
export const auditSearch = z.object({
  from: day.optional(),
  to: day.optional(),
  /** Parts of a name, reading or mail, or an id. */
  who: z.string().max(200).default(''),
  /** For whom it was done, if not for themselves: parts of a name, or an id. */
  whom: z.string().max(200).default(''),
  /** The id of the mandate by which, or of the sign-in through which it was done; "mail" for codes by mail. */
  right: z.string().max(100).default(''),
  /** An act ("people.grant-role") or a whole module ("people"). */
  act: z.string().max(100).default(''),
  kind: z.union([z.enum(['act', 'read', 'refusal']), z.literal('')]).default(''),
  /** "no" leaves out the steps on the way to a provider and back, unless an act is asked for. */
  steps: z.enum(['yes', 'no']).default('yes'),
  /** An id, or "module/kind/id". */
  subject: z.string().max(300).default(''),
})

export type AuditSearch = z.output<typeof auditSearch>

/** The asked period, or the last thirty days. */
export const periodOf = ({ from, to }: Pick<AuditSearch, 'from' | 'to'>, now: Date) => {
  const last = to ?? tokyoDate(now)
  return { from: from ?? addDays(last, -29), to: last }
}

/** The trail for the auditor, newest first. Reading it is itself an entry. */
export const auditEntries = view({
  name: 'people.audit-entries',
  title: 'Entries of the audit trail',
  input: auditSearch.extend({
    /** From the page before: the entry after which to go on. */
    before: z
      .string()
      .regex(/^\d{1,15}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      .optional(),
  }),
  output: z.object({
    from: z.string(),
    to: z.string(),
    entries: z.array(entryShown),
    /** At most 10,000; then `more` says that there are more. */
    total: z.number(),
    more: z.boolean(),
    /** `before` of the next page; null on the last. */
    next: z.string().nullable(),
    acts: z.array(z.object({ name: z.string(), title: z.string() })),
  }),
  allow: ({ actor }) => holds(actor, 'auditor'),
  personal: ({ from, to }) => [{ module: 'people', kind: 'audit', id: `${from}/${to}` }],

  async run(stage, { before, ...search }) {
    const { db, registry } = stage
    const period = periodOf(search, stage.now)
    const found = await matchingEntries(stage, { ...search, ...period })
    const { count } = await trail(db)
      .selectFrom(
        found
          .select('audit.id')
          .limit(countedTo + 1)
          .as('some'),
      )
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    const { entries, next } = await entriesOf(stage, found, { before, limit: perPage })
    return {
      ...period,
      entries,
      total: Math.min(count, countedTo),
      more: count > countedTo,
      next,
      acts: [...registry.titles].map(([name, title]) => ({ name, title })),
    }
  },
})
