import { z } from 'zod'
import { isStaff } from '#core/policy.ts'
import { referenceSchema } from '#core/reference.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { kindOf, seen } from '../actions/tell.ts'
import { liveAt } from '../queries.ts'
import { same } from '../rules.ts'

/** How many things of one kind the picker offers; more are found by more words. */
export const mostPerKind = 10

const thing = z.object({
  reference: referenceSchema,
  title: z.string(),
  href: z.string(),
  state: z.string().nullable(),
})

/** What a thing could be linked with: the things of all modules that match the words and that this reader may see. */
export const candidates = view({
  name: 'traces.candidates',
  title: 'Things that match the words and could be linked with this one',
  input: referenceSchema.extend({ q: z.string().max(100).default('') }),
  output: z.object({
    thing: thing.extend({ label: z.string() }),
    q: z.string(),
    /** Kinds of things that can be found at all. */
    labels: z.array(z.string()),
    groups: z.array(
      z.object({ label: z.string(), more: z.boolean(), things: z.array(thing.extend({ linked: z.boolean() })) }),
    ),
  }),
  allow: ({ actor }) => isStaff(actor),
  // Words may be a person's name: that a thing matches them tells of that person.
  personal: ({ groups }) => groups.flatMap(({ things }) => things.map(({ reference }) => reference)),

  async run(stage, { q, ...reference }) {
    const { db, actor, registry } = stage
    const self = await seen(stage, reference)
    if (!self) throw new Refusal('missing', 'no such thing')
    const words = q.trim()
    const linked = words ? await liveAt(db, reference) : []
    const groups = []
    for (const { label, find } of words ? registry.things : []) {
      const found = (await find(db, actor, words)).filter((one) => !same(one.reference, reference))
      const things = found
        .slice(0, mostPerKind)
        .map((one) => ({ ...one, linked: linked.some(({ other }) => same(other, one.reference)) }))
      if (things.length > 0) groups.push({ label, things, more: found.length > mostPerKind })
    }
    const labels = [...new Set(registry.things.map(({ label }) => label))]
    return { thing: { ...self, label: kindOf(stage, reference)?.label ?? '' }, q: words, labels, groups }
  },
})

export type Candidates = z.output<typeof candidates.output>
