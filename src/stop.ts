import type { Server, ServerResponse } from 'node:http'
import type { EmbeddedServer } from '#platform/embedded-postgres.ts'
import type { House } from './house.ts'

/** What runs so far. Filled while the application starts, so that a signal finds it at any moment. */
export type Running = {
  embedded: EmbeddedServer | null
  server: Server | null
  house: House | null
  /** Set by a signal: no further step of the start is begun. */
  stopping: boolean
}

/** How long requests in hand may take. A proxy in front gives up earlier. */
const patienceMs = 10_000

/**
 * Starts, and stops in good order when asked: requests in hand finish, jobs in hand too; then the database server stops.
 * Asked while it still starts, it stops as soon as what has begun can be stopped. A second signal doesn't wait.
 * Ends the process; throws only what the start throws.
 */
export async function stopOnSignal(start: (running: Running) => Promise<void>) {
  const running: Running = { embedded: null, server: null, house: null, stopping: false }
  const asked = new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (running.stopping) {
          running.embedded?.quit()
          process.exit(130)
        }
        running.stopping = true
        done()
      })
    }
  })
  try {
    await start(running)
  } catch (error) {
    await close(running).catch(() => undefined)
    throw error
  }
  const answering = running.server ? watchAnswers(running.server) : new Set<ServerResponse>()
  await asked
  await close(running, answering)
  process.exit(0)
}

async function close({ server, house, embedded }: Running, answering: ReadonlySet<ServerResponse> = new Set()) {
  if (server?.listening) await closeServer(server, answering)
  try {
    await house?.close()
  } finally {
    await embedded?.stop()
  }
}

/** Takes no new connections, and ends each that is open after the answer in hand. */
async function closeServer(server: Server, answering: ReadonlySet<ServerResponse>) {
  const closed = new Promise((done) => server.close(done))
  server.closeIdleConnections()
  // A browser that keeps its connection open would otherwise go on asking until it's cut in the middle of an answer.
  const last = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('connection', 'close')
  }
  for (const response of answering) last(response)
  server.prependListener('request', (_, response) => last(response))
  const slow = setTimeout(() => server.closeAllConnections(), patienceMs)
  await closed
  clearTimeout(slow)
}

/** The answers that are being worked on now. */
function watchAnswers(server: Server): ReadonlySet<ServerResponse> {
  const answering = new Set<ServerResponse>()
  server.prependListener('request', (_, response) => {
    answering.add(response)
    response.once('close', () => answering.delete(response))
  })
  return answering
}
