import { z } from 'zod'
import type { Action } from '#core/action.ts'
import type { View } from '#core/view.ts'
import type { Module } from './module.ts'

type Json = Record<string, unknown>
type Schemas = Record<string, Json>

/** OpenAPI 3.1 of all that the house can do and show, printed from the actions' and views' own schemas. */
export function openapi(modules: readonly Pick<Module, 'name' | 'knownAs' | 'actions' | 'views'>[]) {
  const paths: Record<string, Json> = {}
  const schemas: Schemas = { Problem: problem }
  for (const { name, knownAs: tag = name, actions, views } of modules) {
    for (const act of actions) if (!act.pagesOnly) paths[pathOf(act.name)] = { post: operation(tag, act, schemas) }
    for (const shown of views) {
      paths[pathOf(shown.name)] = { ...paths[pathOf(shown.name)], get: reading(tag, shown, schemas) }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Attaka API',
      version: 'v1',
      description: 'Everything that the pages can do, with the same rights. Ask an administrator for a token.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{}, { token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token issued by an administrator.' },
      },
      schemas,
      responses: {
        Problem: {
          description: 'Refused (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
}

const pathOf = (name: string) => `/api/v1/${name.replace('.', '/')}`

const operation = (tag: string, { name, title, input, output }: Action, schemas: Schemas) => ({
  operationId: name,
  summary: title,
  tags: [tag],
  requestBody: { required: true, content: { 'application/json': { schema: schemaOf(input, 'input', name, schemas) } } },
  responses: answers(output, name, schemas),
})

const reading = (tag: string, { name, title, input, output }: View, schemas: Schemas) => {
  const schema = schemaOf(input, 'input', name, schemas) as {
    properties?: Record<string, unknown>
    required?: string[]
  }
  return {
    operationId: name,
    summary: title,
    tags: [tag],
    parameters: Object.entries(schema.properties ?? {}).map(([parameter, inner]) => ({
      name: parameter,
      in: 'query',
      required: schema.required?.includes(parameter) ?? false,
      schema: inner,
    })),
    responses: answers(output, name, schemas),
  }
}

const answers = (output: z.ZodType, name: string, schemas: Schemas) => ({
  '200': {
    description: 'Done',
    content: { 'application/json': { schema: schemaOf(output, 'output', name, schemas) } },
  },
  '4XX': { $ref: '#/components/responses/Problem' },
  '503': { $ref: '#/components/responses/Problem' },
})

/**
 * Dates travel as ISO 8601 text. What a schema says once and uses again (and again inside itself) goes to the document's
 * own `schemas`: there is one root for all references.
 */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output', name: string, schemas: Schemas): Json => {
  const { $schema: _, ...printed } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
    },
  }) as Json
  const own = `${name}.${io}.`
  const text = JSON.stringify(printed).replaceAll('"$ref":"#/$defs/', `"$ref":"#/components/schemas/${own}`)
  const { $defs = {}, ...rest } = JSON.parse(text) as Json & { $defs?: Schemas }
  for (const [key, shared] of Object.entries($defs)) schemas[own + key] = shared
  return rest
}

const problem = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } },
    },
  },
}
