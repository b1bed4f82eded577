import { z } from 'zod'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { entriesById, findCheckpoint, leafOfEntry, leavesBetween } from '../queries.ts'
import { leafOf, treeAt, writtenEntry } from '../trail/checkpoint.ts'
import { inclusionPath, isIncluded } from '../trail/tree.ts'

const hash = (hex: string) => Buffer.from(hex, 'hex')

/**
 * One entry of the trail with its proof: the text that was hashed, and the hashes that lead from it to the root of the
 * checkpoint which sealed it (RFC 6962, 2.1.1). Anyone can follow them with SHA-256 alone.
 */
export const evidenceEntry = view({
  name: 'evidence.entry',
  title: 'Proof that an entry of the audit trail is as it was sealed',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    id: z.string(),
    /** Null: it waits for the next seal. */
    seal: z
      .object({
        /** The entry as it is now, as text of the sealed columns. */
        written: z.string(),
        leaf: z.string(),
        position: z.number(),
        path: z.array(z.string()),
        checkpoint: z.number(),
        size: z.number(),
        root: z.string(),
        sealedAt: z.date(),
        /** The entry as it is now leads to the root. */
        intact: z.boolean(),
      })
      .nullable(),
  }),
  allow: ({ actor }) => holds(actor, 'auditor'),
  personal: ({ id }) => [{ module: 'people', kind: 'audit', id }],

  async run({ db }, { id }) {
    const entry = (await entriesById(db, [id])).get(id)
    const leaf = await leafOfEntry(db, id)
    const checkpoint = leaf ? await findCheckpoint(db, leaf.checkpoint) : null
    if (!entry) throw new Refusal('missing', id)
    if (!leaf || !checkpoint) return { id, seal: null }

    const before = treeAt(checkpoint.number > 1 ? await findCheckpoint(db, checkpoint.number - 1) : null)
    const leaves = await leavesBetween(db, before.size, checkpoint.size)
    const path = inclusionPath(
      before,
      leaves.map((one) => hash(one.hash)),
      leaf.position,
    )
    const now = leafOf(entry, checkpoint.columns)
    return {
      id,
      seal: {
        written: writtenEntry(entry, checkpoint.columns),
        leaf: now,
        position: leaf.position,
        path: path.map((step) => step.toString('hex')),
        checkpoint: checkpoint.number,
        size: checkpoint.size,
        root: checkpoint.root,
        sealedAt: new Date(checkpoint.sealed_at),
        intact: isIncluded(hash(now), leaf.position, checkpoint.size, path, hash(checkpoint.root)),
      },
    }
  },
})
