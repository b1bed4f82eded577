import { perform } from '#core/action.ts'
import type { Actor } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { onStage, type Stage } from '#core/scene.ts'
import { modules } from '#modules/index.ts'
import { openLog } from '#platform/log.ts'
import { hashToken, newToken } from '#platform/sealing.ts'
import type { Config } from '../src/config.ts'
import { type House, openHouse, system } from '../src/house.ts'
import { openOutside } from '../src/outside.ts'
import { NotSo, readProduction, run } from './operate/production.ts'

/** The house itself, with the right to administer: whoever holds the installation's settings could do anything anyway. */
const installer: Actor = { ...system, roles: [{ name: 'administrator', department: null, section: null }] }

/** npm run add:administrator: the first person who may let others in. The audit trail says that the house did it. */
await run(async () => {
  const { config, appUrl, secret } = readProduction()
  const [tenant = '', issuer = '', subject = '', name = '', ...more] = process.argv.slice(2)
  if (!name.trim() || more.length > 0) {
    throw new NotSo(
      'Say who: npm run add:administrator -- TENANT ISSUER SUBJECT NAME, for example: npm run add:administrator -- mie https://login.pref.example.jp/ 0123-4567 "三重 花子"',
    )
  }
  const house = await open(config, appUrl, secret)
  try {
    if (!house.tenants().some((one) => one.tenant === tenant)) {
      throw new NotSo(`There is no tenant ${tenant}: enter it first by "npm run add:tenant".`)
    }
    const provider = providerOf(config, tenant, issuer)
    const scene = house.sceneOf(tenant, installer)
    await scene.change((db) => enter(onStage(scene, db), { issuer, subject, name: name.trim(), provider }))
    console.log(`${name.trim()} administers ${tenant} from the next sign-in on.`)
  } finally {
    await house.close()
  }
})

/** Only a person whom a configured provider can vouch for will ever be able to sign in. */
function providerOf({ providers }: Config, tenant: string, issuer: string): string {
  const theirs = providers.filter((provider) => provider.tenant === tenant)
  const found = theirs.find((provider) => provider.issuer === issuer)
  if (found) return found.name
  const known = theirs.map((provider) => provider.issuer).join(', ')
  throw new NotSo(
    `IDENTITY_PROVIDERS names no issuer ${issuer} for ${tenant}${known ? ` (there: ${known})` : ''}: it must be the same to the letter.`,
  )
}

type Person = { issuer: string; subject: string; name: string; provider: string }

async function enter(stage: Stage, vouched: Person) {
  // Recognising begins a session. Nobody has its token, and it ends at once.
  const session = hashToken(newToken())
  const { person } = (await act(stage, 'people.recognise', { ...vouched, mail: null, session })) as { person: string }
  await act(stage, 'people.end-sessions', { person })
  const given = { person, reason: '導入時の最初の管理者' }
  await act(stage, 'people.grant-role', { ...given, role: 'staff' }).catch(unlessHeld)
  try {
    await act(stage, 'people.grant-role', { ...given, role: 'administrator' })
  } catch (error) {
    unlessHeld(error)
    throw new NotSo('This person is an administrator already.')
  }
}

/** The modules' own actions, as the API finds them: by name. */
function act(stage: Stage, name: string, input: object) {
  const found = modules.flatMap(({ actions }) => actions).find((one) => one.name === name)
  if (!found) throw new Error(`no action ${name}`)
  return perform(found, stage, input)
}

function unlessHeld(error: unknown) {
  if (!(error instanceof Refusal && error.kind === 'conflict')) throw error
  if (error.message === 'disabled') throw new NotSo('This person was disabled: another administrator has to undo that.')
}

async function open(config: Config, appUrl: string, secret: string): Promise<House> {
  const base = config.base ?? ''
  const outside = openOutside({ config, secret, base, port: () => config.port, tenants: () => [] })
  // Nobody listens here, so no page, style or script is needed.
  return openHouse({
    appUrl,
    outside,
    assets: { style: '', script: '' },
    clientFolder: '',
    log: openLog('silent'),
    poolSize: 2,
  })
}
