import { Figure } from '../parts/figure.tsx'
import { Loop } from '../parts/loop.tsx'
import { MapFrame } from '../parts/map-frame.tsx'
import { Schedule } from '../parts/schedule.tsx'
import { Sparkline } from '../parts/sparkline.tsx'
import { Table } from '../parts/table.tsx'
import { TargetBar } from '../parts/target-bar.tsx'

const years = ['令和元', '令和2', '令和3', '令和4']

const indicators = [
  { name: '電子申請の件数', values: [18_765, 22_299, null, 32_870], unit: '件', target: 23_000 },
  { name: '進展を実感する職員の割合', values: [null, 38.5, null, null], unit: '%', target: 40 },
  { name: '相談に答えた割合', values: [], unit: '%', target: null },
]

/** Parts that count. */
export const NumberParts = () => (
  <>
    <h2>数</h2>
    <Table
      caption="目標と実績"
      note="計算方法：実績÷目標、上限1.00"
      columns={[
        { label: '指標', cell: (row) => row.name, head: true, wide: true },
        {
          label: '実績',
          cell: (row) => <Figure value={row.values.at(-1)} unit={row.unit} href="/gallery" />,
          num: true,
        },
        { label: '目標', cell: (row) => <Figure value={row.target} unit={row.unit} />, num: true },
        {
          label: '推移',
          cell: (row) => <Sparkline values={row.values} labels={years} unit={row.unit} target={row.target} />,
        },
      ]}
      rows={indicators}
    />
    <Table
      caption="行のない表"
      columns={[{ label: '名前', cell: () => '' }]}
      rows={[]}
      empty={<p>まだありません。</p>}
    />
    <h2>目標までの道のり</h2>
    <TargetBar label="電子申請の件数" value={18_765} target={23_000} unit="件" />
    <TargetBar label="目標を超えたとき" value={32_870} target={23_000} unit="件" />
    <TargetBar label="目標が資料にないとき" value={412} target={null} unit="件" />
    <TargetBar label="実績がまだないとき" value={null} target={60} unit="%" digits={1} />
    <h2>つながり</h2>
    <Loop
      label="声から成果まで"
      steps={[
        { label: '相談', value: 14, unit: '件', href: '/gallery' },
        { label: '取組', value: 5, unit: '件' },
        { label: '電子申請', value: 32_870, unit: '件' },
        { label: '指標', value: '1.00' },
      ]}
    />
    <h2>取組の予定</h2>
    <Schedule
      caption="取組の予定"
      years={[2020, 2021, 2022, 2023, 2024]}
      rows={[
        {
          number: 19,
          name: '行政手続オンライン化の推進',
          href: '/plans',
          bars: [
            { from: 2020, to: 2020, label: '検討' },
            { from: 2021, to: 2024, label: '順次実施', inferred: 'end' },
          ],
        },
        {
          number: 20,
          name: '電子署名への対応',
          bars: [
            { from: 2020, to: 2021, label: '検討' },
            { from: 2021, to: 2022, label: '試行' },
            { from: 2023, to: 2024, label: '実施', inferred: 'all' },
          ],
        },
        { number: 21, name: '予定が資料にない取組', bars: [] },
      ]}
    />
    <h2>地図</h2>
    <MapFrame
      title="相談会の会場"
      attribution="見本の図（地図ではありません）"
      picture={
        <svg viewBox="0 0 320 180" role="img" aria-label="会場の位置の見本。北に1つ、南に1つ">
          <rect class="chart__ground" width="320" height="180" />
          <circle class="chart__dot" cx="110" cy="60" r="8" />
          <circle class="chart__dot" cx="200" cy="130" r="8" />
        </svg>
      }
    >
      <ul>
        <li>北会場：県民ホール（あたたか市）</li>
        <li>南会場：港の交流館（みなみ町）</li>
      </ul>
    </MapFrame>
  </>
)
