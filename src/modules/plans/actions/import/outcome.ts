import { z } from 'zod'
import type { Fault } from '../../rules/import/reader.ts'

/** A document that is to be brought in under an id of its own. */
export type Document = { id: string; sha256: string; text: string; json: unknown }

/** How much an import brought. */
export const counts = z.object({
  plans: z.number(),
  initiatives: z.number(),
  phases: z.number(),
  measures: z.number(),
  indicators: z.number(),
  figures: z.number(),
})

/** What was stored; or, with `brought` null, every fault, and the transaction must be given up. */
export type Outcome = {
  faults: Fault[]
  brought: { plans: string[]; counts: z.output<typeof counts> } | null
}
