import { Refusal } from '#core/refusal.ts'
import { type Config, readConfig, WrongConfig } from '../../src/config.ts'

/** What can't be done as it was asked: one sentence for whoever typed it. */
export class NotSo extends Error {}

/** Settings of an installation with a database of its own. A trial brings its tenants and persons along. */
export function readProduction(): { config: Config; appUrl: string; secret: string } {
  const config = readConfig()
  if (config.mode !== 'production' || !config.database || !config.secret) {
    throw new NotSo(
      'This is for production: load the settings that the service runs with (MODE=production, DATABASE_URL …) first.',
    )
  }
  return { config, appUrl: config.database.appUrl, secret: config.secret }
}

/** Runs a tool: a wrong wish or setting ends with its sentence, a fault of ours with its stack. */
export async function run(work: () => Promise<void>) {
  try {
    await work()
  } catch (error) {
    const told = error instanceof NotSo || error instanceof WrongConfig
    if (error instanceof Refusal)
      console.error(['It was refused:', error.message, ...Object.values(error.fields)].join(' '))
    else console.error(told ? error.message : error)
    process.exitCode = 1
  }
}
