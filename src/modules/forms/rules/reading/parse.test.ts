import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { definitionSchema } from '../definition/definition.ts'
import { consultation } from '../example.ts'
import { parseDefinition } from './parse.ts'

const text = (id: unknown, more: object = {}) => ({ id, kind: 'text', label: 'ラベル', ...more })
const page = (id: unknown, fields: unknown[], more: object = {}) => ({ id, title: '入力してください', fields, ...more })
const two = {
  options: [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ],
}

/** `path: Japanese sentence` of every fault. */
function faults(...pages: unknown[]) {
  const parsed = parseDefinition({ title: '申込み', pages })
  return parsed.ok ? [] : parsed.faults.map((fault) => `${fault.path}: ${fault.ja}`)
}

describe('a definition', () => {
  test('comes back as it was, if it is right', () => {
    expect(parseDefinition(JSON.parse(JSON.stringify(consultation)))).toEqual({ ok: true, definition: consultation })
  })

  test('is refused with every fault named by its path, in two languages', () => {
    const parsed = parseDefinition({
      title: '',
      pages: [
        {
          id: 'a',
          title: '入力',
          fields: [
            { id: 'x', kind: 'colour', label: '色' },
            { id: 'y', kind: 'text' },
          ],
          colour: 1,
        },
      ],
    })
    expect(parsed).toEqual({
      ok: false,
      faults: [
        { path: 'title', ja: '文字を入れてください', en: 'must not be empty' },
        { path: 'pages[0].fields[0].kind', ja: '知っている種類の名前にしてください', en: 'is no known kind of field' },
        { path: 'pages[0].fields[1].label', ja: 'この項目を書いてください。ありません', en: 'is missing' },
        { path: 'pages[0]', ja: '知らない項目「colour」を消してください', en: 'unknown: colour' },
      ],
    })
  })

  test('names each id once', () => {
    expect(faults(page('a', [text('x'), text('x')]), page('a', [text('y')]))).toEqual([
      'pages[0].fields[1].id: 「x」は pages[0].fields[0].id でも使われています。別の名前にしてください',
      'pages[1].id: 「a」は pages[0].id でも使われています。別の名前にしてください',
    ])
  })

  test.each(['X', 'a b', 'a.b', '1a', '-a', '', 'あ', 'a'.repeat(61)])('refuses the id %j', (id) => {
    expect(faults(page('a', [text(id)]))[0]).toContain('英小文字で始まり')
  })

  test.each(['_check', '_csrf', '__proto__', 'constructor', 'main'])(
    'keeps the name %s from fields and pages',
    (id) => {
      expect(faults(page('a', [text(id)]))).toEqual([
        `pages[0].fields[0].id: 「${id}」は使えない名前です。別の名前にしてください`,
      ])
      expect(faults(page(id, [text('x')]))[0]).toContain('使えない名前')
    },
  )

  test('keeps ids apart from those that the page makes of them', () => {
    const choice = { ...text('as'), kind: 'choice', ...two }
    expect(faults(page('a', [choice, text('as-2'), text('as-hint'), text('as-more')]))).toEqual([
      'pages[0].fields[1].id: 「as-2」は項目「as」の部品の名前と重なります。別の名前にしてください',
      'pages[0].fields[2].id: 「as-hint」は項目「as」の部品の名前と重なります。別の名前にしてください',
    ])
    expect(faults(page('a', [text('address'), text('address-2')]))).toEqual([])
  })

  test('has no empty page, no option twice and no period that ends before it starts', () => {
    expect(
      faults(
        page('a', []),
        page('b', [
          { ...text('c'), kind: 'choice', options: [...two.options, { value: 'a', label: 'C' }] },
          { ...text('d'), kind: 'date', earliest: '2026-05-02', latest: '2026-05-01' },
          { ...text('e'), kind: 'date', earliest: '2026-02-30' },
        ]),
      ),
    ).toEqual(['pages[1].fields[2].earliest: 2026-05-01 の形の日付にしてください'])
    expect(
      faults(
        page('a', []),
        page('b', [
          { ...text('c'), kind: 'choice', options: [...two.options, { value: 'a', label: 'C' }] },
          { ...text('d'), kind: 'date', earliest: '2026-05-02', latest: '2026-05-01' },
        ]),
      ),
    ).toEqual([
      'pages[0].fields: ページに項目を1つ以上置いてください',
      'pages[1].fields[0].options[2].value: 選択肢の値「a」が重なっています。別の値にしてください',
      'pages[1].fields[1].latest: latest を earliest 以降の日付にしてください',
    ])
  })

  test('refers only to fields that come before, wherever the reference is nested', () => {
    const forward = { any: [{ not: { all: [{ field: 'later', answered: true }] } }] }
    expect(faults(page('a', [text('x', { showIf: forward }), text('later')]))).toEqual([
      'pages[0].fields[0].showIf.any[0].not.all[0].field: 「later」はこの条件より前にありません。前にある項目だけを条件に使ってください',
    ])
    expect(faults(page('a', [text('x', { showIf: { field: 'x', answered: true } })]))[0]).toContain('前にありません')
    expect(faults(page('a', [text('x')], { showIf: { field: 'x', answered: true } }))[0]).toContain('前にありません')
    expect(faults(page('a', [text('x', { showIf: { field: 'z', answered: true } })]))).toEqual([
      'pages[0].fields[0].showIf.field: 「z」という項目はありません。条件の field を直してください',
    ])
  })

  test('asks of a field only what it can answer', () => {
    const kinds = [
      { ...text('one'), kind: 'choice', ...two },
      { ...text('many'), kind: 'choices', ...two },
      { ...text('day'), kind: 'date' },
      { ...text('paper'), kind: 'file' },
    ]
    const asked = (showIf: object) => faults(page('a', [...kinds, text('last', { showIf })]))
    expect(asked({ field: 'one', is: 'c' })[0]).toContain('showIf.is: 「one」に選択肢「c」はありません')
    expect(asked({ field: 'one', isNot: 'c' })[0]).toContain('showIf.isNot: 「one」に選択肢「c」はありません')
    expect(asked({ field: 'many', includes: 'c' })[0]).toContain('showIf.includes: 「many」に選択肢「c」はありません')
    expect(asked({ field: 'many', is: 'a' })[0]).toContain('includes・answered を使ってください')
    expect(asked({ field: 'one', includes: 'a' })[0]).toContain('is・isNot・answered を使ってください')
    expect(asked({ field: 'paper', is: 'a' })[0]).toContain('answered を使ってください')
    expect(asked({ field: 'day', is: '令和8年' })[0]).toContain('2026-05-01 の形の日付と比べてください')
    expect(asked({ field: 'one', answered: true })).toEqual([])
  })

  test('has conditions of the known forms only', () => {
    for (const showIf of [
      {},
      { field: 'x' },
      { field: 'x', is: 'a', isNot: 'b' },
      { all: [] },
      { field: 'x', answered: false },
      'x',
    ]) {
      expect(faults(page('a', [text('x'), text('y', { showIf })]))).toHaveLength(1)
    }
  })

  test('has no invisible or broken words', () => {
    for (const title of ['\u200b', 'a\0b', '\ud842', '\ue000']) {
      expect(faults({ ...page('a', [text('x')]), title })).toEqual([
        'pages[0].title: 見える文字を入れ、制御文字や外字を消してください',
      ])
    }
  })

  test('built to explode is refused, with the reason', () => {
    let deep: object = { field: 'x', answered: true }
    for (let n = 0; n < 100_000; n++) deep = { not: deep }
    expect(faults(page('a', [text('x'), text('y', { showIf: deep })]))).toEqual([
      ': 条件や項目の入れ子を30段より浅くしてください',
    ])
    const wide = Array.from({ length: 1_000_000 }, () => text('x'))
    expect(faults(page('a', wide))).toEqual([': 定義が大きすぎます。手続を分けてください'])
    const self: unknown[] = []
    self.push(self)
    expect(faults(page('a', self))).toHaveLength(1)
    expect(faults(page('a', [text('x', { hint: 'あ'.repeat(5_000_000) })]))).toHaveLength(1)
  })

  test('never makes the reader throw, whatever it is', () => {
    const hostile = JSON.parse('{"__proto__": {"polluted": 1}, "title": "x", "pages": [{"__proto__": []}]}')
    expect(parseDefinition(hostile).ok).toBe(false)
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), fc.jsonValue(), (some, json) => {
        for (const data of [
          some,
          json,
          { title: 'a', pages: [json] },
          { title: 'a', pages: [page('a', [some, text(json)])] },
        ]) {
          const parsed = parseDefinition(data)
          if (!parsed.ok) expect(parsed.faults.every((fault) => fault.ja !== '' && fault.en !== '')).toBe(true)
        }
      }),
    )
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('has a JSON Schema', () => {
    expect(z.toJSONSchema(definitionSchema, { io: 'input' })).toMatchObject({
      type: 'object',
      required: ['title', 'pages'],
    })
  })
})
