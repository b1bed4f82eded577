import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../src/config.ts'

/** What belongs to a data folder besides database and files, by its name in a backup. */
export const othersOf = ({ dataDir, witness, secret }: Config) => [
  // In production the secret is given from outside, and kept there.
  ...(secret ? [] : [{ name: 'secret', path: join(dataDir, 'secret') }]),
  { name: 'witness', path: witness.folder },
]

/** What is said where DATABASE_URL is given. */
export const production =
  'This is for the bundled database. With DATABASE_URL the server’s own means are better (base backup and WAL): see docs/operate/backup.md.'

/** Of the program, as package.json says it. The commands run in the project's folder. */
export const version = (): string => (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version
