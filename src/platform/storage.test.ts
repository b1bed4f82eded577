import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderStorage } from './storage/folder.ts'
import { s3Storage } from './storage/s3.ts'
import { signedRight } from './storage/s3-signature.ts'
import { checkKey, type Storage } from './storage.ts'

const S3rver = createRequire(import.meta.url)('s3rver')

let folder = ''
let s3: Server
const s3Config = {
  endpoint: '',
  region: 'us-east-1',
  bucket: 'attaka',
  accessKeyId: 'S3RVER',
  secretAccessKey: 'S3RVER',
}
const partBytes = 5 * 1024 * 1024
const stores: Record<string, () => Storage> = {
  'a folder': () => folderStorage(join(folder, 'kept/files')),
  S3: () => s3Storage({ ...s3Config, partBytes }),
}

beforeAll(async () => {
  // As in the application, whose HTTP server replaces these two; it puts back the one (main.ts).
  const { Request } = globalThis
  getRequestListener(() => new Response())
  Object.defineProperty(globalThis, 'Request', { value: Request })
  folder = await mkdtemp(join(tmpdir(), 'attaka-storage-'))
  const configureBuckets = [{ name: s3Config.bucket }]
  const s3rver = new S3rver({ silent: true, directory: join(folder, 's3'), configureBuckets })
  await s3rver.configureBuckets()
  const answer = s3rver.callback()
  s3 = createServer((request, response) => {
    if (signedRight(request, s3Config.secretAccessKey)) answer(request, response)
    else response.writeHead(403, { connection: 'close' }).end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
  })
  s3Config.endpoint = await listening(s3)
})

afterAll(async () => {
  await closed(s3)
  await rm(folder, { recursive: true })
})

async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function closed(server: Server): Promise<unknown> {
  server.closeAllConnections()
  return new Promise((done) => server.close(done))
}

async function* chunks(...parts: (string | Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part
    yield Buffer.from(part)
  }
}

async function read(storage: Storage, key: string): Promise<Buffer | null> {
  const found = await storage.get(key)
  if (!found) return null
  const bytes = Buffer.from(await new Response(found.stream).arrayBuffer())
  expect(found.size).toBe(bytes.length)
  return bytes
}

async function all(storage: Storage, within?: string) {
  const found: { key: string; size: number }[] = []
  for await (const one of storage.list(within)) found.push(one)
  return found
}

describe.each(Object.keys(stores))('storage in %s', (name) => {
  const storage = new Proxy({} as Storage, { get: (_, verb: keyof Storage) => stores[name]!()[verb] })

  test('keeps bytes from an iterable and from a stream, and gives them back', async () => {
    const bytes = randomBytes(70_000)
    await storage.put('mie/2026/a', chunks(bytes.subarray(0, 1), bytes.subarray(1)), { size: bytes.length })
    expect(await read(storage, 'mie/2026/a')).toEqual(bytes)

    await storage.put('mie/2026/b', new Blob(['三重県']).stream())
    expect((await read(storage, 'mie/2026/b'))?.toString()).toBe('三重県')
  })

  test('keeps nothing at all as nothing at all', async () => {
    await storage.put('mie/empty', chunks())
    expect(await read(storage, 'mie/empty')).toHaveLength(0)
  })

  test('keeps more than one part', async () => {
    const bytes = randomBytes(2 * partBytes + 12_345)
    const pieces = Array.from({ length: 11 }, (_, i) => bytes.subarray(i * 1_000_000, (i + 1) * 1_000_000))
    await storage.put('mie/large', chunks(...pieces), { size: bytes.length })
    expect((await read(storage, 'mie/large'))?.equals(bytes)).toBe(true)

    const exact = randomBytes(2 * partBytes)
    await storage.put('mie/large', chunks(exact))
    expect((await read(storage, 'mie/large'))?.equals(exact)).toBe(true)
  })

  test('replaces whole', async () => {
    await storage.put('mie/again', chunks('first, and longer'))
    await storage.put('mie/again', chunks('second'))
    expect((await read(storage, 'mie/again'))?.toString()).toBe('second')
  })

  test('leaves everything as before when the body breaks or has another length', async () => {
    await storage.put('mie/safe', chunks('before'))
    const cut = new Error('cut')
    await expect(storage.put('mie/safe', chunks('af', cut))).rejects.toBe(cut)
    await expect(storage.put('mie/new', chunks('af', cut))).rejects.toBe(cut)
    await expect(storage.put('mie/new', chunks(randomBytes(2 * partBytes), cut))).rejects.toBe(cut)
    await expect(storage.put('mie/safe', chunks('after'), { size: 6 })).rejects.toThrow('announced 6 bytes, got 5')
    await expect(storage.put('mie/new', chunks(randomBytes(partBytes + 1)), { size: 1 })).rejects.toThrow('announced')
    expect((await read(storage, 'mie/safe'))?.toString()).toBe('before')
    expect(await read(storage, 'mie/new')).toBeNull()
  })

  test('finds nothing where nothing is, and removes twice without complaint', async () => {
    await storage.put('mie/gone', chunks('x'))
    await storage.remove('mie/gone')
    await storage.remove('mie/gone')
    expect(await read(storage, 'mie/gone')).toBeNull()
    expect(await storage.get('never/was/here')).toBeNull()
  })

  test('keeps a key and the keys below it apart', async () => {
    await storage.put('tsu', chunks('folder name'))
    await storage.put('tsu/file', chunks('below'))
    expect((await read(storage, 'tsu'))?.toString()).toBe('folder name')
    expect((await read(storage, 'tsu/file'))?.toString()).toBe('below')
  })

  test('lists what is below a folder', async () => {
    for (const key of ['list/b', 'list/a/2', 'list/a-1', 'list/a/1', 'lists/x']) await storage.put(key, chunks(key))
    expect((await all(storage, 'list')).sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { key: 'list/a-1', size: 8 },
      { key: 'list/a/1', size: 8 },
      { key: 'list/a/2', size: 8 },
      { key: 'list/b', size: 6 },
    ])
    expect(await all(storage, 'nothing')).toEqual([])
    expect((await all(storage)).map(({ key }) => key)).toContain('lists/x')
  })

  test('refuses every key that could mean another place', async () => {
    for (const key of [
      '',
      '/',
      '../x',
      'a/../b',
      'a//b',
      '/a',
      'a/',
      'A',
      'a b',
      'a.b',
      '県',
      'a\0',
      'a\n',
      '%2e%2e',
    ]) {
      await expect(storage.put(key, chunks('x'))).rejects.toThrow(RangeError)
      await expect(storage.get(key)).rejects.toThrow(RangeError)
      await expect(storage.remove(key)).rejects.toThrow(RangeError)
    }
    expect(() => checkKey('a'.repeat(301))).toThrow(RangeError)
  })

  test('puts to one key at once end with one of them whole', async () => {
    const bodies = Array.from({ length: 8 }, (_, i) => String(i).repeat(50_000))
    await Promise.all(bodies.map((body) => storage.put('race/one', chunks(body))))
    expect(bodies).toContain((await read(storage, 'race/one'))?.toString())
  })

  test('a reader may stop early', async () => {
    await storage.put('mie/long', chunks(randomBytes(300_000)))
    const found = await storage.get('mie/long')
    await found?.stream.cancel()
    await storage.remove('mie/long')
  })
})

test('the folder sweeps what a killed process left, and leaves a living upload alone', async () => {
  const root = join(folder, 'swept')
  await folderStorage(root).put('a', chunks('x'))
  await writeFile(join(root, '.incoming/old'), 'half')
  await utimes(join(root, '.incoming/old'), 0, 0)
  await writeFile(join(root, '.incoming/young'), 'half')
  await folderStorage(root).put('b', chunks('y'))
  expect(await readdir(join(root, '.incoming'))).toEqual(['young'])
  expect((await all(folderStorage(root))).map(({ key }) => key).sort()).toEqual(['a', 'b'])
})

describe('S3 that is not well', () => {
  test('a wrong key is refused without telling it', async () => {
    const wrong = s3Storage({ ...s3Config, secretAccessKey: 'wrong-secret' })
    await expect(wrong.put('mie/x', chunks('x'))).rejects.toThrow('storage: PUT answered 403 SignatureDoesNotMatch')
    await expect(wrong.get('mie/x')).rejects.toThrow('storage: GET answered 403')
  })

  test('a missing bucket is an error, not a missing file', async () => {
    const wrong = s3Storage({ ...s3Config, bucket: 'elsewhere' })
    await expect(wrong.get('mie/x')).rejects.toThrow('storage: GET answered 404 NoSuchBucket')
  })

  test('busy answers are asked again with the whole body and its hash, and given up after the tries', async () => {
    const asked: { method?: string; body: string; right: boolean }[] = []
    const busy = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray())
      const hash = createHash('sha256').update(body).digest('hex')
      asked.push({
        method: request.method,
        body: body.toString(),
        right: hash === request.headers['x-amz-content-sha256'] && signedRight(request, s3Config.secretAccessKey),
      })
      response.writeHead(asked.length < 3 ? 503 : 200).end(asked.length < 3 ? '<Code>SlowDown</Code>' : '')
    })
    const endpoint = await listening(busy)
    await s3Storage({ ...s3Config, endpoint }).put('a', chunks('津'))
    expect(asked).toEqual(new Array(3).fill({ method: 'PUT', body: '津', right: true }))

    asked.length = 0
    await expect(s3Storage({ ...s3Config, endpoint, tries: 2 }).put('a', chunks('x'))).rejects.toThrow('503 SlowDown')
    await closed(busy)
    await expect(s3Storage({ ...s3Config, endpoint, tries: 1 }).put('a', chunks('x'))).rejects.toThrow('not answered')
  })

  test('a store that never answers is given up in time', async () => {
    const silent = createServer(() => {})
    const endpoint = await listening(silent)
    await expect(s3Storage({ ...s3Config, endpoint, tries: 1, timeoutMs: 30 }).get('a')).rejects.toThrow('not answered')
    await closed(silent)
  })

  test('an upload that fails when it is completed is not taken for kept', async () => {
    const asked: string[] = []
    const failing = createServer(async (request, response) => {
      await request.toArray()
      asked.push(`${request.method} ${request.url?.split('?')[1]}`)
      if (request.url?.includes('uploads=')) return response.end('<UploadId>u&amp;1</UploadId>')
      if (request.method === 'POST') return response.end('<Error><Code>InternalError</Code></Error>')
      response.end()
    })
    const storage = s3Storage({ ...s3Config, endpoint: await listening(failing), partBytes: 2 })
    await expect(storage.put('a', chunks('abc'))).rejects.toThrow('storage: POST answered 200 InternalError')
    const parts = ['PUT partNumber=1&uploadId=u%261', 'PUT partNumber=2&uploadId=u%261']
    expect(asked).toEqual(['POST uploads=', ...parts, 'POST uploadId=u%261', 'DELETE uploadId=u%261'])
    await closed(failing)
  })

  test('a long list is read page by page', async () => {
    const paged = createServer((request, response) => {
      const second = new URL(request.url ?? '', 'http://s3').searchParams.get('continuation-token') === 'a=&b'
      const more = '<IsTruncated>true</IsTruncated><NextContinuationToken>a=&amp;b</NextContinuationToken>'
      const item = `<Contents><Key>k/${second ? 2 : 1}</Key><Size>3</Size></Contents>`
      response.end(`<ListBucketResult>${second ? '<IsTruncated>false</IsTruncated>' : more}${item}</ListBucketResult>`)
    })
    const storage = s3Storage({ ...s3Config, endpoint: await listening(paged) })
    expect(await all(storage, 'k')).toEqual([
      { key: 'k/1', size: 3 },
      { key: 'k/2', size: 3 },
    ])
    await closed(paged)
  })
})

test('the signature check of these tests agrees with the example in the S3 documentation', () => {
  const scope = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'
  const signature = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'
  const headers = {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-amz-date': '20130524T000000Z',
    authorization: `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=${signature}`,
  }
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
  expect(signedRight({ method: 'GET', url: '/test.txt', headers }, secret)).toBe(true)
  expect(signedRight({ method: 'PUT', url: '/test.txt', headers }, secret)).toBe(false)
})
