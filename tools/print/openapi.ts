import { modules } from '#modules/index.ts'
import { openapi } from '#web/openapi.ts'

/** Where the printed description of the API lies, from the root of the project. */
export const openapiPath = 'docs/api/openapi.json'

/** The description of the API as it is committed: its difference is what a reviewer sees of a change to the API. */
export const openapiText = () => `${JSON.stringify(openapi(modules), null, 2)}\n`
