import { Tabs } from '../parts/tabs.tsx'

const pages = [
  { show: 'parts', label: '部品' },
  { show: 'form', label: '入力（誤りのある状態）' },
  { show: 'console', label: '職員画面' },
]

/** From one page of the gallery to the others; relative, as the gallery does not know where it hangs. */
export const GalleryLinks = ({ show }: { show: string }) => (
  <Tabs
    label="見本のページ"
    items={pages.map((page) => ({ href: `?show=${page.show}`, label: page.label, current: page.show === show }))}
  />
)
