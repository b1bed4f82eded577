import type { z } from 'zod'
import { assertAllowed, fieldErrors, leaveRefusal, notAllowedTo } from './action.ts'
import { recording } from './audit.ts'
import type { Reference } from './reference.ts'
import { Refusal } from './refusal.ts'
import { onStage, type Scene, type Stage } from './scene.ts'

/** One thing the house can show. A view of personal data leaves a trace of who read what, in the same transaction. */
export type View<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> = {
  /** "module.noun". */
  name: string
  /** One line for the API's documentation. */
  title: string
  input: In
  /** What leaves the house is listed: OpenAPI is printed from it. */
  output: Out
  allow(scene: Scene): boolean | Promise<boolean>
  allowThis?(stage: Stage, input: z.output<In>): boolean | Promise<boolean>
  /** Whose data is shown, one's own too. Present: the view runs read-write and records the reading. */
  personal?(shown: z.output<Out>, reader: Pick<Scene, 'actor'>): readonly Reference[]
  /** What many look at at once, and is quickly shown: where they wait at one tenant, they look in one transaction. */
  along?: true
  run(stage: Stage, input: z.output<In>): Promise<z.input<Out>>
}

/** Declares a view; exists so that its types are inferred. */
export const view = <In extends z.ZodType, Out extends z.ZodType>(declared: View<In, Out>) => declared

/** For a view's `personal`: the data shown are those of whoever asks. */
export const ofReader = (_: unknown, { actor }: Pick<Scene, 'actor'>): readonly Reference[] =>
  actor?.kind === 'person' ? [{ module: 'people', kind: 'person', id: actor.id }] : []

/** Allow, parse, allow this, run and, for personal data, record. Throws a `Refusal`. */
export async function show<In extends z.ZodType, Out extends z.ZodType>(
  shown: View<In, Out>,
  scene: Scene,
  raw: unknown,
): Promise<z.output<Out>> {
  const notAllowed = () => notAllowedTo(scene, shown.name)
  const nested = 'db' in scene
  await assertAllowed(scene, shown, 'read')

  const parsed = shown.input.safeParse(raw)
  // An address that can't be read names nothing: for readers it's the same as not being there.
  if (!parsed.success) throw new Refusal('missing', shown.name, fieldErrors(parsed.error))

  const look = async (stage: Stage) => {
    if (shown.allowThis && !(await shown.allowThis(stage, parsed.data))) throw notAllowed()
    return shown.output.parse(await shown.run(stage, parsed.data))
  }
  try {
    const { personal } = shown
    const doors = shown.along ? scene.along({ kind: shown, holds: [] }) : scene
    if (!personal) return await doors.look((db) => look(onStage(scene, db)))
    return await doors.change(
      (db) => look(onStage(scene, db)),
      (db, output) => {
        const subjects = personal(output, scene)
        return subjects.length > 0 ? recording(db, scene, { act: shown.name, kind: 'read', subjects }) : undefined
      },
    )
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'forbidden' && !nested) await leaveRefusal(scene, shown.name)
    throw error
  }
}
