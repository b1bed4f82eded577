import { Actions, Button } from '../form/button.tsx'
import { Form } from '../form/form.tsx'
import { SearchBox } from '../form/search-box.tsx'
import { Dialog, DialogLink } from '../parts/dialog.tsx'
import { Hero } from '../parts/hero.tsx'
import { Pagination, Paging } from '../parts/pagination.tsx'
import { LiveRegion, Progress } from '../parts/progress.tsx'
import { Steps } from '../parts/steps.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { Tiles } from '../parts/tiles.tsx'

/** Parts that lead on. */
export const WayParts = () => (
  <>
    <h2>さがす</h2>
    <SearchBox action="/search" label="何をしたいですか" hint="例：補助金、施設の利用、DXの相談" />
    <h2>入口</h2>
    <Tiles
      items={[
        { href: '/procedures', title: '手続をする', text: '申請や届出。受付番号で進み具合も見られます' },
        { href: '/consultations', title: 'DXを相談する', text: '会社や市町の困りごとに、専門家を紹介します' },
        { href: '/ideas', title: '意見やアイデアを送る', text: 'すべてに返事をし、どう生かしたかを知らせます' },
        { href: '/plans', title: '計画と成果を見る', text: '約束したことと、今どこまで来たか' },
      ]}
    />
    <h2>手順</h2>
    <Steps
      steps={[
        { label: '参加する会', state: 'done', href: '/gallery' },
        { label: '連絡先', state: 'error', href: '/gallery' },
        { label: '付きそいの人', state: 'skipped' },
        { label: '相談したいこと', state: 'current' },
        { label: '確認', state: 'todo' },
      ]}
    />
    <h2>切り替え</h2>
    <Tabs
      label="見本の切り替え"
      items={[
        { href: '/gallery', label: '募集中', count: 3, current: true },
        { href: '/gallery?closed=1', label: '終わったもの', count: 128 },
      ]}
    />
    <h2>ページの移動</h2>
    <Pagination page={5} pages={24} total={1180} href={(n) => `/gallery?page=${n}`} />
    <Paging label="数えていない一覧の移動" previous="/gallery?before=1" next="/gallery?after=1" />
    <h2>確かめる</h2>
    <DialogLink id="withdraw" kind="secondary">
      申請を取り下げる
    </DialogLink>
    <Dialog id="withdraw" title="申請を取り下げますか">
      <p>取り下げると、審査は終わります。同じ申請をもう一度出すことはできます。</p>
      <Form label="取下げ">
        <Actions>
          <Button kind="danger">取り下げる</Button>
        </Actions>
      </Form>
    </Dialog>
    <h2>時間のかかる作業</h2>
    <Progress label="成果レポートを作っています" value={null} max={33} />
    <LiveRegion id="gallery-progress">
      <Progress label="データを書き出しています" value={12_400} max={32_870} />
    </LiveRegion>
    <h2>はじめの画面</h2>
    <Hero title="何をしたいですか" text="手続、相談、意見。家からでも、窓口でも、紙でも、同じように受け付けます。" />
  </>
)
