import { Page, Table, useWords } from '#ui/index.ts'
import type { openapi } from '../openapi.ts'
import { en, ja } from './words.ts'

type Row = { way: string; path: string; what: string }

/** The API on a page: every action and view with its address, and where the whole document is. */
export const ApiPage = ({ printed }: { printed: ReturnType<typeof openapi> }) => {
  const w = useWords({ ja, en }).api
  const rows: Row[] = Object.entries(printed.paths).flatMap(([path, ways]) =>
    Object.entries(ways).map(([way, operation]) => ({
      way: way.toUpperCase(),
      path,
      what: (operation as { summary: string }).summary,
    })),
  )
  return (
    <Page title={w.title} width="wide">
      <p>{w.lead}</p>
      <p>
        <a href="/api/v1/openapi.json">{w.document}</a>
      </p>
      <p>{w.token}</p>
      <p>{w.problems}</p>
      <Table
        caption={w.caption}
        columns={[
          { label: w.way, cell: (row: Row) => row.way },
          { label: w.address, head: true, cell: (row: Row) => <code>{row.path}</code> },
          { label: w.what, wide: true, cell: (row: Row) => row.what },
        ]}
        rows={rows}
      />
    </Page>
  )
}
