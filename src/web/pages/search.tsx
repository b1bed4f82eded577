import type { Finding } from '#core/contributions.ts'
import { EmptyState, Page, PhoneLink, SearchBox, useShell, useWords } from '#ui/index.ts'
import { shellPaths } from '#ui/shell.tsx'
import { en, ja } from './words.ts'

/** What the public may find, over all modules. */
export const SearchPage = ({ words, found }: { words: string; found: readonly Finding[] }) => {
  const w = useWords({ ja, en }).search
  const contact = useShell().tenant?.contact
  return (
    <Page title={w.title} crumbs={[{ label: w.title }]}>
      <SearchBox action={shellPaths.search} label={w.title} value={words} />
      {!words && <p>{w.empty}</p>}
      {words && found.length === 0 && (
        <EmptyState title={w.none}>
          <p>{w.advice}</p>
          {contact?.phone && (
            <p>
              {w.call} {contact.office}　<PhoneLink number={contact.phone} />
            </p>
          )}
        </EmptyState>
      )}
      {found.length > 0 && (
        <>
          <h2>{w.found(words, found.length)}</h2>
          <ul>
            {found.map(({ title, href, summary }) => (
              <li>
                <a href={href}>{title}</a>
                <br />
                {summary}
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  )
}
