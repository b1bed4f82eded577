import { Page, Table, useShell, useWords } from '#ui/index.ts'
import type { openapi } from '../openapi.ts'
import { en, ja } from './words.ts'

type Row = { way: string; path: string; name: string; what: string; english: string }

type Operation = { operationId: string; summary: string; tags: readonly string[] }

/** Every action and view, in the order of the document, by the module that it belongs to. */
function byModule(printed: ReturnType<typeof openapi>, titles: ReadonlyMap<string, string>) {
  const modules = new Map<string, Row[]>()
  for (const [path, ways] of Object.entries(printed.paths)) {
    for (const [way, operation] of Object.entries(ways)) {
      const { operationId: name, summary, tags } = operation as Operation
      const row = { way: way.toUpperCase(), path, name, what: titles.get(name) ?? summary, english: summary }
      modules.set(tags[0] ?? '', [...(modules.get(tags[0] ?? '') ?? []), row])
    }
  }
  return [...modules]
}

type Props = {
  printed: ReturnType<typeof openapi>
  /** What people call modules and their acts. */
  titles: ReadonlyMap<string, string>
  /** The address of a view that everybody may ask, as an example. */
  example: string
}

/** The API on a page: every action and view with its address, and where the whole document is. */
export const ApiPage = ({ printed, titles, example }: Props) => {
  const w = useWords({ ja, en }).api
  const { language } = useShell()
  const modules = byModule(printed, titles)
  return (
    <Page title={w.title} width="wide">
      <p>{w.lead}</p>
      <p>
        <a href="/api/v1/openapi.json">{w.document}</a>
      </p>
      <p>{w.token}</p>
      <h2>{w.example}</h2>
      <pre class="code">{`curl ${example}\ncurl -H 'Authorization: Bearer attaka_…' ${example}`}</pre>
      <p>{w.problems}</p>
      {modules.map(([module, rows]) => {
        const title = language === 'ja' ? (titles.get(module) ?? module) : module
        return (
          <>
            <h2 id={module}>{w.of(title)}</h2>
            <Table
              caption={w.of(title)}
              hideCaption
              columns={[
                {
                  label: w.what,
                  head: true,
                  wide: true,
                  cell: ({ what, english }: Row) =>
                    language === 'ja' ? (
                      <>
                        {what}
                        {what !== english && (
                          <>
                            <br />
                            <span class="small muted" lang="en">
                              {english}
                            </span>
                          </>
                        )}
                      </>
                    ) : (
                      english
                    ),
                },
                { label: w.way, cell: ({ way }: Row) => w.ways[way as 'GET' | 'POST'] ?? way },
                { label: w.address, wide: true, cell: ({ path }: Row) => <code>{path}</code> },
              ]}
              rows={rows}
            />
          </>
        )
      })}
    </Page>
  )
}
