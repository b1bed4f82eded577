import { createECDH, generateKeyPairSync, hkdfSync } from 'node:crypto'

/** The order of the curve P-256 (FIPS 186-5, SP 800-186 3.2.1.3). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const derived = (secret: string, use: string, bytes: number) =>
  Buffer.from(hkdfSync('sha256', secret, '', `trial provider ${use}`, bytes))

/**
 * A private JWK for ES256, derived from a secret: the same after a restart and in every process, and stored nowhere.
 * `use` keeps keys apart: that of the trial provider, and ours as its client.
 */
export function derivedKey(secret: string, use = '') {
  const name = (what: string) => (use ? `${use} ${what}` : what)
  // 48 bytes, so that reducing them leaves no measurable preference (FIPS 186-5 A.2.1).
  const scalar = (BigInt(`0x${derived(secret, name('signing'), 48).toString('hex')}`) % (order - 1n)) + 1n
  const d = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex')

  const curve = createECDH('prime256v1')
  curve.setPrivateKey(d)
  const point = curve.getPublicKey()
  return {
    kty: 'EC',
    crv: 'P-256',
    alg: 'ES256',
    use: 'sig',
    kid: derived(secret, name('kid'), 8).toString('base64url'),
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
    d: d.toString('base64url'),
  } as const
}

/** What cookies of the provider are signed with. */
export const cookieKeys = (secret: string) => [derived(secret, 'cookies', 32).toString('base64url')]

/** A private JWK for RS256, new with each process: its public part is asked for again when a token names it. */
export function freshRsaKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = privateKey.export({ format: 'jwk' })
  return { ...jwk, alg: 'RS256', use: 'sig', kid: String(jwk.n).slice(0, 11) }
}

/** Another name for the same person at each client (OpenID Connect Core 8.1, pairwise). */
export const pairwise = (secret: string, client: string, account: string) =>
  derived(secret, `pairwise ${JSON.stringify([client, account])}`, 24).toString('base64url')
