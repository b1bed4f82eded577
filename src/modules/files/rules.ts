/** How long a staged file waits to be claimed. */
const stagedHours = 48

/** How much one person, program or browser may send in an hour; the address counts too, as a browser is easily new. */
export const hourly = { files: 60, bytes: 500 * 1024 * 1024, filesOfAddress: 600 }

/** When a file that was staged at this time, or before, has waited long enough. */
export const waitedSince = (now: Date): Date => new Date(now.getTime() - stagedHours * 3_600_000)

/** Where a file's bytes are, from the first byte until they are removed. */
export const storageKey = (tenant: string, id: string): string => `staging/${tenant}/${id}`

/**
 * Headers of a download. Always an attachment, never shown in this site's place, never kept by a cache, and without
 * rights should a browser open it after all (RFC 6266, RFC 8187).
 */
export const downloadHeaders = ({ name, type, size }: { name: string; type: string; size: number }) => ({
  'content-type': type,
  'content-length': String(size),
  'content-disposition': contentDisposition(name),
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
})

/** The name in full for every browser of today, and an ASCII one for the rest. */
export function contentDisposition(name: string): string {
  const ascii = /^[\w .()-]+$/.test(name) ? name : `file${/\.[a-z0-9]{1,10}$/i.exec(name)?.[0] ?? ''}`
  const full = encodeURIComponent(name).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${full}`
}
