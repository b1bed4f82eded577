import { z } from 'zod'
import { holds } from '#core/policy.ts'
import { view } from '#core/view.ts'
import { aboutPerson, personShown } from '#modules/people/index.ts'
import { representationOf, representationShown } from '#modules/representation/index.ts'

/** One person, for those who administer: who they are, where they work, what they may do and since when. */
export const person = view({
  name: 'people.person',
  title: 'One person with sections and roles',
  input: z.object({ person: z.uuid() }),
  output: personShown.extend(representationShown.shape),
  allow: ({ actor }) => holds(actor, 'administrator'),
  personal: ({ id, members }) =>
    [id, ...members.map(({ person }) => person)].map((one) => ({ module: 'people', kind: 'person', id: one })),

  async run(stage, { person }) {
    const about = await aboutPerson(stage, person)
    return { ...about, ...(await representationOf(stage, about)) }
  },
})
