import type { Db } from '#core/database.ts'
import { ownersOf, type Scene } from '#core/scene.ts'
import { findStaged } from '../queries.ts'

/** A file that is attached but not yet kept, as `FileField` shows it. */
export type StagedFile = { token: string; name: string; type: string; size: number; href: string }

/** What this person or browser staged under the token, to show it again; null if unknown, somebody else's or too old. */
export async function stagedFile(
  db: Db,
  scene: Pick<Scene, 'actor' | 'visitor' | 'now' | 'outside'>,
  token: string,
): Promise<StagedFile | null> {
  const staged = await findStaged(
    db,
    scene.outside.sealer.hashToken(token),
    ownersOf(scene),
    scene.now,
  ).executeTakeFirst()
  if (!staged) return null
  const { name, type, size } = staged
  return { token, name, type, size, href: `/files/staged/${token}` }
}
