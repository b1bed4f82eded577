import type { Tenant } from '#platform/tenants.ts'
import { Page, Tiles, useWords } from '#ui/index.ts'
import { en, ja } from './words.ts'

/** The front page of a trial instance: which town to visit. */
export const ChooseTenant = ({ tenants }: { tenants: readonly Tenant[] }) => {
  const w = useWords({ ja, en }).choose
  return (
    <Page title={w.title}>
      <p>{w.lead}</p>
      <Tiles
        items={tenants.map(({ tenant, name, fictional }) => ({
          href: `/${tenant}/`,
          title: fictional ? `${name}（架空）` : `${name}（公表資料）`,
          text: fictional ? w.fictional : w.real,
        }))}
      />
    </Page>
  )
}
