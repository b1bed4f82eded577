import { Hero, Page, SearchBox, Tiles, useShell, useWords } from '#ui/index.ts'
import { shellPaths } from '#ui/shell.tsx'
import type { PublicItem } from '../module.ts'
import { en, ja } from './words.ts'

/** A tenant's home page: what one can do here. */
export const Home = ({ menu }: { menu: readonly PublicItem[] }) => {
  const w = useWords({ ja, en }).home
  const { language, tenant } = useShell()
  return (
    <Page title={tenant?.name ?? ''} heading={null} width="full">
      <Hero title={w.title} text={w.lead}>
        <SearchBox action={shellPaths.search} label={w.search} hint={w.hint} />
      </Hero>
      <div class="wrap section">
        <Tiles
          items={menu.flatMap(({ href, tile }) =>
            tile ? [{ href, title: tile.title[language], text: tile.text[language] }] : [],
          )}
        />
      </div>
    </Page>
  )
}
