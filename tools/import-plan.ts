import { parseArgs } from 'node:util'
import { perform } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { importPlan, mostBytes } from '#modules/plans/index.ts'
import { startEmbeddedServer } from '#platform/embedded-postgres.ts'
import { openLog } from '#platform/log.ts'
import { type Config, readConfig, WrongConfig } from '../src/config.ts'
import { openHouse, prepareDatabase } from '../src/house.ts'
import { openOutside } from '../src/outside.ts'
import { readGivenText, WrongGiven, wrongInput } from './operate/given.ts'

/**
 * Imports plans or live indicators from a file, whole or not at all: npm run import:plan FILE [-- --tenant mie]
 * Ends with 0 (imported, or nothing to change), 1 (could not begin) or 2 (the call or the file is at fault; every fault by its path).
 */

/** A sentence for whoever started it; nothing was written. */
class Told extends Error {}
class WrongCall extends Error {}

const usage = 'Usage: npm run import:plan FILE [-- --tenant TENANT]   (the tenant is mie unless said otherwise)'

function asked() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { tenant: { type: 'string', default: 'mie' } },
    })
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw new WrongCall(usage)
    return { file, tenant: values.tenant }
  } catch (error) {
    throw error instanceof WrongCall ? error : new WrongCall(`${(error as Error).message}\n${usage}`)
  }
}

/** The database of the settings; else the embedded one, which only one process can hold. */
async function database(config: Config) {
  if (config.database) return { ...config.database, stop: async () => {} }
  try {
    const server = await startEmbeddedServer({ dataDir: config.dataDir, log: () => {}, lockWaitMs: 0 })
    return { appUrl: server.appUrl, ownerUrl: server.ownerUrl as string | null, stop: () => server.stop() }
  } catch (error) {
    const { message } = error as Error
    if (!message.includes('already running')) throw new Told(message)
    throw new Told(
      `${message}\nWhile Attaka runs, import the file on its page /TENANT/console/plans/import (as a plan editor), or by POST /TENANT/api/v1/plans/import-plan.`,
    )
  }
}

async function main() {
  const { file, tenant } = asked()
  const document = readGivenText(file, mostBytes)
  const config = readConfig()
  const { appUrl, ownerUrl, stop } = await database(config)
  try {
    if (ownerUrl) await prepareDatabase(ownerUrl)
    const base = config.base ?? 'http://localhost'
    const house = await openHouse({
      appUrl,
      // Nothing leaves the house while it imports: no secret of the real one is needed.
      outside: openOutside({ config, secret: crypto.randomUUID(), base, port: () => 0, tenants: () => [] }),
      assets: { style: '', script: '' },
      clientFolder: '.',
      log: openLog('silent'),
    })
    try {
      const known = house.tenants().map((one) => one.tenant)
      if (!known.includes(tenant))
        throw new Told(
          known.length > 0
            ? `There is no tenant "${tenant}". There are: ${known.join(', ')}.`
            : 'There are no tenants yet: start Attaka once ("npm start"), stop it, and import then.',
        )
      const { changed, plans, counts, sha256 } = await perform(importPlan, house.sceneOf(tenant), { document })
      const what = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
      console.log(
        changed
          ? `Imported into ${tenant}: ${plans.join(', ')} (${what.join(', ')}). SHA-256 ${sha256}`
          : `Nothing has changed: this very file was imported into ${tenant} before. SHA-256 ${sha256}`,
      )
    } finally {
      await house.close()
    }
  } finally {
    await stop()
  }
}

main().catch((error: unknown) => {
  if (error instanceof Refusal && error.kind === 'invalid') {
    const faults = Object.entries(error.fields)
    for (const [path, sentence] of faults) console.error(`${path}: ${sentence}`)
    console.error(`Nothing was imported. Places to correct: ${faults.length}.`)
    process.exit(wrongInput)
  }
  if (error instanceof WrongGiven || error instanceof WrongCall) {
    console.error(error.message)
    process.exit(wrongInput)
  }
  console.error(error instanceof Told || error instanceof WrongConfig ? error.message : error)
  process.exit(1)
})
