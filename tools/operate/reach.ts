import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { openRecord } from '#platform/embedded/record.ts'
import { addresses } from '#platform/embedded/setup.ts'
import { startEmbeddedServer } from '#platform/embedded-postgres.ts'
import type { Config } from '../../src/config.ts'
import { NotSo } from './production.ts'

export type Reached = {
  appUrl: string
  ownerUrl: string | null
  /** The superuser of the embedded server; null elsewhere. */
  adminUrl: string | null
  /** Leaves the server as it was found: running, or stopped. */
  stop(): Promise<void>
}

/**
 * The database of the settings: the given one, else the embedded server of the data folder, whether Attaka runs on it now
 * or not. Throws one sentence where there is none.
 */
export async function reachDatabase(config: Config): Promise<Reached> {
  if (config.database) return { ...config.database, adminUrl: null, stop: async () => {} }
  const { dataDir } = config
  if (!existsSync(join(dataDir, 'database.json')))
    throw new NotSo(`There is no database in ${dataDir}: say DATA_DIR, or DATABASE_URL for a server of your own.`)
  try {
    const server = await startEmbeddedServer({ dataDir, log: () => {}, lockWaitMs: 0 })
    return { ...server, stop: () => server.stop() }
  } catch (error) {
    if (!(error as Error).message.includes('already running')) throw new NotSo((error as Error).message)
  }
  // Attaka runs and keeps the server for us: where it answers stands in the data folder.
  const { record } = openRecord(realpathSync(dataDir))
  if (record.port === null) throw new NotSo(`Attaka is just starting on ${dataDir}: try again in a moment.`)
  return { ...addresses(record.passwords, record.port, null), stop: async () => {} }
}
