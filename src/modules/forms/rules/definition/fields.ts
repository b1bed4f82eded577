import type { Definition, Field } from './definition.ts'

/** Every field at the top of the pages, in the order of the form; those inside groups are in their groups. */
export const fieldsOf = (definition: Pick<Definition, 'pages'>): Field[] =>
  definition.pages.flatMap((page) => page.fields)
