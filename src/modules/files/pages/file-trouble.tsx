import { ButtonLink, Page, useWords } from '#ui/index.ts'
import { shellPaths } from '#ui/shell.tsx'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'

const words = { ja, en }

/** The record of a file is there, its bytes are not: `gone` for good, or the storage is `away` for now. */
export const FileTrouble = ({ found, again }: { found: 'gone' | 'away'; again: string }) => {
  const w = useWords(words)
  return (
    <Page title={w[found].title}>
      <p>{w[found].text}</p>
      <p>{w[found].next}</p>
      <p>
        {found === 'away' ? (
          <ButtonLink href={again}>{w.away.again}</ButtonLink>
        ) : (
          <ButtonLink kind="secondary" href={shellPaths.home}>
            {w.home}
          </ButtonLink>
        )}
      </p>
    </Page>
  )
}
