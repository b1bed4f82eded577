import { z } from 'zod'
import { action } from '#core/action.ts'
import { newId } from '#core/ids.ts'
import { holdsAt, isSystem } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { findForm, latestVersion } from '../queries.ts'
import { type Definition, type Fault, parseDefinition, undrawable } from '../rules/index.ts'
import { tables } from '../tables.ts'

/**
 * Publishes a definition as the next version of a form, or as the first of a new one. A definition with faults is
 * refused whole, every fault named by its path; so is one that the pages can't draw yet. People who are in the middle of a form finish on their version.
 */
export const publishForm = action({
  name: 'forms.publish-form',
  title: 'Publish a new version of a form',
  input: z.object({
    form: z.uuid().optional(),
    definition: z.union([z.string(), z.record(z.string(), z.unknown())]),
  }),
  output: z.object({ form: z.string(), version: z.number() }),
  // A form has no section of its own: an editor of one section could change another's.
  allow: ({ actor }) => holdsAt(actor, null, 'procedure-editor') || isSystem(actor),

  async run({ db, actor, now }, { form, definition: given }) {
    const definition = publishable(given)
    if (form && !(await findForm(db, form))) throw new Refusal('missing', 'no such form')
    const id = form ?? newId(now.getTime())
    if (!form) await tables(db).insertInto('form').values({ id, title: definition.title, created_at: now }).execute()
    const version = ((await latestVersion(db, id))?.version ?? 0) + 1
    const inserted = await tables(db)
      .insertInto('form_version')
      .values({
        form: id,
        version,
        definition: JSON.stringify(definition),
        published_at: now,
        published_by: actor?.id ?? 'system',
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new Refusal('conflict', 'somebody published at the same time')
    return { form: id, version }
  },
  subjects: (_, { form }) => [{ module: 'forms', kind: 'form', id: form }],
})

/** The definition, if it could be published as it is; throws a `Refusal` that names every fault. */
export function publishable(given: string | Record<string, unknown>): Definition {
  const parsed = parseDefinition(typeof given === 'string' ? fromText(given) : given)
  if (!parsed.ok) throw new Refusal('invalid', 'faults in the definition', { definition: listed(parsed.faults) })
  const undrawn = undrawable(parsed.definition)
  if (undrawn.length > 0) throw new Refusal('invalid', 'the pages cannot draw it', { definition: listed(undrawn) })
  return parsed.definition
}

const listed = (faults: readonly Fault[]) => faults.map(({ path, ja }) => (path ? `${path}：${ja}` : ja)).join('\n')

function fromText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('invalid', 'not JSON', {
      definition: '様式の定義をJSONとして読めません。括弧やカンマを確かめてください',
    })
  }
}
