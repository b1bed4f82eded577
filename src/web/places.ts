import type { Hono } from 'hono'
import type { Tenant } from '#platform/tenants.ts'
import type { Web } from './context.ts'

/** Where a request goes: which tenant, under which base, to which path inside it. */
export type Place = { tenant: string | null; base: string; path: string }

/** Paths that belong to the instance rather than to a tenant. */
const instancePaths = /^\/(assets\/|healthz$|readyz$|metrics$|trial-provider(\/|$)|favicon\.ico$|robots\.txt$)/

/**
 * Tells tenants apart: by host name, and in trial mode also by the first part of the path.
 * `tenants` maps ids and hosts; it's asked anew for each request, so that it may be refreshed meanwhile.
 */
export function placeOf(url: URL, tenants: readonly Tenant[], byPath: boolean): Place {
  const path = url.pathname
  if (instancePaths.test(path)) return { tenant: null, base: '', path }
  const host = url.host.toLowerCase()
  const byHost = tenants.find((tenant) => tenant.hosts.includes(host) || tenant.hosts.includes(url.hostname))
  if (byHost) return { tenant: byHost.tenant, base: '', path }
  if (!byPath) return { tenant: null, base: '', path }
  const [, first = ''] = path.split('/', 2)
  if (!tenants.some((tenant) => tenant.tenant === first)) return { tenant: null, base: '', path }
  return { tenant: first, base: `/${first}`, path: path.slice(first.length + 1) || '/' }
}

/**
 * Where an address leads that only takes forms: to the nearest page above it, which shows the form. People come to
 * such an address by reloading, by a bookmark, or by signing in again after they had sent a form. Null if it takes none.
 */
export function pageAbove(app: Hono<Web>, path: string): string | null {
  const takes = (method: string, at: string) =>
    app.router.match(method, at)[0].some(([[, route]]) => route.method === method)
  if (path.startsWith('/api/') || !takes('POST', path)) return null
  for (let above = path; above; ) {
    above = above.slice(0, above.lastIndexOf('/'))
    if (takes('GET', above || '/')) return above || '/'
  }
  return null
}
