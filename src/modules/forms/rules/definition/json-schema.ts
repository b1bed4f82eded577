import { z } from 'zod'
import { definitionSchema } from './definition.ts'

/**
 * The JSON Schema (draft 2020-12) of a definition, printed from the schema that reads it: its shape. What one part says about
 * another (names, order, types, size) only `parseDefinition` checks.
 */
export const definitionJsonSchema = (): Record<string, unknown> => ({
  title: 'Attaka form definition (様式の定義)',
  ...z.toJSONSchema(definitionSchema, { io: 'input' }),
})
