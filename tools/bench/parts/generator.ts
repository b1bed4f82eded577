import { connect, type Socket } from 'node:net'

/**
 * The load generator, in a process of its own (run by Node as it stands): so many connections, each asking the next
 * request as soon as it has an answer, or as soon as one is due. It reads no more of an answer than it needs, so that it
 * takes little of the machine that it shares with what it measures.
 */

/** What it is told, as one message. */
export type Order = {
  ports: readonly number[]
  connections: number
  /** Whole HTTP requests, as they stand on the wire. */
  requests: readonly string[]
  /** Left out: each request once. Else: around and around for so long. */
  seconds?: number
  /**
   * So many become due a second, each once, whether the ones before are answered or not, as people come who don't know of
   * each other (a Poisson process). A time is then counted from when a request was due, its wait for a connection with it.
   */
  perSecond?: number
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

async function generate({ ports, connections, perSecond, ...order }: Order): Promise<Measured> {
  const times: number[] = []
  const byStatus: Record<string, number> = {}
  const cpu = process.cpuUsage()
  const wire = order.requests.map((request) => Buffer.from(request))
  const begun = performance.now()
  const take = perSecond === undefined ? atOnce(wire, order.seconds) : inTime(wire, perSecond)
  const one = (port: number) =>
    new Promise<void>((done, fail) => {
      const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
      let since = 0
      let got: Buffer = Buffer.alloc(0)
      const ask = () =>
        take((due) => {
          if (!due) {
            socket.end()
            return done()
          }
          since = due.since
          socket.write(due.request)
        })
      socket.on('connect', ask)
      socket.on('error', fail)
      socket.on('close', () => fail(new Error('a connection was closed in the middle')))
      socket.on('data', (piece) => {
        got = got.length === 0 ? piece : Buffer.concat([got, piece])
        if (!isWhole(got)) return
        times.push(performance.now() - since)
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

type Due = { request: Buffer; since: number }
/** Gives a free connection what it asks next, at once or when it is due; null when nothing comes any more. */
type Take = (give: (due: Due | null) => void) => void

/** Everybody asks again at once: each request once, or around and around for so many seconds. */
function atOnce(wire: readonly Buffer[], seconds?: number): Take {
  const until = performance.now() + (seconds ?? Number.POSITIVE_INFINITY) * 1000
  let at = 0
  return (give) => {
    const since = performance.now()
    const over = seconds === undefined ? at >= wire.length : since > until
    const request = over ? undefined : wire[at++ % wire.length]
    give(request ? { request, since } : null)
  }
}

/** Each is due when its moment has come; those that find no connection free wait for one. */
function inTime(wire: readonly Buffer[], perSecond: number): Take {
  const free: ((due: Due | null) => void)[] = []
  const waiting: Due[] = []
  let at = 0
  let moment = performance.now()
  const come = () => {
    const now = performance.now()
    for (; at < wire.length && moment <= now; at++) {
      const due = { request: wire[at] as Buffer, since: moment }
      const give = free.shift()
      if (give) give(due)
      else waiting.push(due)
      moment += (-Math.log(1 - Math.random()) / perSecond) * 1000
    }
    if (at < wire.length) setTimeout(come, moment - now)
    else for (const give of free.splice(0)) give(null)
  }
  come()
  return (give) => {
    const due = waiting.shift()
    if (due || at >= wire.length) give(due ?? null)
    else free.push(give)
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
