import { Hero, Page, SearchBox, Tiles, useDates, useShell, useWords } from '#ui/index.ts'
import { shellPaths } from '#ui/shell.tsx'
import type { Begun, FixedPage, PublicItem } from '../module.ts'
import { en, ja } from './words.ts'

type HomeProps = { menu: readonly PublicItem[]; pages: readonly FixedPage[]; begun: readonly Begun[] }

/** A tenant's home page: what one has begun, what one can do here, and what many come for. */
export const Home = ({ menu, pages, begun }: HomeProps) => {
  const w = useWords({ ja, en }).home
  const { language, tenant } = useShell()
  const { moment } = useDates()
  return (
    <Page title={tenant?.name ?? ''} heading={null} width="full">
      <Hero title={w.title} text={w.lead}>
        <SearchBox action={shellPaths.search} label={w.search} hint={w.hint} />
      </Hero>
      {begun.length > 0 && (
        <div class="wrap section">
          <h2>{w.begun}</h2>
          <Tiles items={begun.map(({ href, title, at }) => ({ href, title, text: w.savedAt(moment(at)) }))} />
        </div>
      )}
      <div class="wrap section">
        <Tiles
          items={[
            ...menu.flatMap(({ href, tile }) =>
              tile ? [{ href, title: tile.title[language], text: tile.text[language] }] : [],
            ),
            ...pages.map(({ href, title, text }) => ({ href, title: title[language], text: text[language] })),
            { href: shellPaths.otherWays, title: w.otherWays, text: w.otherWaysText },
          ]}
        />
      </div>
    </Page>
  )
}
