import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { keptFiles } from '#modules/files/index.ts'
import { BackupRefused } from '#platform/backup/manifest.ts'
import { takeBackup } from '#platform/backup/take.ts'
import { readConfig } from '../src/config.ts'
import { storageOf } from '../src/outside.ts'
import { othersOf, production, version } from './operate/backups.ts'
import { NotSo, run } from './operate/production.ts'
import { reachDatabase } from './operate/reach.ts'

const usage = 'Usage: npm run backup -- FOLDER   (the folder is new or empty)'

/** npm run backup: saves the embedded database and the kept files into a folder, while Attaka runs or not. */
await run(async () => {
  const [to, ...more] = process.argv.slice(2)
  if (!to || more.length > 0 || to.startsWith('-')) throw new NotSo(usage)
  const config = readConfig()
  if (config.database) throw new NotSo(production)
  const folder = resolve(to)
  const reached = await reachDatabase(config)
  try {
    const source = {
      adminUrl: reached.adminUrl ?? '',
      storage: storageOf(config),
      keptFiles,
      others: othersOf(config).filter(({ path }) => existsSync(path)),
      attaka: version(),
    }
    const { manifest, lost } = await takeBackup(source, folder).catch((error: unknown) => {
      throw error instanceof BackupRefused ? new NotSo(error.message) : error
    })
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    console.log(
      `Saved ${rows} rows of ${manifest.tables.length} tables and ${manifest.files.count} files (${manifest.files.bytes} bytes) into ${folder}.`,
    )
    console.log(
      `It holds ${join(folder, 'secret')} where Attaka keeps its own secret: keep the backup as you keep that.`,
    )
    if (lost.length === 0) return
    for (const { key, missing } of lost)
      console.error(`The file ${key} ${missing ? 'was missing in the storage' : 'was not what the database says'}.`)
    throw new NotSo(`The backup is whole, but ${lost.length} files had been lost or damaged before.`)
  } finally {
    await reached.stop()
  }
})
