import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Measured, Order } from './generator.ts'

/** Has the load generator work in a process of its own. @throws when it couldn't get its answers */
export async function generate(order: Order): Promise<Measured> {
  const child = fork(join(process.cwd(), 'tools/bench/parts/generator.ts'), { execArgv: [], serialization: 'advanced' })
  child.send(order)
  const [answer] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the load generator ended with ${code}`)
    }),
  ])) as [Measured]
  return answer
}

/** Throws unless every answer had this status: a figure of refusals is no figure. */
export function assertAll(status: number, { answers, byStatus }: Measured) {
  if (byStatus[String(status)] !== answers) throw new Error(`expected ${status} only: ${JSON.stringify(byStatus)}`)
}

/** One request as it stands on the wire; a post where there are fields. */
export function requestOf(
  base: string,
  path: string,
  { cookie, from, fields }: { cookie?: string; from?: string; fields?: Record<string, string> } = {},
): string {
  const { host, origin } = new URL(base)
  const body = fields && new URLSearchParams(fields).toString()
  const lines = [
    `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Accept: text/html',
    'Accept-Encoding: gzip',
    ...(cookie ? [`Cookie: ${cookie}`] : []),
    ...(from ? [`X-Forwarded-For: ${from}`] : []),
    ...(body === undefined
      ? []
      : [
          `Origin: ${origin}`,
          'Content-Type: application/x-www-form-urlencoded',
          `Content-Length: ${Buffer.byteLength(body)}`,
        ]),
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`
}
