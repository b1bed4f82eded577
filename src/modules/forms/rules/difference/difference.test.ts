import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { checkAnswers } from '../answers/answers.ts'
import type { Definition } from '../definition/definition.ts'
import type { Answers } from '../engine/language.ts'
import { consultation, form } from '../example.ts'
import { filed, journey } from '../journey/journey.ts'
import { parseDefinition } from '../reading/parse.ts'
import { difference } from './difference.ts'

vi.setConfig({ testTimeout: 180_000 })

type Data = { pages: Page[]; conditions?: { id: string; name: string; when: object }[]; [key: string]: unknown }
type Page = { id: string; fields: Field[]; [key: string]: unknown }
type Field = { id: string; kind: string; label: string; [key: string]: unknown }

const options = ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() }))
const base = {
  title: '届出',
  conditions: [{ id: 'yes', name: 'はいの人', when: { field: 'f0', is: 'a' } }],
  pages: [
    {
      id: 'p0',
      title: '入力',
      sections: [{ id: 's', title: '区分' }],
      fields: [
        { id: 'f0', kind: 'choice', label: '一', options, required: true },
        { id: 'f1', kind: 'text', label: '二', maxLength: 5, showIf: { condition: 'yes' } },
        { id: 'f2', kind: 'number', label: '三', min: '0', max: '9', section: 's' },
      ],
    },
    {
      id: 'p1',
      title: '入力',
      fields: [
        { id: 'f3', kind: 'choices', label: '四', options, showIf: { not: { field: 'f2', answered: true } } },
        { id: 'f4', kind: 'yes-no', label: '五', requiredIf: { field: 'f3', includes: 'b' } },
      ],
    },
    { id: 'p2', title: '入力', showIf: { field: 'f4', is: 'yes' }, fields: [{ id: 'f5', kind: 'text', label: '六' }] },
  ],
}

/** One change that an editor of forms might make, at a place chosen by `at`. */
const edits: ((data: Data, at: number) => void)[] = [
  (data) => Object.assign(data, { title: '新しい届出' }),
  (data, at) => Object.assign(fieldAt(data, at), { label: '別の文' }),
  (data, at) => Object.assign(fieldAt(data, at), { hint: '説明' }),
  (data, at) => Object.assign(fieldAt(data, at), { required: at % 2 === 0 }),
  (data, at) => Object.assign(fieldAt(data, at), { showIf: at % 3 ? { field: 'f0', is: 'b' } : undefined }),
  (data, at) => Object.assign(fieldAt(data, at), { requiredIf: at % 3 ? { field: 'f0', answered: true } : undefined }),
  (data, at) => Object.assign(fieldAt(data, at), { softRequired: { consequence: 'あとで聞きます' } }),
  (data, at) =>
    Object.assign(fieldAt(data, at), {
      checks: [{ wrongIf: { field: fieldAt(data, at).id, answered: true }, message: '書かないでください' }],
    }),
  (data, at) => void data.pages[at % data.pages.length]!.fields.splice(at % 2, 1),
  (data, at) => void data.pages.splice(at % data.pages.length, 1),
  (data) => void data.pages.reverse(),
  (data, at) => void data.pages[at % data.pages.length]!.fields.reverse(),
  (data, at) =>
    void data.pages[at % data.pages.length]!.fields.push({
      id: 'new',
      kind: 'text',
      label: '新',
      required: at % 2 === 0,
    }),
  (data, at) => void data.pages[at % data.pages.length]!.fields.unshift({ id: 'words', kind: 'note', label: '説明' }),
  (data, at) =>
    void data.pages.splice(at % 3, 0, {
      id: 'gone',
      title: '終わり',
      end: '対象外です',
      fields: [],
      showIf: at % 2 ? { field: 'f0', is: 'c' } : undefined,
    }),
  (data, at) =>
    Object.assign(data.pages[0]!, { skip: [{ when: { field: 'f0', is: options[at % 3]!.value }, to: '_check' }] }),
  (data, at) => Object.assign(data.pages.at(-1)!, { showIf: at % 2 ? undefined : { field: 'f0', is: 'b' } }),
  (data, at) => Object.assign(fieldAt(data, at), { maxLength: 1 + (at % 9) }),
  (data, at) => Object.assign(fieldAt(data, at), { max: String(at % 12) }),
  (data, at) => Object.assign(fieldAt(data, at), { options: options.slice(0, 1 + (at % 3)) }),
  (data, at) => Object.assign(fieldAt(data, at), { kind: at % 2 ? 'text' : 'yes-no' }),
  (data) => Object.assign(data.conditions![0]!, { when: { not: { field: 'f0', is: 'a' } } }),
  (data) => Object.assign(data.conditions![0]!, { when: { not: { not: { field: 'f0', is: 'a' } } } }),
  (data) => Object.assign(data.pages[0]!, { sections: [{ id: 's', title: '区分', showIf: { field: 'f0', is: 'a' } }] }),
]
const fieldAt = (data: Data, at: number): Field => {
  const all = data.pages.flatMap(({ fields }) => fields)
  return all[at % all.length]!
}

const edited = fc.array(fc.tuple(fc.constantFrom(...edits), fc.nat(11)), { minLength: 1, maxLength: 3 }).map((list) => {
  const data = structuredClone(base) as unknown as Data
  for (const [edit, at] of list)
    if (data.pages.length > 0 && data.pages.some(({ fields }) => fields.length > 0)) edit(data, at)
  return JSON.parse(JSON.stringify(data)) as Data
})
const answers = fc.record(
  {
    f0: fc.constantFrom('a', 'b', 'c'),
    f1: fc.constantFrom('あ', 'あいう', 'あいうえお'),
    f2: fc.constantFrom('0', '5', '9'),
    f3: fc.constantFrom(['a'], ['b'], ['a', 'b', 'c']),
    f4: fc.constantFrom('yes', 'no'),
    f5: fc.constantFrom('い', 'いろは'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Answers>

describe('the difference of two definitions', () => {
  test('of the same one is empty, in whatever order the parts of its conditions stand', () => {
    expect(difference(consultation, structuredClone(consultation))).toEqual([])
    const turned = structuredClone(consultation)
    const last = turned.pages.at(-1)!.fields.at(-1)! as { showIf: { any: object[] } }
    last.showIf.any.reverse()
    expect(difference(consultation, turned)).toEqual([])
  })

  test('says what happened and what it means for somebody in the middle of the form', () => {
    const before = form(base)
    const data = structuredClone(base) as unknown as Data
    data.pages[0]!.fields[0]!.options = options.slice(0, 2)
    Object.assign(data.pages[1]!.fields[1]!, { required: true })
    data.pages[2]!.fields[0]!.label = '七'
    expect(
      difference(before, form(data)).map(({ path, midway, what, meaning }) => [path, midway, what.ja, meaning.ja]),
    ).toEqual([
      [
        'pages[0].fields[0].options[2]',
        'answer',
        '項目「一」の選択肢「C」がなくなりました',
        'その選択肢を選んでいた途中の人は、選び直すまで申請できません',
      ],
      [
        'pages[1].fields[1].required',
        'answer',
        '項目「五」が必須になりました',
        '途中の人は、表示されてまだ答えていないとき、このページに戻って答えるまで申請できません',
      ],
      [
        'pages[2].fields[0].label',
        'nothing',
        '質問の文が「六」から「七」に変わりました',
        '途中の人の回答はそのまま残ります。前の質問の文に答えたものなので、意味が変わっていないか確かめてください',
      ],
    ])
  })

  test('keeps its word: what it calls harmless leaves complete drafts complete, and filings the same', () => {
    let [harmless, changed] = [0, 0]
    const before = form(base)
    fc.assert(
      fc.property(edited, answers, (data, given) => {
        const parsed = parseDefinition(data)
        fc.pre(parsed.ok)
        const after = (parsed as { definition: Definition }).definition
        const changes = difference(before, after)
        const draft = checkAnswers(before, given).answers
        fc.pre(journey(before, draft).complete)
        if (changes.every(({ midway }) => midway !== 'answer')) {
          harmless++
          expect(journey(after, draft).errors).toEqual({})
          expect(journey(after, draft).complete).toBe(true)
          if (changes.every(({ midway }) => midway === 'nothing')) {
            // The order of the answers may differ, as that of the fields may.
            expect(filed(after, draft)).toEqual(filed(before, draft))
          }
        }
        if (JSON.stringify(filed(after, draft)) !== JSON.stringify(filed(before, draft))) {
          changed++
          expect(changes).not.toEqual([])
        }
      }),
      { numRuns: 4000 },
    )
    expect(Math.min(harmless, changed)).toBeGreaterThan(100)
  })
})
