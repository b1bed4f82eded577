import type { CustomFetch } from 'openid-client'
import { SignInFailed } from './failure.ts'

export type Bounds = {
  /** Time for a whole answer, its body too. */
  timeoutMs: number
  maxBytes: number
  /** Whether an address may be asked at all. */
  permitted(url: URL): boolean
  /** What asks the network. */
  fetch: typeof fetch
}

/** A fetch for the provider's endpoints: only permitted addresses, no redirects, one time limit and one size limit. */
export function boundedFetch({ timeoutMs, maxBytes, permitted, fetch }: Bounds): CustomFetch {
  return async (url, options) => {
    if (!permitted(new URL(url))) throw new SignInFailed('insecure')
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const init = { ...options, body: options.body as BodyInit, redirect: 'manual', signal } satisfies RequestInit
      const { status, headers, body } = await fetch(url, init)
      const bytes = body ? await readUpTo(body, maxBytes) : null
      return new Response([204, 205, 304].includes(status) ? null : bytes, { status, headers })
    } catch (error) {
      if (error instanceof SignInFailed) throw error
      throw new SignInFailed(signal.aborted ? 'timeout' : 'unreachable')
    }
  }
}

async function readUpTo(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > maxBytes) throw new SignInFailed('too-large')
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}
