import { isIPv4, isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Log } from '#platform/log.ts'
import type { Ctx } from './context.ts'

/**
 * Opens what tells the address that asks, as one that counts for itself: the connection's, or what the last trusted proxy says.
 * The log is told, once, where `PROXY_HOPS` can't be right: a proxy stands before us that isn't counted, so that everybody has
 * its address and its limits; or requests come past the proxies that are counted.
 */
export function openAddress(hops: number, log: Log) {
  let told = false
  return (c: Ctx): string => {
    const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').flatMap((part) => part.trim() || [])
    const seen = forwarded.length
    if (!told && (hops === 0 ? seen > 0 : seen < hops)) {
      told = true
      log('proxy-hops', { expected: hops, seen })
    }
    return oneOnNet((hops > 0 && forwarded.at(-hops)) || connected(c))
  }
}

function connected(c: Ctx): string {
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
