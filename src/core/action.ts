import type { z } from 'zod'
import { record, recording } from './audit.ts'
import { withinScope } from './policy.ts'
import type { Reference } from './reference.ts'
import { Refusal } from './refusal.ts'
import { onStage, type Scene, type Stage } from './scene.ts'

/** One thing the house can do. Pages, the JSON API, jobs and scripts all perform the same one. */
export type Action<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> = {
  /** "module.verb-noun". */
  name: string
  /** One line for the API's documentation. */
  title: string
  input: In
  /** What leaves the house is listed. */
  output: Out
  /** Who may at all. Asked before the input is read. */
  allow(scene: Scene): boolean | Promise<boolean>
  /** Who may do it to this one. Asked after parsing, inside the transaction. */
  allowThis?(stage: Stage, input: z.output<In>): boolean | Promise<boolean>
  run(stage: Stage, input: z.output<In>): Promise<z.input<Out>>
  /** What was touched, for the audit trail. */
  subjects?(input: z.output<In>, output: z.output<Out>): readonly Reference[]
  /** What a refusal must leave behind (a failed code), in a second transaction after the rollback. */
  afterRefusal?(stage: Stage, input: z.output<In>, refusal: Refusal): Promise<void>
  /**
   * Present: where many wait at one tenant, acts of this kind are done in one transaction (`Along` says what they must be
   * like). Says all that this one holds against others: acts that have some of it in common are never done together, and those
   * that are may meet what the others have done so far.
   */
  holds?(scene: Scene, input: z.output<In>): readonly string[]
  /** Not offered by the JSON API, with the reason: it only makes sense in a browser (signing in). */
  pagesOnly?: string
}

/** Declares an action; exists so that its types are inferred. */
export const action = <In extends z.ZodType, Out extends z.ZodType>(declared: Action<In, Out>) => declared

/**
 * Allow, parse, allow this, run and record: always in that order; everything after parsing in one transaction.
 * Throws a `Refusal`. A refused act of somebody we know leaves an entry in the trail, after the rollback.
 */
export async function perform<In extends z.ZodType, Out extends z.ZodType>(
  act: Action<In, Out>,
  scene: Scene,
  raw: unknown,
): Promise<z.output<Out>> {
  const notAllowed = () => notAllowedTo(scene, act.name)
  const nested = 'db' in scene
  await assertAllowed(scene, act, 'write')

  const parsed = act.input.safeParse(raw)
  if (!parsed.success) throw new Refusal('invalid', act.name, fieldErrors(parsed.error))

  try {
    const holds = act.holds?.(scene, parsed.data)
    const { change } = holds ? scene.along({ kind: act, holds }) : scene
    return await change(
      async (db) => {
        const stage = onStage(scene, db)
        if (act.allowThis && !(await act.allowThis(stage, parsed.data))) throw notAllowed()
        return act.output.parse(await act.run(stage, parsed.data))
      },
      (db, output) =>
        recording(db, scene, { act: act.name, kind: 'act', subjects: act.subjects?.(parsed.data, output) ?? [] }),
    )
  } catch (error) {
    // A nested refusal would write into the transaction that is about to be rolled back: the outermost act leaves it.
    if (error instanceof Refusal && !nested) {
      if (error.kind === 'forbidden') await leaveRefusal(scene, act.name)
      if (act.afterRefusal) {
        await scene.change((db) => act.afterRefusal?.(onStage(scene, db), parsed.data, error) ?? Promise.resolve())
      }
    }
    throw error
  }
}

/** How somebody is told no: whoever isn't known is asked to sign in. */
export const notAllowedTo = (scene: Scene, name: string) => new Refusal(scene.actor ? 'forbidden' : 'signed-out', name)

/** May they at all? Asked before any input is read; a denial of somebody we know stays in the trail. */
export async function assertAllowed(
  scene: Scene,
  { name, allow }: Pick<Action, 'name' | 'allow'>,
  way: 'read' | 'write',
) {
  if (withinScope(scene.actor, name, way) && (await allow(scene))) return
  // Nested, it would be written into the transaction that is about to be rolled back.
  if (!('db' in scene)) await leaveRefusal(scene, name)
  throw notAllowedTo(scene, name)
}

/** A denied act or reading of somebody we know stays in the trail; visitors are only asked to sign in. */
export async function leaveRefusal(scene: Scene, act: string) {
  if (scene.actor) await scene.change((db) => record(db, scene, { act, kind: 'refusal' }))
}

/** The first sentence per field, by the field's name as posted ("contact.mail"). */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = Object.create(null)
  for (const issue of error.issues) fields[issue.path.join('.') || '_'] ??= issue.message
  return { ...fields }
}
