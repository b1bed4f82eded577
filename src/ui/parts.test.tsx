import { describe, expect, test } from 'vitest'
import {
  Change,
  contrast,
  DateText,
  Dialog,
  DialogLink,
  Difference,
  EmptyState,
  Facts,
  Figure,
  formatBytes,
  formatNumber,
  keyColourContrast,
  keyColours,
  Pagination,
  Schedule,
  Sparkline,
  Table,
  TargetBar,
} from './index.ts'
import type { Child } from './jsx/element.ts'
import { pagesShown } from './parts/pagination.tsx'
import { layRows } from './parts/schedule-rows.ts'
import { drawIn, type Shell } from './shell.tsx'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

const render = (part: Child) => String(part)

describe('numbers', () => {
  test.each([
    [32870, undefined, '32,870'],
    ['1180000.50', undefined, '1,180,000.50'],
    ['12345678901234567890.123', undefined, '12,345,678,901,234,567,890.123'],
    [-1234, undefined, '−1,234'],
    [1, 2, '1.00'],
    ['約3割', undefined, '約3割'],
    [0, undefined, '0'],
  ])('%s reads as %s', (value, digits, shown) => {
    expect(formatNumber(value, digits)).toBe(shown)
  })

  test('sizes read as people say them', () => {
    expect([312, 319_488, 10_485_760, 4_404_019].map(formatBytes)).toEqual(['312 B', '312 KB', '10 MB', '4.2 MB'])
  })

  test('what is unknown is said in words; zero is a number', () => {
    expect(render(<Figure value={null} unit="件" />)).toContain('資料に記載なし')
    expect(render(<Figure value={null} missing="未入力" />)).toContain('未入力')
    expect(render(<Figure value={0} unit="件" />)).toContain('>0<')
    expect(render(<Figure value="5" href="/records" />)).toContain('<a href="/records">5</a>')
  })
})

describe('dates', () => {
  test('carry the weekday, the era on request, and Tokyo time', () => {
    expect(render(<DateText date="2026-11-21" />)).toBe('<time datetime="2026-11-21">2026年11月21日（土）</time>')
    expect(render(<DateText date="2026-11-21" era />)).toContain('令和8年11月21日')
    // 15:31 in London is past midnight in Tokyo
    const late = render(<DateText date={new Date('2026-11-20T15:31:00Z')} era />)
    expect(late).toContain('2026年11月21日（土）0')
    expect(late).toContain('令和8年11月21日')
  })

  test('are English on an English page', () => {
    const html = drawIn({ language: 'en' } as Shell, <DateText date="2026-11-21" />)
    expect(html).toMatch(/Saturday,? 21 November 2026/)
  })
})

describe('tables and lists', () => {
  const columns = [
    { label: '名前', cell: (row: { name: string | null }) => row.name, head: true },
    { label: '数', cell: () => 3, num: true },
  ]

  test('cells repeat their column for the phone, the first names the row', () => {
    const html = render(<Table caption="表" columns={columns} rows={[{ name: '<i>' }]} queue />)
    expect(html).toContain('<th scope="row" role="rowheader" data-label="名前"><div class="cell">&lt;i&gt;</div></th>')
    expect(html).toContain('class="num" data-label="数"')
    expect(html).toContain('data-queue=""')
  })

  test('an empty cell is a dash, an empty table its own sentence', () => {
    expect(render(<Table caption="表" columns={columns} rows={[{ name: null }]} />)).toContain('―')
    const html = render(
      <Table caption="表" columns={columns} rows={[]} empty={<EmptyState title="まだありません" />} />,
    )
    expect(html).toContain('まだありません')
    expect(html).not.toContain('<table')
  })

  test('facts without a value say so', () => {
    expect(render(<Facts items={[{ label: '電話', value: null }]} />)).toContain('未入力')
    expect(render(<Facts items={[{ label: '件数', value: 0 }]} />)).toContain('>0<')
  })

  test('pages: no ellipsis for a single page, none at all for one page', () => {
    expect(pagesShown(1, 3)).toEqual([1, 2, 3])
    expect(pagesShown(5, 24)).toEqual([1, 0, 4, 5, 6, 0, 24])
    expect(pagesShown(4, 24)).toEqual([1, 2, 3, 4, 5, 0, 24])
    expect(render(<Pagination page={1} pages={1} href={() => '/'} />)).toBe('')
    expect(render(<Pagination page={2} pages={3} total={51} href={(n) => `/l?page=${n}`} />)).toContain(
      '<a href="/l?page=2" aria-label="2ページ" aria-current="page">2</a>',
    )
  })
})

describe('differences', () => {
  test('are marked and said', () => {
    const html = render(
      <Difference
        parts={[
          { kind: 'same', text: 'あ' },
          { kind: 'deleted', text: 'い' },
          { kind: 'inserted', text: '<う>' },
        ]}
      />,
    )
    expect(html).toMatch(/あ<del><span class="visually-hidden">削除：<\/span>い<\/del><ins>.*&lt;う&gt;<\/ins>/)
    expect(render(<Change before={null} after="2" />)).toMatch(/<del>未入力<\/del>.*<ins>2<\/ins>/)
  })
})

describe('charts', () => {
  test('a line needs two values, leaves gaps, and is told in full', () => {
    expect(render(<Sparkline values={[null, 38.5]} labels={['元', '2']} />)).toContain('値が1つ')
    expect(render(<Sparkline values={[null]} labels={['元']} />)).toContain('値がない')
    const html = render(<Sparkline values={[1, 2, null, 4]} labels={['元', '2', '3', '4']} unit="件" target={3} />)
    expect(html).toContain('aria-label="元 1件、2 2件、3 資料に記載なし、4 4件。目標3件"')
    expect(html.match(/<polyline/g)).toHaveLength(1)
    expect(html.match(/<circle/g)).toHaveLength(3)
  })

  test('equal values make a level line, not a broken one', () => {
    expect(render(<Sparkline values={[5, 5]} labels={['元', '2']} />)).not.toContain('NaN')
  })

  test('a bar needs both ends', () => {
    expect(render(<TargetBar label="件" value={1} target={2} />)).toContain('aria-label="件：実績 1、目標 2"')
    expect(render(<TargetBar label="件" value={1} target={null} />)).not.toContain('<svg')
    expect(render(<TargetBar label="件" value={0} target={0} />)).not.toContain('NaN')
  })

  test('a schedule fills every year of every line, clips, and lays overlaps on lines of their own', () => {
    const bar = (from: number, to: number) => ({ from, to, label: `${from}` })
    const lines = layRows(
      [bar(2018, 2020), bar(2020, 2021), bar(2022, 2030), bar(2010, 2011)],
      [2020, 2021, 2022, 2023],
    )
    expect(lines.map((line) => line.map(({ bar, span }) => [bar?.label ?? null, span]))).toEqual([
      [
        ['2018', 1],
        [null, 1],
        ['2022', 2],
      ],
      [
        ['2020', 2],
        [null, 2],
      ],
    ])
    expect(layRows([], [2020, 2021])).toEqual([[{ bar: null, span: 2 }]])
  })

  test('an inferred end is said in words', () => {
    const rows = [{ name: '取組', bars: [{ from: 2020, to: 2021, label: '実施', inferred: 'end' as const }] }]
    const html = render(<Schedule caption="予定" years={[2020, 2021]} rows={rows} />)
    expect(html).toContain('令和2（2020）年度')
    expect(html).toContain('終わりは推定')
    expect(html).toContain('colspan="2"')
  })
})

test('a dialog is reached by an ordinary link', () => {
  expect(render(<DialogLink id="ask">問う</DialogLink>)).toContain('href="#ask" data-dialog="ask"')
  expect(render(<Dialog id="ask" title="問" />)).toContain(
    '<dialog class="dialog" id="ask" aria-labelledby="ask-title">',
  )
})

describe('key colours', () => {
  test('contrast is that of WCAG', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21)
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
    expect(contrast('#ffffff', '#ffffff')).toBe(1)
  })

  test('every hue on offer is legible with the tokens of this version of the package', () => {
    expect(keyColours.filter((hue) => !keyColourContrast(hue).passes)).toEqual([])
    expect(keyColourContrast('yellow').text).toBeCloseTo(4.54, 2)
    expect(keyColourContrast('green')).toMatchObject({ passes: true })
    expect(keyColourContrast('green').text).toBeCloseTo(8.1, 0)
  })
})

test('both languages have words for everything', () => {
  expect(Object.keys(en)).toEqual(Object.keys(ja))
  for (const [key, words] of Object.entries(en)) expect(words, key).not.toBe('')
})
