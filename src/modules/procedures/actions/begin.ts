import { z } from 'zod'
import { action } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { ownersOf, type Stage } from '#core/scene.ts'
import { type Answers, draftsOf, latestVersion, startDraft } from '#modules/forms/index.ts'
import { findPerson } from '#modules/people/index.ts'
import { waitForLockOf } from '#platform/locks.ts'
import { findProcedure } from '../queries.ts'
import { opening } from '../rules.ts'

/**
 * Begins a filing: a draft on the newest version of the procedure's form, with name and mail address of whoever is
 * signed in filled in (and changeable).
 */
export const begin = action({
  name: 'procedures.begin',
  title: 'Begin a filing: makes a draft',
  input: z.object({ procedure: z.string().max(80) }),
  output: z.object({ draft: z.string() }),
  // Whoever may file may begin; a visitor is known by the browser.
  allow: ({ actor, visitor }) => actor !== null || visitor.length > 0,
  holds: (scene) => ownersOf(scene),

  async run(stage, { procedure: slug }) {
    const { db, actor, now } = stage
    const procedure = await findProcedure(db, slug)
    if (!procedure || procedure.state === 'draft') throw new Refusal('missing', 'no such procedure')
    const state = opening(procedure, now)
    if (state !== 'open') throw new Refusal('conflict', `the procedure is ${state}`)
    const person = actor?.kind === 'person' ? await findPerson(db, actor.id) : undefined
    // Whoever acts for another fills in the other's name; the mail address is where they themselves can be asked.
    const applicant = actor?.represents ? await findPerson(db, actor.represents) : person
    const answers: Answers = {}
    if (person?.kind === 'resident' || person?.kind === 'company') {
      if (procedure.mail_field && person.mail) answers[procedure.mail_field] = person.mail
      const name = applicant?.name ?? ''
      if (procedure.name_field && name && name !== applicant?.mail) answers[procedure.name_field] = name
    }
    const untouched = await untouchedDraft(stage, procedure.form)
    return { draft: untouched ?? (await startDraft(stage, procedure.form, { answers })) }
  },
  subjects: (_, { draft }) => [{ module: 'procedures', kind: 'draft', id: draft }],
})

/** One's own draft in which nothing was ever saved: whoever begins once more means that one, not yet another empty one. */
async function untouchedDraft(stage: Stage, form: string): Promise<string | undefined> {
  const [owner] = ownersOf(stage)
  if (!owner) return undefined
  await waitForLockOf(stage.db, 'drafts', owner)
  const [drafts, newest] = await Promise.all([draftsOf(stage.db, [owner]), latestVersion(stage.db, form)])
  return drafts.find((one) => one.form === form && one.revision === 0 && one.version === newest?.version)?.id
}
