import { importJWK, type JWK } from 'jose'

/** A private key of ours as a JWK, with a `kid`: RSA (RS256) or P-256 (ES256). */
export type SigningKey = JWK & { kid: string }

const algorithmOf = ({ kty, alg }: JWK) => alg ?? (kty === 'EC' ? 'ES256' : 'RS256')

/** The key as the library for sign-in takes it. Throws TypeError if it is no private key of a kind listed above. */
export async function signingKey(jwk: SigningKey): Promise<{ key: CryptoKey; kid: string }> {
  const key = await importJWK(jwk, algorithmOf(jwk))
  if (key instanceof Uint8Array || key.type !== 'private') throw new TypeError('not a private key')
  return { key, kid: jwk.kid }
}

/** What everybody may know of a key: nothing private is copied, whatever else a JWK may hold. */
export const publicKey = (jwk: SigningKey): JWK => {
  const { kty, kid, n, e, crv, x, y } = jwk
  const shape = kty === 'EC' ? { crv, x, y } : { n, e }
  return { kty, kid, use: 'sig', alg: algorithmOf(jwk), ...shape } as JWK
}
