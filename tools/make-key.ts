import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { publicKey } from '#platform/sign-in/keys.ts'
import { NotSo, run } from './operate/production.ts'

/**
 * npm run make:key -- [KID]: a new key with which we prove ourselves at an identity provider (private_key_jwt). The first
 * line is secret and belongs into IDENTITY_PROVIDERS, the second is what the provider is told.
 */
await run(async () => {
  const [kid = `attaka-${randomBytes(6).toString('hex')}`] = process.argv.slice(2)
  if (!/^[\w.-]{1,100}$/.test(kid))
    throw new NotSo('Say a name of letters, digits and hyphens: npm run make:key -- attaka-2027')
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 3072, extractable: true })
  const key = { ...(await exportJWK(privateKey)), kid }
  console.log(`private (secret, for "keys"): ${JSON.stringify(key)}`)
  console.log(`public (for the application form): ${JSON.stringify({ keys: [publicKey(key)] })}`)
})
