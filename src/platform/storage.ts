/** Where the bytes of files are kept: a folder (storage/folder.ts) or an S3-compatible store (storage/s3.ts). */
export type Storage = {
  /**
   * Keeps all bytes of the body under the key, replacing what was there. When it returns, they are durable; when it
   * throws (also because the body did, or its length was not `size`), the key is as before. Bytes, not characters.
   */
  put(key: string, body: Body, options?: { size?: number }): Promise<void>
  /** The bytes and their number, or null if nothing is kept there. Read the stream to its end or cancel it. */
  get(key: string): Promise<{ stream: ReadableStream<Uint8Array>; size: number } | null>
  /** Removes it durably; no error if nothing is there. */
  remove(key: string): Promise<void>
  /** Everything kept below a folder (`a/b` finds `a/b/c`, not `a/b` or `a/bc`), or everything; in no particular order. */
  list(folder?: string): AsyncIterable<{ key: string; size: number }>
}

export type Body = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>

const keyShape = /^[a-z0-9-]+(?:\/[a-z0-9-]+)*$/
const keyLength = 300

/**
 * The key itself, if it is names of a-z, 0-9 and hyphen joined by single slashes; throws RangeError otherwise.
 * So no key can leave the folder, and no two keys differ by letter case only.
 */
export function checkKey(key: string): string {
  if (!isKey(key)) throw new RangeError('not a storage key')
  return key
}

/** Whether it is such a key. */
export const isKey = (key: string): boolean => key.length <= keyLength && keyShape.test(key)

/** The chunks of either kind of body. */
export const chunksOf = (body: Body): AsyncIterable<Uint8Array> => body as AsyncIterable<Uint8Array>

/** Says that the body was not as long as announced; thrown by put before anything is kept. */
export function checkSize(size: number | undefined, actual: number): void {
  if (size !== undefined && size !== actual) throw new Error(`storage: announced ${size} bytes, got ${actual}`)
}
