import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * Whether a request carries a right AWS Signature Version 4 in its Authorization header. For tests: the S3 server that
 * they run looks at the access key only. Written after the specification and not after our client
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html). It does not read the body, whose
 * hash is one of the signed headers.
 */
export function signedRight(
  { method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  secret: string,
) {
  const shape = /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\S+?), ?SignedHeaders=(\S+?), ?Signature=(\w+)$/
  const [, scope = '', signed = '', signature] = shape.exec(headers.authorization ?? '') ?? []
  if (!signed.split(';').includes('host') || !signed.split(';').includes('x-amz-content-sha256')) return false

  const [path = '', query = ''] = (url ?? '').split('?')
  const canonicalQuery = query ? query.split('&').sort().join('&') : ''
  const canonicalHeaders = signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`)
  const hash = headers['x-amz-content-sha256']
  const request = [method, path, canonicalQuery, canonicalHeaders.join(''), signed, hash].join('\n')
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, createHash('sha256').update(request).digest('hex')]

  let key: Buffer | string = `AWS4${secret}`
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest()
  return createHmac('sha256', key).update(text.join('\n')).digest('hex') === signature
}
