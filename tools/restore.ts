import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BackupRefused, checkBackup } from '#platform/backup/manifest.ts'
import { assertEmptyDatabase, restoreBackup, restoreOthers } from '#platform/backup/restore.ts'
import { startEmbeddedServer, unfinishedRestore } from '#platform/embedded-postgres.ts'
import { type Config, readConfig } from '../src/config.ts'
import { prepareEarlier, UnknownShape } from '../src/house.ts'
import { storageOf } from '../src/outside.ts'
import { othersOf, production } from './operate/backups.ts'
import { NotSo, run } from './operate/production.ts'

const usage = `Usage: npm run restore -- FOLDER [--check]
Restores a backup into DATA_DIR, which must be new or empty. With --check it only looks whether the backup is whole.`

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { check: { type: 'boolean', default: false } },
    })
    const [from, ...more] = positionals
    if (!from || more.length > 0) throw new NotSo(usage)
    return { folder: resolve(from), check: values.check }
  } catch (error) {
    throw error instanceof NotSo ? error : new NotSo(`${(error as Error).message.split('\n')[0]}\n${usage}`)
  }
}

type Checked = Awaited<ReturnType<typeof checkBackup>>

async function restore(folder: string, checked: Checked, config: Config) {
  const { dataDir } = config
  const there = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name !== 'lost+found') : []
  if (there.length > 0)
    throw new NotSo(`DATA_DIR ${dataDir} is not empty (${there[0]}): a backup is restored to an empty place only.`)
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  writeFileSync(join(dataDir, unfinishedRestore), `${folder}\n`)
  const server = await startEmbeddedServer({ dataDir, log: () => {}, restoring: true })
  try {
    await assertEmptyDatabase(server.adminUrl, dataDir)
    await restoreBackup(folder, checked, {
      adminUrl: server.adminUrl,
      storage: storageOf(config),
      prepare: (migrations) => prepareEarlier(server.ownerUrl, migrations),
    })
  } finally {
    await server.stop()
  }
  for (const left of await restoreOthers(folder, checked.manifest, othersOf(config)))
    console.log(`${left} was not empty and was left as it is.`)
  rmSync(join(dataDir, unfinishedRestore))
}

/** npm run restore: fills an empty data folder from a backup, after looking at every byte of it. */
await run(async () => {
  const { folder, check } = readArguments()
  const config = readConfig()
  if (config.database && !check) throw new NotSo(production)
  try {
    const checked = await checkBackup(folder)
    const { manifest, files } = checked
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    const said = `${rows} rows of ${manifest.tables.length} tables and ${files.length} files of ${manifest.madeAt}`
    if (check) {
      console.log(`${folder} is whole: ${said}.`)
      return
    }
    await restore(folder, checked, config)
    console.log(`Restored ${said} into ${config.dataDir}. Compare the audit trail now: npm run audit:verify`)
    const missing = files.filter((file) => file.missing)
    for (const { key } of missing) console.error(`The file ${key} was missing already when the backup was taken.`)
  } catch (error) {
    if (error instanceof BackupRefused) throw new NotSo(error.message)
    if (error instanceof UnknownShape) throw new NotSo(`The backup ${folder} can't be restored: ${error.message}`)
    throw error
  }
})
