import type { Reference } from '#core/reference.ts'
import { Refusal } from '#core/refusal.ts'
import { ownersOf, type Stage } from '#core/scene.ts'
import { type Limits, typesOf } from '../limits.ts'
import { faultSentence } from '../pages/sentences.ts'
import { findFileAbout, findStaged, type KeptFile } from '../queries.ts'
import { tables } from '../tables.ts'
import { ja } from '../words.ja.ts'

type Claim = {
  /** From `receiveUpload`; or the id of a file that is already kept about the same thing. */
  token: string
  /** What the file belongs to from now on. */
  about: Reference
  /** The limits of the field it was sent for: a token from a wider field elsewhere is not taken. */
  limits?: Limits
  /** Where the sentence of a refusal is shown. */
  field?: string
}

/**
 * Keeps a staged file, in the caller's own transaction: no act, no file. The bytes stay where they are. Claiming again
 * for the same thing gives the same file, so a retry is harmless.
 *
 * Throws `Refusal('invalid')` with one and the same sentence for a token that is unknown, somebody else's, too old or
 * claimed for another thing; with the field's own sentence for a file that does not fit the limits.
 */
export async function claimFile(stage: Stage, { token, about, limits, field = 'file' }: Claim): Promise<KeptFile> {
  const kept = await claim(stage, token, about)
  if (!kept) throw new Refusal('invalid', 'no such staged file', { [field]: ja.again })
  if (limits) {
    const fault =
      kept.size > limits.maxBytes ? 'too-large' : typesOf(limits.accept).includes(kept.type) ? null : 'wrong-type'
    if (fault) throw new Refusal('invalid', `staged file ${fault}`, { [field]: faultSentence(ja, fault, limits) })
  }
  return kept
}

async function claim(stage: Stage, token: string, about: Reference): Promise<KeptFile | undefined> {
  const { db, now, outside } = stage
  if (isId(token)) return findFileAbout(db, token, about)

  // Locked: of many claims at once the first one goes through and the others see it.
  const staged = await findStaged(db, outside.sealer.hashToken(token), ownersOf(stage), now)
    .forUpdate()
    .executeTakeFirst()
  if (!staged) return undefined
  const { id, key, claimed_at, ...bytes } = staged
  if (claimed_at) return findFileAbout(db, id, about)

  await tables(db)
    .insertInto('file')
    .values({ id, ...bytes, storage_key: key, kept_at: now, about: JSON.stringify(about), released_at: null })
    .execute()
  await tables(db).updateTable('staged_file').set({ claimed_at: now }).where('id', '=', id).execute()
  return { file: id, ...bytes }
}

const isId = (token: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token)
