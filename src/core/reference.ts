import { z } from 'zod'

/** Names one thing of one module, so that two modules can meet without knowing each other. */
export const referenceSchema = z.object({
  module: z.string().regex(/^[a-z][a-z-]{1,40}$/),
  kind: z.string().regex(/^[a-z][a-z-]{1,40}$/),
  id: z.string().min(1).max(200),
})

export type Reference = z.output<typeof referenceSchema>
