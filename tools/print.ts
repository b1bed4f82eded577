import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { formSchemaPath, formSchemaText } from './print/form-schema.ts'
import { openapiPath, openapiText } from './print/openapi.ts'

/**
 * Prints what is written once in the code and must be read elsewhere: npm run print
 * Run it after a change to an act, a view or the schema of forms, and commit what it wrote; a test compares.
 */
const printed = [
  { path: openapiPath, text: openapiText() },
  { path: formSchemaPath, text: formSchemaText() },
]
for (const { path, text } of printed) {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
  if (text === before) {
    console.log(`${path} is as printed.`)
  } else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(`${path} was printed anew.`)
  }
}
