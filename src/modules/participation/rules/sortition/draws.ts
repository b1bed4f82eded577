/**
 * All chance comes from the seed, by SHA-256 (FIPS 180-4), so that anybody can recompute it: printf 'attaka-panel-1\nlot\nSEED\nID' | sha256sum.
 * The text hashed is UTF-8; its lines end with one line feed, the last with none.
 */
async function digest(...lines: readonly string[]): Promise<Uint8Array> {
  const text = new TextEncoder().encode(['attaka-panel-1', ...lines].join('\n'))
  return new Uint8Array(await crypto.subtle.digest('SHA-256', text))
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A lot for each id: 64 hexadecimal digits. Sorting by lots puts them into an order that is as random as the seed, and the same for everybody. */
export async function lotsOf(seed: string, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map(await Promise.all(ids.map(async (id) => [id, hex(await digest('lot', seed, id))] as const)))
}

/**
 * One of 0 … count − 1, each equally likely: the first four bytes of the hash as a number, most significant first; one that lies in the last,
 * incomplete round of `count` is rejected, and the counter (0, 1, 2, …) goes up.
 */
export async function drawBelow(seed: string, count: number): Promise<number> {
  const rounds = Math.floor(2 ** 32 / count) * count
  for (let counter = 0; ; counter++) {
    const bytes = await digest('draw', seed, `${counter}`)
    const number = new DataView(bytes.buffer).getUint32(0)
    if (number < rounds) return number % count
  }
}
