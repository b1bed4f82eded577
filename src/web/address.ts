import { isIPv4, isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Ctx } from './context.ts'

/** The address that asks, as one that counts for itself: the connection's, or what the last trusted proxy says. */
export const addressOf = (c: Ctx, hops: number): string => oneOnNet(given(c, hops))

function given(c: Ctx, hops: number): string {
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
  if (hops > 0 && forwarded.length >= hops) return forwarded.at(-hops) || 'unknown'
  try {
    return getConnInfo(c).remote.address ?? 'unknown'
  } catch {
    return 'unknown'
  }
}

/**
 * What counts as one address. Some proxies add the port, which is another each time; and of IPv6 everybody has a whole /64
 * (RFC 6177), so its first half is what tells people apart.
 */
function oneOnNet(address: string): string {
  const text = address
    .replace(/^\[([^\]]+)\](?::\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/%.*$/, '')
  const mapped = /^::ffff:([\d.]+)$/i.exec(text)?.[1]
  if (mapped && isIPv4(mapped)) return mapped
  if (!isIPv6(text)) return text
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::')
  const groups = (part: string) => part.split(':').filter(Boolean)
  const gap = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length
  return [...groups(head), ...Array<string>(gap).fill('0'), ...groups(tail ?? '')].slice(0, 4).join(':')
}
