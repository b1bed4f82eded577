import type { Finding, Measure, Mine, Task, ThingKind } from '#core/contributions.ts'
import type { Db } from '#core/database.ts'
import { isId } from '#core/ids.ts'
import { type Actor, holds, holdsAt, unitsHeld } from '#core/policy.ts'
import { draftsOf } from '#modules/forms/index.ts'
import { addresseesOf } from './letters.ts'
import { filingsOf } from './queries/own.ts'
import { countArrived, listArrived, listQueue, waitingCount } from './queries/queue.ts'
import { filingByNumber, findFiling, listProcedures, listPublished, procedureById, procedureOfForm } from './queries.ts'
import { filingStates, isOwn, readReceiptNumber, waitsFor } from './rules.ts'
import { ja } from './words.ja.ts'

const reviewers = ['reviewer', 'approver'] as const
const reviews = (actor: Actor | null) => holds(actor, ...reviewers)
const reviewsAt = (actor: Actor | null, unit: string | null) => holdsAt(actor, unit, ...reviewers)

/** How many filings arrived online. The public sees that they are there and when; who reviews can open them. */
export const filings: Measure = {
  name: 'procedures.filings',
  title: ja.measure,
  says: ja.measureSays,
  options: listProcedures,
  count: async (db, option, period) => ({
    value: String(await countArrived(db, option, period)),
    unit: '件',
    asOf: new Date(),
  }),
  records: async (db, reader, option, period, page) =>
    (await listArrived(db, option, period, page)).map(({ id, number, title, section, arrived_at }) => {
      const open = reviewsAt(reader, section)
      return {
        reference: { module: 'procedures', kind: 'filing', id: open ? id : '' },
        title: open ? `${number}　${title}` : ja.counted(title),
        at: arrived_at,
        href: open ? `/console/filings/${id}` : null,
      }
    }),
}

/** What waits for those who review, and apart from it what those who decide can decide. */
export async function waiting(db: Db, actor: Actor): Promise<Task[]> {
  if (!reviews(actor)) return []
  const units = unitsHeld(actor, ...reviewers)
  if (!holds(actor, 'approver'))
    return [{ title: ja.queue.task, href: '/console/filings', ...(await waitingCount(db, units, inHand)) }]
  const [received, undecided] = await Promise.all([
    waitingCount(db, units, ['received']),
    waitingCount(db, unitsHeld(actor, 'approver'), ['reviewing']),
  ])
  return [
    { title: ja.queue.deciding, href: '/console/filings?state=reviewing', ...undecided },
    { title: ja.queue.task, href: '/console/filings?state=received', ...received },
  ]
}

/** What waits for the office, and not for the applicant. */
const inHand = filingStates.filter((state) => waitsFor(state) === 'office')

/** What somebody has filed, for My Page. */
export const mine = async (db: Db, actor: Actor): Promise<Mine> => ({
  title: ja.mine,
  items: (await filingsOf(db, actor)).map(({ number, title, state, arrived_at }) => ({
    title: `${title}（${number}）`,
    href: `/filings/${number}`,
    state: ja.states[state].short,
    at: arrived_at,
  })),
  elsewhere: { text: ja.elsewhere, label: ja.status.title, href: '/filings/status' },
})

/** Drafts in which something was saved, for the home page. */
export async function begun(db: Db, owners: readonly string[]) {
  const drafts = (await draftsOf(db, owners)).filter(({ revision }) => revision > 0)
  const found = await Promise.all(drafts.map(({ form }) => procedureOfForm(db, form)))
  return drafts.flatMap(({ id, saved_at }, n) => {
    const procedure = found[n]
    return procedure ? [{ title: procedure.title, href: `/apply/${id}`, at: saved_at }] : []
  })
}

export const findPublic = async (db: Db, words: string): Promise<Finding[]> =>
  (await listPublished(db, words)).map(({ slug, title, summary }) => ({ title, href: `/procedures/${slug}`, summary }))

/** How filings and procedures look at the other end of a trace. A filing shows itself to its reviewers only. */
export const things: readonly ThingKind[] = [
  {
    module: 'procedures',
    kind: 'filing',
    label: '申請',
    async find(db, actor, words) {
      if (!reviews(actor)) return []
      const units = unitsHeld(actor, ...reviewers)
      const found = await listQueue(db, { state: 'all', procedure: null, units, words, limit: 20, offset: 0 })
      return found.map(({ id, number, title, state }) => ({
        reference: { module: 'procedures', kind: 'filing', id },
        title: `${number}　${title}`,
        href: `/console/filings/${id}`,
        state: ja.states[state].short,
      }))
    },
    async show(db, actor, id) {
      const filing = isId(id) ? await findFiling(db, id) : undefined
      if (!filing) return null
      const procedure = await procedureById(db, filing.procedure)
      const own = isOwn(actor, filing)
      const office = reviewsAt(actor, procedure?.section ?? null)
      if (!office && !own) return null
      return {
        reference: { module: 'procedures', kind: 'filing', id },
        title: `${filing.number}　${procedure?.title ?? ''}`,
        href: office ? `/console/filings/${id}` : `/filings/${filing.number}`,
        state: ja.states[filing.state].short,
      }
    },
    async tell(db, id) {
      const filing = isId(id) ? await findFiling(db, id) : undefined
      return filing ? addresseesOf(db, filing) : []
    },
    called: async (db, id) => (isId(id) ? ((await findFiling(db, id))?.number ?? null) : null),
    async numbered(db, typed) {
      const number = readReceiptNumber(typed.slice(0, 60))
      return number ? ((await filingByNumber(db, number))?.id ?? null) : null
    },
  },
  {
    module: 'procedures',
    kind: 'procedure',
    label: ja.menu,
    entrusted: true,
    find: async (db, _actor, words) =>
      (await listPublished(db, words)).slice(0, words ? 20 : 200).map((procedure) => ({
        reference: { module: 'procedures', kind: 'procedure', id: procedure.id },
        title: procedure.title,
        href: `/procedures/${procedure.slug}`,
        state: null,
      })),
    async show(db, _actor, id) {
      const procedure = isId(id) ? await procedureById(db, id) : undefined
      if (!procedure || procedure.state === 'draft') return null
      return {
        reference: { module: 'procedures', kind: 'procedure', id },
        title: procedure.title,
        href: `/procedures/${procedure.slug}`,
        state: null,
      }
    },
    called: async (db, id) => (isId(id) ? ((await procedureById(db, id))?.title ?? null) : null),
  },
]
