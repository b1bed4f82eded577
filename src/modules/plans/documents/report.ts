import { formatEra } from '#core/dates.ts'
import { renderDocument } from '#platform/documents.ts'
import type { Report } from '../rules/report.ts'
import { fiscalYearName } from '../rules/years.ts'
import source from './report.typ?raw'

export type ReportPdfOptions = {
  tenantName: string
  /** The day that the footer prints, in Japan: YYYY-MM-DD. */
  generatedOn: string
}

/** The yearly results report of one measure as a tagged PDF (A4, PDF/UA-1): the same facts as the page. Throws a RangeError on a bad date. */
export async function reportPdf(report: Report, { tenantName, generatedOn }: ReportPdfOptions): Promise<Uint8Array> {
  const heading = `${report.code === null ? '' : `${report.code} `}${report.title}`
  // Noon in Japan is the same day everywhere that the file may be opened.
  const day = new Date(`${generatedOn}T12:00:00+09:00`)
  const rates = [...report.main.rows, ...report.sub.rows].flatMap((row) => row.years.map((year) => year.achievement))
  const { pdf } = await renderDocument({
    source,
    createdAt: day,
    inputs: {
      report,
      heading,
      title: `${tenantName} 成果レポート ${report.fyName} ${heading}`,
      tenantName,
      generatedOn: formatEra(generatedOn),
      baselineName: fiscalYearName(report.main.baselineFY),
      fyNames: Object.fromEntries(report.main.years.map((one) => [one.fy, one.fyName])),
      anyDigest: report.vision?.digest === true || report.lists.some((one) => one.digest),
      anyWorkings: rates.some((one) => one?.explanation),
      anyPrinted: rates.some((one) => one?.state === 'printed'),
    },
  })
  return pdf
}
