import { createECDH, hkdfSync } from 'node:crypto'

/** The order of the curve P-256 (FIPS 186-5, SP 800-186 3.2.1.3). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/**
 * The keys of the trial provider, derived from one secret: the same after a restart and in every process, and none is
 * stored. The signing key is a private JWK for ES256; cookie keys are text.
 */
export function trialKeys(secret: string) {
  const derived = (use: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, '', `trial provider ${use}`, bytes))
  // 48 bytes, so that reducing them leaves no measurable preference (FIPS 186-5 A.2.1).
  const scalar = (BigInt(`0x${derived('signing', 48).toString('hex')}`) % (order - 1n)) + 1n
  const d = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex')

  const curve = createECDH('prime256v1')
  curve.setPrivateKey(d)
  const point = curve.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)]
  const jwk = { x: x.toString('base64url'), y: y.toString('base64url'), d: d.toString('base64url') }
  return {
    signing: {
      kty: 'EC',
      crv: 'P-256',
      alg: 'ES256',
      use: 'sig',
      kid: derived('kid', 8).toString('base64url'),
      ...jwk,
    },
    cookies: [derived('cookies', 32).toString('base64url')],
  }
}
