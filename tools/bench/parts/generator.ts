import { connect, type Socket } from 'node:net'

/**
 * The load generator, in a process of its own (run by Node as it stands): keeps so many connections busy, each asking
 * the next request as soon as it has an answer. It reads no more of an answer than it needs, so that it takes little of
 * the machine that it shares with what it measures.
 */

/** What it is told, as one message. */
export type Order = {
  ports: readonly number[]
  connections: number
  /** Whole HTTP requests, as they stand on the wire. */
  requests: readonly string[]
  /** Left out: each request once. Else: around and around for so long. */
  seconds?: number
}

/** What it answers. Times in milliseconds. */
export type Measured = {
  seconds: number
  answers: number
  byStatus: Record<string, number>
  p50: number
  p99: number
  longest: number
  /** CPU time that the generator itself has used. */
  cpuSeconds: number
}

process.once('message', async (order: Order) => {
  process.send?.(await generate(order))
  process.disconnect()
})

async function generate({ ports, connections, requests, seconds }: Order): Promise<Measured> {
  const times: number[] = []
  const byStatus: Record<string, number> = {}
  const cpu = process.cpuUsage()
  const wire = requests.map((request) => Buffer.from(request))
  let at = 0
  const begun = performance.now()
  const until = seconds === undefined ? Number.POSITIVE_INFINITY : begun + seconds * 1000
  const next = () => {
    if (performance.now() > until) return null
    if (seconds === undefined && at >= wire.length) return null
    return wire[at++ % wire.length] ?? null
  }
  const one = (port: number) =>
    new Promise<void>((done, fail) => {
      const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
      let asked = 0
      let got: Buffer = Buffer.alloc(0)
      const ask = () => {
        const request = next()
        if (!request) {
          socket.end()
          return done()
        }
        asked = performance.now()
        socket.write(request)
      }
      socket.on('connect', ask)
      socket.on('error', fail)
      socket.on('close', () => fail(new Error('a connection was closed in the middle')))
      socket.on('data', (piece) => {
        got = got.length === 0 ? piece : Buffer.concat([got, piece])
        if (!isWhole(got)) return
        times.push(performance.now() - asked)
        const status = got.toString('latin1', 9, 12)
        byStatus[status] = (byStatus[status] ?? 0) + 1
        got = Buffer.alloc(0)
        ask()
      })
    })
  await Promise.all(Array.from({ length: connections }, (_, n) => one(ports[n % ports.length] as number)))
  const took = (performance.now() - begun) / 1000
  const { user, system } = process.cpuUsage(cpu)
  times.sort((a, b) => a - b)
  const share = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0
  return {
    seconds: took,
    answers: times.length,
    byStatus,
    p50: share(0.5),
    p99: share(0.99),
    longest: times.at(-1) ?? 0,
    cpuSeconds: (user + system) / 1e6,
  }
}

/** Has all of an answer arrived? Its head says how long it is, or it comes in pieces that end with an empty one. */
function isWhole(got: Buffer): boolean {
  const headEnd = got.indexOf('\r\n\r\n')
  if (headEnd < 0) return false
  const head = got.toString('latin1', 0, headEnd).toLowerCase()
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1]
  if (length !== undefined) return got.length >= headEnd + 4 + Number(length)
  if (head.includes('\r\ntransfer-encoding: chunked')) return got.subarray(-5).toString('latin1') === '0\r\n\r\n'
  return true
}
