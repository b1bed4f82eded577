import { z } from 'zod'
import { ofReader, view } from '#core/view.ts'
import { countOwn, listOwn } from '../queries.ts'

export const ownNotice = z.object({
  id: z.uuid(),
  subject: z.string(),
  text: z.string(),
  href: z.string().nullable(),
  at: z.date(),
  readAt: z.date().nullable(),
})

export type OwnNotice = z.output<typeof ownNotice>

const mine = z.object({
  title: z.string(),
  items: z.array(z.object({ title: z.string(), href: z.string(), state: z.string().nullable(), at: z.date() })),
  /** Where to find what isn't listed here. */
  elsewhere: z.object({ text: z.string(), label: z.string(), href: z.string() }).optional(),
})

export type MineShown = z.output<typeof mine>

/** How many notices My Page shows before it links to the whole list. */
const few = 5

/** My Page: notices, unread ones first, and whatever else the modules keep for this person. */
export const myPage = view({
  name: 'notices.my-page',
  title: 'My Page: notices, unread ones first, and what else is mine',
  input: z.object({}),
  output: z.object({
    notices: z.array(ownNotice),
    count: z.object({ all: z.number(), unread: z.number() }),
    mine: z.array(mine),
  }),
  allow: ({ actor }) => actor?.kind === 'person',
  personal: ofReader,

  async run({ db, actor, registry }) {
    if (!actor) throw new Error('allowed without an actor')
    return {
      notices: await listOwn(db, actor.id, { limit: few, unreadFirst: true }),
      count: await countOwn(db, actor.id),
      mine: await Promise.all(registry.mine.map((list) => list(db, actor))),
    }
  },
})
