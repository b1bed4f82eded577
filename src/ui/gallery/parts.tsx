import { Page } from '../page.tsx'
import { PrintHeader } from '../parts/print-header.tsx'
import { GalleryLinks } from './links.tsx'
import { NumberParts } from './number-parts.tsx'
import { TextParts } from './text-parts.tsx'
import { WayParts } from './way-parts.tsx'

/** All parts that are not fields, one under the other. */
export const Parts = () => (
  <Page title="画面の部品" crumbs={[{ label: '画面の部品' }]} width="wide">
    <PrintHeader title="画面の部品" number="見本" office="デジタル社会推進局" at={new Date('2026-11-21T05:31:00Z')} />
    <GalleryLinks show="parts" />
    <p>このページの名前と数はすべて見本です。</p>
    <TextParts />
    <WayParts />
    <NumberParts />
  </Page>
)
