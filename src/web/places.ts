import type { Tenant } from '#platform/tenants.ts'

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
