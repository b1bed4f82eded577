import { type Agent, type ClientRequest, request } from 'node:http'

/** One answer, received to its last byte. */
export type Answer = { status: number; headers: Record<string, string>; cookies: string[]; body: string }

export type Question = {
  base: string
  path: string
  /** Present: a post. */
  form?: URLSearchParams
  headers?: Record<string, string>
  /** The loopback address that the question comes from: the application counts posts by address. */
  from?: string
  agent?: Agent
  /** How long the answer may stay silent. */
  patienceMs?: number
  /** Told when all has been handed over to the system. */
  sent?(): void
  /** Set: the form is held back until this is fulfilled; the application has the head and waits. */
  holdForm?(taken: Promise<void>): Promise<void>
}

/**
 * Asks by HTTP/1.1.
 * @throws with `code`: what the system says (ECONNREFUSED, ECONNRESET …), CUT_SHORT when an answer that had begun
 * didn't come to its end, SILENT when none came in time, STALE when a kept connection was closed while nothing was asked
 * on it (browsers then ask once more by themselves)
 */
export function ask(question: Question): Promise<Answer> {
  const { base, path, form, from, agent, patienceMs = 45_000, sent, holdForm } = question
  const url = new URL(path, base)
  const body = form?.toString()
  return new Promise((done, fail) => {
    const asked: ClientRequest = request({
      host: url.hostname,
      port: url.port,
      path: url.pathname + url.search,
      method: form ? 'POST' : 'GET',
      agent: agent ?? false,
      ...(from && { localAddress: from }),
      headers: {
        accept: 'text/html',
        // What a proxy would say, where the application believes one.
        ...(from && { 'x-forwarded-for': from }),
        ...(body !== undefined && {
          origin: base,
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(Buffer.byteLength(body)),
        }),
        ...(holdForm && { expect: '100-continue' }),
        ...question.headers,
      },
    })
    let begun = false
    asked.setTimeout(patienceMs, () => asked.destroy(fault('SILENT', `no answer to ${path} in ${patienceMs} ms`)))
    asked.on('error', (error: NodeJS.ErrnoException) => {
      const stale = asked.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '')
      fail(begun ? fault('CUT_SHORT', error.message) : stale ? fault('STALE', error.message) : error)
    })
    asked.on('response', (answer) => {
      begun = true
      let text = ''
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      answer.on('error', (error) => fail(fault('CUT_SHORT', error.message)))
      answer.on('end', () => {
        if (!answer.complete) return fail(fault('CUT_SHORT', `the answer to ${path} ended early`))
        const headers = Object.fromEntries(
          Object.entries(answer.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
        )
        done({ status: answer.statusCode ?? 0, headers, cookies: answer.headers['set-cookie'] ?? [], body: text })
      })
    })
    if (holdForm) {
      const taken = new Promise<void>((go) => asked.once('continue', go))
      asked.flushHeaders()
      holdForm(taken).then(() => asked.end(body, sent), fail)
    } else asked.end(body, sent)
  })
}

const fault = (code: string, message: string) => Object.assign(new Error(message), { code })
