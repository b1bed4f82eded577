import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { openapiPath, openapiText } from './print/openapi.ts'

/**
 * Prints what is written once in the code and must be read elsewhere: npm run print
 * Run it after a change to an act or view, and commit what it wrote; a test compares.
 */
const text = openapiText()
const before = existsSync(openapiPath) ? readFileSync(openapiPath, 'utf8') : ''
if (text === before) {
  console.log(`${openapiPath} is as printed.`)
} else {
  mkdirSync(dirname(openapiPath), { recursive: true })
  writeFileSync(openapiPath, text)
  console.log(`${openapiPath} was printed anew.`)
}
