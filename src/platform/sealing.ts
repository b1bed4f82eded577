import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto'

/** Keeps text secret or unforgeable with one secret of the house. */
export type Sealer = {
  /** Encrypts. What was sealed for one purpose opens for no other. */
  seal(purpose: string, text: string): string
  /** The text again, or null if it was altered, sealed for another purpose or under another secret. Never throws. */
  open(purpose: string, sealed: string): string | null
  /** A signature (HMAC-SHA-256, base64url) over text that may be read by anybody. */
  sign(purpose: string, text: string): string
  /** Whether the signature is ours for this purpose and text; takes the same time for any wrong one. */
  verify(purpose: string, text: string, signature: string): boolean
}

const version = 'v1.' // names the way of sealing, so that a later one can open what is stored today
const nonceBytes = 12
const tagBytes = 16

/**
 * A sealer on one secret of at least 32 bytes (a string counts in UTF-8).
 * AES-256-GCM with a random nonce (NIST SP 800-38D); every purpose has keys of its own by HKDF-SHA-256 (RFC 5869)
 * and is bound as additional data. Throws RangeError if the secret is too short.
 */
export function sealer(secret: Uint8Array | string): Sealer {
  const root = Buffer.from(secret)
  if (root.length < 32) throw new RangeError('the secret for sealing needs at least 32 bytes')

  const keyFor = keys(root)
  return {
    seal(purpose, text) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', keyFor('seal', purpose), nonce)
      cipher.setAAD(Buffer.from(version + purpose))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return version + Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')
    },

    open(purpose, sealed) {
      const bytes = sealed.startsWith(version) ? exactBase64url(sealed.slice(version.length)) : null
      if (!bytes || bytes.length < nonceBytes + tagBytes) return null
      const decipher = createDecipheriv('aes-256-gcm', keyFor('seal', purpose), bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAAD(Buffer.from(version + purpose))
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      try {
        const body = decipher.update(bytes.subarray(nonceBytes, -tagBytes))
        return Buffer.concat([body, decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },

    sign: (purpose, text) => mac(keyFor('sign', purpose), text).toString('base64url'),

    verify(purpose, text, signature) {
      const given = exactBase64url(signature)
      const right = mac(keyFor('sign', purpose), text)
      return given !== null && given.length === right.length && timingSafeEqual(given, right)
    },
  }
}

/** What is stored instead of a random token: SHA-256, base64url. Not for passwords or short codes. */
export const hashToken = (token: string): string => createHash('sha256').update(token, 'utf8').digest('base64url')

/** An unguessable token in base64url; 32 bytes = 43 characters. */
export const newToken = (bytes = 32): string => randomBytes(bytes).toString('base64url')

/** A code of 1 to 14 decimal digits for people to type; every code, leading zeros too, is equally likely. */
export const newCode = (digits = 6): string =>
  randomInt(10 ** digits)
    .toString()
    .padStart(digits, '0')

const mac = (key: KeyObject, text: string) => createHmac('sha256', key).update(text, 'utf8').digest()

function keys(root: Buffer) {
  const known = new Map<string, KeyObject>()
  return (use: 'seal' | 'sign', purpose: string): KeyObject => {
    const info = `attaka ${use} ${purpose}`
    const key = known.get(info) ?? createSecretKey(Buffer.from(hkdfSync('sha256', root, '', info, 32)))
    // Purposes are a handful of names; should one carry an id by mistake, memory must not grow with it.
    if (known.size < 200) known.set(info, key)
    return key
  }
}

/** Buffer ignores foreign characters and stray bits; one sealed text must have one spelling only. */
function exactBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}
