import { z } from 'zod'
import { view } from '#core/view.ts'
import { namesOf } from '#modules/people/index.ts'
import { mayImport } from '../actions/import-plan.ts'
import { listImports } from '../queries.ts'

/** What was imported, when and by whom: the newest fifty. */
export const importList = view({
  name: 'plans.imports',
  title: 'Imported documents, newest first',
  input: z.object({}),
  output: z.object({
    imports: z.array(
      z.object({
        id: z.uuid(),
        kind: z.enum(['plan', 'live']),
        sha256: z.string(),
        bytes: z.number(),
        brought: z.array(z.string()),
        at: z.date(),
        /** Null: the house itself (seed, command line). */
        by: z.string().nullable(),
      }),
    ),
  }),
  allow: mayImport,

  async run({ db }) {
    const imports = await listImports(db, 50)
    const isPerson = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
    const names = await namesOf(
      db,
      imports.map(({ by }) => by).filter((by) => isPerson(by)),
    )
    return { imports: imports.map((one) => ({ ...one, by: names.get(one.by) ?? null })) }
  },
})
