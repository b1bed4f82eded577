import { z } from 'zod'
import { ofReader, view } from '#core/view.ts'
import { countOwn, listOwn } from '../queries.ts'
import { ownNotice } from './my-page.ts'

const perPage = 20

/** All notices on a person's screen, newest first, page by page. */
export const ownNotices = view({
  name: 'notices.own-notices',
  title: 'All notices on My Page, newest first',
  input: z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) }),
  output: z.object({
    notices: z.array(ownNotice),
    count: z.object({ all: z.number(), unread: z.number() }),
    page: z.number(),
    pages: z.number(),
  }),
  allow: ({ actor }) => actor?.kind === 'person',
  personal: ofReader,

  async run({ db, actor }, { page }) {
    if (!actor) throw new Error('allowed without an actor')
    const count = await countOwn(db, actor.id)
    return {
      notices: await listOwn(db, actor.id, { limit: perPage, offset: (page - 1) * perPage }),
      count,
      page,
      pages: Math.max(1, Math.ceil(count.all / perPage)),
    }
  },
})
