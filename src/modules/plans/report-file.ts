import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import type { Ctx } from '#web/context.ts'
import { reportPdf } from './documents/report.ts'
import type { reportPage } from './views/report.ts'
import { ja } from './words.ja.ts'

/** Drawn just now, by what they say: many may ask for the same report at once, and drawing takes a third of a second. */
const drawn = new Map<string, Promise<Uint8Array>>()
const mostKept = 16

/** The report as a PDF to look at in the browser. Drawn outside of any transaction, and only if the browser hasn't got it. */
export async function sendReport(c: Ctx, { report }: z.output<typeof reportPage.output>) {
  const options = { tenantName: c.var.tenant.name, generatedOn: tokyoDate(c.var.scene.now) }
  const key = createHash('sha256')
    .update(JSON.stringify([report, options]))
    .digest('base64url')
  const headers = { etag: `"${key}"`, 'cache-control': 'public, max-age=60' }
  if (c.req.header('if-none-match') === headers.etag) return c.body(null, 304, headers)

  const found = drawn.get(key)
  const pdf = found ?? reportPdf(report, options)
  drawn.set(key, pdf)
  // A report that could not be drawn is tried again by the next who asks.
  pdf.catch(() => drawn.delete(key))
  for (const oldest of drawn.keys()) if (drawn.size > mostKept) drawn.delete(oldest)
  const name = ja.report.file(report.fyName, report.title).replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
  return c.body((await pdf) as Uint8Array<ArrayBuffer>, 200, {
    ...headers,
    'content-type': 'application/pdf',
    // Older browsers read the first name, all others the second (RFC 6266).
    'content-disposition': `inline; filename="report-${report.fy}.pdf"; filename*=UTF-8''${encoded(name)}`,
  })
}

const encoded = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)
