import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { AwsClient } from 'aws4fetch'
import { type Body, checkKey, checkSize, chunksOf, type Storage } from '../storage.ts'

export type S3Config = {
  /** Where the service answers, such as `https://s3.ap-northeast-1.amazonaws.com` or `http://minio:9000`. */
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  /** How many bytes are held in memory and sent at a time; S3 asks for at least 5 MiB, the default. */
  partBytes?: number
  /** How often a request is tried in all when the service is away or busy. Default 4. */
  tries?: number
  /** How long one request may take to be answered. Default 60,000 ms. */
  timeoutMs?: number
}

/**
 * Storage in a bucket that exists, by path-style addresses and Signature Version 4 over each body's hash.
 * What fits into one part is one PUT; more goes as a multipart upload, which S3 shows only when it is completed.
 * Throws Error `storage: …` with method, status and S3's error code; never with the key or the credentials.
 */
export function s3Storage(config: S3Config): Storage {
  const { bucket, partBytes = 5 * 1024 * 1024 } = config
  const ask = s3Client(config)
  const at = (key: string) => `${bucket}/${checkKey(key)}`

  return {
    async put(key, body, { size } = {}) {
      const path = at(key)
      const parts = inParts(body, partBytes)
      const first = await parts.next()
      const start = first.done ? Buffer.alloc(0) : first.value
      const second = await parts.next()
      if (second.done) {
        checkSize(size, start.length)
        await discard(await ask('PUT', path, { body: start }))
        return
      }

      const upload = textOf(await (await ask('POST', path, { query: { uploads: '' } })).text(), 'UploadId')
      if (!upload) throw new Error('storage: POST answered without an upload id')
      try {
        const tags: string[] = []
        let sent = 0
        const send = async (part: Buffer) => {
          const query = { partNumber: String(tags.length + 1), uploadId: upload }
          const answer = await ask('PUT', path, { query, body: part })
          await discard(answer)
          tags.push(answer.headers.get('etag') ?? '')
          sent += part.length
        }
        await send(start)
        await send(second.value)
        for await (const part of parts) await send(part)
        checkSize(size, sent)
        await complete(ask, path, upload, tags)
      } catch (error) {
        await parts.return(undefined)
        // Best effort: the bucket's lifecycle rule removes abandoned uploads as well.
        await ask('DELETE', path, { query: { uploadId: upload } }).then(discard, () => {})
        throw error
      }
    },

    async get(key) {
      const answer = await ask('GET', at(key), { missing: true })
      if (answer.status === 404) {
        // A missing bucket is a fault of the installation and must not look like a missing file.
        const code = textOf(await answer.text(), 'Code')
        if (code === 'NoSuchKey') return null
        throw new Error(`storage: GET answered 404 ${code ?? ''}`.trimEnd())
      }
      const size = Number(answer.headers.get('content-length') ?? Number.NaN)
      if (!Number.isSafeInteger(size) || !answer.body) throw new Error('storage: GET answered without a length')
      return { stream: answer.body, size }
    },

    remove: async (key) => discard(await ask('DELETE', at(key), { missing: true })),

    async *list(within) {
      const prefix = within ? `${checkKey(within)}/` : ''
      let next: string | null = null
      do {
        const query: Record<string, string> = { 'list-type': '2', prefix }
        if (next) query['continuation-token'] = next
        const page = await (await ask('GET', bucket, { query })).text()
        for (const [, item = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs))
          yield { key: textOf(item, 'Key') ?? '', size: Number(textOf(item, 'Size')) }
        next = textOf(page, 'IsTruncated') === 'true' ? textOf(page, 'NextContinuationToken') : null
      } while (next)
    },
  }
}

type Ask = ReturnType<typeof s3Client>

async function complete(ask: Ask, path: string, upload: string, tags: readonly string[]): Promise<void> {
  const parts = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`)
  const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`)
  const answer = await (await ask('POST', path, { query: { uploadId: upload }, body })).text()
  // S3 sends the status 200 before it knows whether completing works; the body tells.
  if (!answer.includes('<CompleteMultipartUploadResult'))
    throw new Error(`storage: POST answered 200 ${textOf(answer, 'Code') ?? 'without a result'}`)
}

/** Cuts the body into buffers of exactly `bytes`, the last one shorter. */
async function* inParts(body: Body, bytes: number): AsyncGenerator<Buffer, undefined> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunksOf(body)) {
    held.push(chunk)
    length += chunk.length
    if (length < bytes) continue
    const all = Buffer.concat(held)
    let from = 0
    for (; length - from >= bytes; from += bytes) yield all.subarray(from, from + bytes)
    held = from < length ? [all.subarray(from)] : []
    length -= from
  }
  if (length) yield Buffer.concat(held)
}

type Question = { query?: Record<string, string>; body?: Buffer; missing?: boolean }

/** Asks with a fresh signature each time; tries again on 429, 5xx and a broken connection. */
function s3Client({ endpoint, tries = 4, timeoutMs = 60_000, ...config }: S3Config) {
  const client = new AwsClient({ ...config, service: 's3' })
  return async function ask(method: string, path: string, { query, body, missing }: Question = {}): Promise<Response> {
    const url = new URL(`${endpoint.replace(/\/$/, '')}/${path}`)
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
    const headers = { 'x-amz-content-sha256': sha256(body ?? ''), 'accept-encoding': 'identity' }

    for (let turn = 1; ; turn++) {
      const answer = await once(await client.sign(url, { method, headers, body: body as BodyInit }), timeoutMs)
      // Not "instanceof Response": the HTTP server puts a class of its own in the place of the global one.
      if (!(answer instanceof Error)) {
        if (answer.ok || (missing && answer.status === 404)) return answer
        const again = turn < tries && (answer.status === 429 || answer.status >= 500)
        const code = textOf(await answer.text(), 'Code') ?? ''
        if (!again) throw new Error(`storage: ${method} answered ${answer.status} ${code}`.trimEnd())
      } else if (turn >= tries) {
        throw new Error(`storage: ${method} was not answered`, { cause: answer })
      }
      await wait(50 * 2 ** turn * (0.5 + Math.random()))
    }
  }
}

/** The answer, or the error of the connection. The limit ends with the headers: a long download is no fault. */
async function once(request: Request, timeoutMs: number): Promise<Response | Error> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), timeoutMs)
  try {
    return await fetch(request, { signal: stop.signal, redirect: 'error' })
  } catch (error) {
    return error as Error
  } finally {
    clearTimeout(timer)
  }
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/** Frees the connection. */
const discard = async (answer: Response) => void (await answer.arrayBuffer())

/** The text of the first such element in S3's flat XML, which has no attributes or nesting where we look. */
function textOf(xml: string, element: string): string | null {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1]
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#34': '"', '#39': "'" }
  return text?.replace(/&(amp|lt|gt|quot|apos|#34|#39);/g, (_, name) => entities[name] ?? '') ?? null
}
