import { definitionJsonSchema } from '#modules/forms/rules/index.ts'

/** Where the printed schema of form definitions lies, from the root of the project. */
export const formSchemaPath = 'docs/forms/definition.schema.json'

/** The schema of form definitions as it is committed; the house serves the same at /schemas/form-definition.json. */
export const formSchemaText = () => `${JSON.stringify(definitionJsonSchema(), null, 2)}\n`
