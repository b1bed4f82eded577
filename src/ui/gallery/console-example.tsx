import { Actions, Button } from '../form/button.tsx'
import { FilterSelect, Filters, FilterText } from '../form/filters.tsx'
import { Form } from '../form/form.tsx'
import { Console } from '../page.tsx'
import { Badge } from '../parts/badge.tsx'
import { DateText } from '../parts/date-text.tsx'
import { Dialog, DialogLink } from '../parts/dialog.tsx'
import { Change } from '../parts/difference.tsx'
import { Facts } from '../parts/facts.tsx'
import { Figure } from '../parts/figure.tsx'
import { Pagination } from '../parts/pagination.tsx'
import { Columns, Panel } from '../parts/panel.tsx'
import { Table } from '../parts/table.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { GalleryLinks } from './links.tsx'

const queue = [
  {
    number: 'R8-00412',
    who: '株式会社伊勢湾製作所',
    state: 'warn',
    words: '補正待ち 3日目',
    since: '2026-11-09',
    cost: '1180000',
  },
  {
    number: 'R8-00413',
    who: '特定非営利活動法人あったか県北部中山間地域デジタル活用支援ネットワーク協議会',
    state: 'now',
    words: '審査中',
    since: '2026-11-10',
    cost: null,
  },
  {
    number: 'R8-00414',
    who: '𠮷田　花子',
    state: 'bad',
    words: '期限を過ぎました',
    since: '2026-10-02',
    cost: '98000',
  },
] as const

/** A case page of the staff console, and a queue under it. */
export const ConsoleExample = () => (
  <Console
    title="R8-00412　株式会社伊勢湾製作所"
    crumbs={[{ label: '審査', href: '/console' }, { label: 'R8-00412' }]}
    state={
      <>
        <Badge kind="warn">補正待ち 3日目</Badge>
        <p class="small muted">標準処理期間 30日のうち 12日経過（補正中は止まっています）</p>
      </>
    }
    tabs={
      <>
        <GalleryLinks show="console" />
        <Tabs
          label="この申請"
          items={[
            { href: '?show=console', label: '申請内容', current: true },
            { href: '?show=console&tab=2', label: '前の版との違い', count: 2 },
            { href: '?show=console&tab=3', label: 'やりとり', count: 4 },
          ]}
        />
      </>
    }
  >
    <Columns
      main={
        <>
          <Panel title="申請内容（第2版）">
            <Facts
              items={[
                {
                  label: '法人番号',
                  value: (
                    <>
                      0000000000000　<Badge kind="ok">検査数字は正しい</Badge>
                    </>
                  ),
                },
                {
                  label: '事業費',
                  value: <Change before="1,280,000円" after="1,180,000円" note="補正で変更" />,
                },
                { label: '見積書', value: <a href="?show=console">見積書_改.pdf（312 KB）</a> },
                { label: '担当者の電話番号', value: null },
              ]}
            />
          </Panel>
          <Panel title="審査項目">
            <Table
              caption="審査項目"
              hideCaption
              columns={[
                { label: '項目', cell: (row) => row.what, head: true },
                { label: '結果', cell: (row) => <Badge kind={row.kind}>{row.result}</Badge> },
                { label: '確認した人', cell: (row) => row.who },
              ]}
              rows={[
                { what: '対象者の要件', kind: 'ok' as const, result: '適合', who: '審査担当' },
                { what: '経費の内訳と見積書の一致', kind: 'warn' as const, result: '補正中', who: '審査担当' },
                { what: '重複申請', kind: 'idle' as const, result: '未確認', who: null },
              ]}
            />
          </Panel>
        </>
      }
      side={
        <>
          <Panel title="次にすること" kind="next">
            <p>
              申請者の補正を待っています。期限は <DateText date="2026-11-28" /> です。
            </p>
            <Form label="次にすること">
              <Actions>
                <Button small name="do" value="accept">
                  受け付けて審査へ
                </Button>
                <DialogLink id="return" small>
                  補正を求める
                </DialogLink>
              </Actions>
            </Form>
          </Panel>
          <Panel title="経過">
            <Timeline
              items={[
                { what: '補正を受領', at: new Date('2026-11-18T12:04:00Z'), who: '申請者（Web）' },
                { what: '補正を依頼', at: new Date('2026-11-15T01:12:00Z'), who: '審査担当', detail: <p>2項目</p> },
                { what: '到達', at: new Date('2026-11-09T05:31:00Z'), detail: <p>受付番号 R8-00412</p> },
              ]}
            />
          </Panel>
        </>
      }
    />
    <Dialog id="return" title="補正を求めますか">
      <p>申請者にメールで知らせます。標準処理期間はここで止まります。</p>
      <Form label="補正を求める">
        <Actions>
          <Button name="do" value="return">
            補正を求める
          </Button>
        </Actions>
      </Form>
    </Dialog>
    <h2>審査の一覧</h2>
    <Filters clear="?show=console">
      <FilterText name="q" label="ことば" value="伊勢" />
      <FilterSelect
        name="state"
        label="状態"
        value="now"
        options={[
          { value: '', label: 'すべて' },
          { value: 'now', label: '審査中' },
        ]}
      />
    </Filters>
    <Table
      caption="審査を待つ申請"
      note="補正待ちを含みます"
      queue
      columns={[
        {
          label: '受付番号',
          cell: (row) => <a href={`?show=console&number=${row.number}`}>{row.number}</a>,
          head: true,
        },
        { label: '申請した人', cell: (row) => row.who, wide: true },
        { label: '状態', cell: (row) => <Badge kind={row.state}>{row.words}</Badge> },
        { label: '到達', cell: (row) => <DateText date={row.since} /> },
        { label: '事業費', cell: (row) => <Figure value={row.cost} unit="円" missing="未入力" />, num: true },
      ]}
      rows={queue}
    />
    <Pagination page={3} pages={12} total={118} href={(n) => `?show=console&page=${n}`} />
  </Console>
)
