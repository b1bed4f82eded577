import type { Witness } from '#core/outside.ts'
import type { Scene } from '#core/scene.ts'
import { findCheckpoint, lastCheckpoint } from './queries.ts'
import { statementOf } from './seal.ts'
import { canonicalJson } from './trail/canonical.ts'
import type { Statement } from './trail/checkpoint.ts'

/** The database no longer has what was sealed: it was set back, or written anew. `npm run audit:verify` says what. */
export class TrailSetBack extends Error {
  override readonly name = 'TrailSetBack'
}

/**
 * What a witness is told. `set-back`: an operator restored the database to the state of this checkpoint, and says why; what
 * was said of later ones no longer holds.
 */
export type Said =
  | ({ kind: 'checkpoint' } & Statement)
  | { kind: 'set-back'; tenant: string; number: number; hash: string; at: string; reason: string }

/** A line of a witness as it was meant, or null where it is broken. */
export function readSaid(line: string): Said | null {
  try {
    const said = JSON.parse(line) as Said
    return (said.kind === 'checkpoint' || said.kind === 'set-back') && Number.isInteger(said.number) ? said : null
  } catch {
    return null
  }
}

/**
 * Tells every witness what it does not know yet, at least one checkpoint and then for so many milliseconds, and returns whether
 * all know all. One that is away does not hold up the others.
 */
export async function tellWitnesses(scene: Scene, milliseconds: number): Promise<boolean> {
  const failed: unknown[] = []
  let all = true
  for (const witness of scene.outside.witnesses) {
    await tellWitness(scene, witness, performance.now() + milliseconds).then(
      (told) => {
        all &&= told
      },
      (error: unknown) => failed.push(error),
    )
  }
  if (failed.length > 0) throw failed.find((error) => error instanceof TrailSetBack) ?? failed[0]
  return all
}

async function tellWitness(scene: Scene, witness: Witness, until: number): Promise<boolean> {
  const { tenant } = scene
  const line = await witness.last(tenant)
  const last = line === null ? null : readSaid(line)
  const newest = await scene.look(lastCheckpoint)
  if (last && last.number > 0) {
    const ours = await scene.look(findCheckpoint, last.number)
    if (ours?.hash !== last.hash) throw new TrailSetBack(`${witness.name} knows another trail of ${tenant}`)
  }
  for (let number = (last?.number ?? 0) + 1; number <= (newest?.number ?? 0); number++) {
    const statement = await scene.look(statementOf, number)
    if (statement) await witness.keep(tenant, canonicalJson({ kind: 'checkpoint', ...statement }), scene.now)
    if (performance.now() >= until && number < (newest?.number ?? 0)) return false
  }
  return true
}

/** Tells a witness that an operator restored the database to an earlier state on purpose. */
export function setBack(
  witness: Witness,
  told: { tenant: string; number: number; hash: string; reason: string },
  at: Date,
): Promise<void> {
  return witness.keep(told.tenant, canonicalJson({ kind: 'set-back', ...told, at: at.toISOString() }), at)
}
