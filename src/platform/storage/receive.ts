import { createHash } from 'node:crypto'
import { type Body, chunksOf } from '../storage.ts'
import { type Content, endingOf, headBytes, knownTypes, watchContent } from './content-type.ts'

/**
 * Why a file is not received: over the limit; not of an accepted type or not what its name says; no bytes; broken off; a
 * text with what looks like an 個人番号.
 */
export type FileFault = 'too-large' | 'wrong-type' | 'empty' | 'cut' | 'my-number'

export class FileRefused extends Error {
  readonly fault: FileFault
  constructor(fault: FileFault, options?: ErrorOptions) {
    super(`file refused: ${fault}`, options)
    this.name = 'FileRefused'
    this.fault = fault
  }
}

export type Received = {
  /** In bytes. */
  size: number
  /** SHA-256, in hexadecimal. */
  sha256: string
  /** Media type, by the content. */
  type: string
  /** How text is written; null for what is no text. */
  charset: Content['charset']
}

/**
 * Receives a file: counts, hashes and looks at the content while the bytes go on to the sink, and holds no more than
 * about two megabytes. The bytes end only after every check has passed: a sink that keeps nothing of a body that throws,
 * such as `(body) => storage.put(key, body)`, never keeps a refused file.
 *
 * `accept` are media types of `knownTypes`; `name` is the announced file name, whose ending must fit the content.
 * Throws FileRefused, or what the sink threw by itself; RangeError if `accept` holds a type that is never received.
 */
export async function receiveFile(
  stream: Body,
  { maxBytes, accept, name = '' }: { maxBytes: number; accept: readonly string[]; name?: string },
  sink: (body: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<Received> {
  for (const type of accept) if (!knownTypes[type]) throw new RangeError(`files of type ${type} are never received`)

  const ending = endingOf(name)
  const source = counted(stream, maxBytes)
  try {
    const head = await readHead(source)
    if (head.length === 0) throw new FileRefused('empty')
    const watch = await watchContent(head.subarray(0, headBytes), accept, ending)
    if (watch.hopeless) throw new FileRefused('wrong-type')

    const hash = createHash('sha256')
    const received: Received[] = []
    let size = 0
    async function* checked() {
      for await (const chunk of withHead(head, source)) {
        size += chunk.length
        hash.update(chunk)
        watch.see(chunk)
        yield chunk
      }
      const content = watch.end()
      if (content === 'too-large' || content === 'my-number') throw new FileRefused(content)
      if (!content || !accept.includes(content.type)) throw new FileRefused('wrong-type')
      if (ending !== null && !knownTypes[content.type]!.includes(ending)) throw new FileRefused('wrong-type')
      received.push({ size, sha256: hash.digest('hex'), ...content })
    }
    await sink(checked())
    if (!received[0]) throw new Error('the sink did not read the file to its end')
    return received[0]
  } finally {
    await source.return(undefined)
  }
}

/** Ends at the first byte over the limit, and stops the sender's stream; names a break of the stream as such. */
async function* counted(stream: Body, maxBytes: number): AsyncGenerator<Uint8Array, undefined> {
  let size = 0
  const chunks = chunksOf(stream)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await chunks.next().catch((cause) => {
        throw new FileRefused('cut', { cause })
      })
      if (next.done) return
      size += next.value.length
      if (size > maxBytes) throw new FileRefused('too-large')
      if (next.value.length) yield next.value
    }
  } finally {
    await chunks.return?.().catch(() => {})
  }
}

async function readHead(source: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let length = 0; length < headBytes; ) {
    const next = await source.next()
    if (next.done) break
    parts.push(next.value)
    length += next.value.length
  }
  return Buffer.concat(parts)
}

async function* withHead(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  yield* rest
}
