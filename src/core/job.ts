import type { z } from 'zod'
import type { Scene, SendOptions, Stage } from './scene.ts'

/** Work done later, for one tenant, as the actor `system`, through a scene like everything else. Payloads carry ids only. */
export type Job<In extends z.ZodType = z.ZodType> = {
  /** "module.verb-noun". */
  name: string
  input: In
  /**
   * Cron expression in Asia/Tokyo: the scheduler enqueues it once per tenant, with an empty payload. Of one tenant only one
   * waits or is run at any time.
   */
  every?: string
  /** 'more': it has had its turn, of a minute at most, and something is left: it goes to the end of its queue. */
  run(scene: Scene, input: z.output<In>): Promise<'more' | undefined>
}

/** Declares a job; exists so that its types are inferred. */
export const job = <In extends z.ZodType>(declared: Job<In>) => declared

/** Puts a job into the outbox in the stage's own transaction: no change, no job. */
export const enqueue = <In extends z.ZodType>(
  stage: Stage,
  later: Job<In>,
  input: z.input<In>,
  options?: SendOptions,
): Promise<void> => stage.send(stage.db, later.name, input as Record<string, unknown>, options)
