import type { Adapter, AdapterPayload } from 'oidc-provider'

type Entry = { payload: AdapterPayload; until: number }

/**
 * Keeps the provider's codes, tokens and interactions in this process, up to a number of entries; the oldest go first.
 * The provider's own sessions are not kept at all: every sign-in of the trial asks whom to be.
 */
export function memoryAdapter(maxEntries = 10_000): (model: string) => Adapter {
  const entries = new Map<string, Entry>()

  const sweep = () => {
    for (const [key, { until }] of entries) {
      if (until > Date.now() && entries.size <= maxEntries) continue
      entries.delete(key)
    }
  }
  const find = (key: string) => {
    const entry = entries.get(key)
    return entry && entry.until > Date.now() ? entry.payload : undefined
  }

  return (model) => {
    const key = (id: string) => `${model} ${id}`
    return {
      async upsert(id, payload, expiresIn) {
        if (model === 'Session') return
        entries.set(key(id), { payload, until: Date.now() + (expiresIn ?? 3600) * 1000 })
        if (entries.size > maxEntries) sweep()
      },
      find: async (id) => find(key(id)),
      async consume(id) {
        const payload = find(key(id))
        if (payload) payload.consumed = Math.floor(Date.now() / 1000)
      },
      async destroy(id) {
        entries.delete(key(id))
      },
      async revokeByGrantId(grantId) {
        for (const [at, { payload }] of entries) if (payload.grantId === grantId) entries.delete(at)
      },
      // Device flow and stored sessions are not offered.
      findByUserCode: async () => undefined,
      findByUid: async () => undefined,
    }
  }
}
