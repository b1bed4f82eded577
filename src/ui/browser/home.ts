/**
 * The full address of a path within the tenant. Addresses in `data-*` attributes are not rewritten by the server; where the
 * tenant's paths begin stands in `<link rel=home>`, which is.
 */
export function within(path: string): string {
  const home = document.querySelector<HTMLLinkElement>('link[rel=home]')?.href ?? '/'
  return new URL(path.replace(/^\//, ''), home.endsWith('/') ? home : `${home}/`).href
}
