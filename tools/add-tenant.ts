import { parseArgs } from 'node:util'
import { openDatabase } from '#platform/postgres.ts'
import { listTenants, type Tenant } from '#platform/tenants.ts'
import { addTenants, prepareDatabase } from '../src/house.ts'
import { NotSo, readProduction, run } from './operate/production.ts'

const usage =
  'Say which: npm run add:tenant -- ID NAME prefecture|municipality [--parent ID] [--host HOST], for example: npm run add:tenant -- mie 三重県 prefecture --host dx.pref.example.jp'

/** npm run add:tenant: enters a prefecture or municipality at an installation, under the owner's login. */
await run(async () => {
  const { config, appUrl } = readProduction()
  const ownerUrl = config.database?.ownerUrl
  if (!ownerUrl) throw new NotSo('DATABASE_OWNER_URL is missing: tenants are entered under the owner’s login.')
  const wish = readWish(process.argv.slice(2), new URL(config.base ?? '').host)
  await prepareDatabase(ownerUrl)

  const fault = faultOf(wish, await knownTenants(appUrl))
  if (fault) throw new NotSo(fault)
  await addTenants(ownerUrl, [{ ...wish, hosts: [wish.host], fictional: false, key_colour: 'green' }])
  console.log(`${wish.name} (${wish.tenant}) is entered and answers at https://${wish.host}/. Restart the service now.`)
})

type Wish = { tenant: string; name: string; kind: Tenant['kind']; parent: string | null; host: string }

function readWish(args: string[], baseHost: string): Wish {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    throw new NotSo(`${(error as Error).message.split('\n')[0]} ${usage}`)
  }
  const [tenant = '', name = '', kind = ''] = parsed.positionals
  if (parsed.positionals.length !== 3) throw new NotSo(usage)
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(tenant))
    throw new NotSo(`The id "${tenant}" must be small letters, such as "mie".`)
  if (name.trim() === '' || [...name].length > 60) throw new NotSo('The name must have 1 to 60 characters.')
  if (kind !== 'prefecture' && kind !== 'municipality') {
    throw new NotSo(`"${kind}" must be prefecture or municipality.`)
  }
  const host = (parsed.values.host ?? baseHost).toLowerCase()
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/.test(host)) {
    throw new NotSo(`"${host}" must be a host name, without https:// and path.`)
  }
  return { tenant, name: name.trim(), kind, parent: parsed.values.parent ?? null, host }
}

function parse(args: string[]) {
  return parseArgs({ args, allowPositionals: true, options: { parent: { type: 'string' }, host: { type: 'string' } } })
}

function faultOf({ tenant, parent, host }: Wish, known: readonly Tenant[]): string | null {
  if (known.some((one) => one.tenant === tenant)) return `The tenant ${tenant} exists already.`
  const other = known.find(({ hosts }) => hosts.includes(host))
  if (other) return `The host ${host} belongs to ${other.tenant} already: give another one by --host.`
  if (parent && !known.some((one) => one.tenant === parent)) return `There is no tenant ${parent} to be its parent.`
  return null
}

async function knownTenants(appUrl: string): Promise<readonly Tenant[]> {
  const database = openDatabase(appUrl, { size: 1, log: () => undefined })
  try {
    return await database.above(listTenants)
  } finally {
    await database.close()
  }
}
