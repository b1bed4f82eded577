/** One form with every kind and every condition, for the tests beside it. */
import type { Definition } from './definition/definition.ts'
import { parseDefinition } from './reading/parse.ts'

/** The definition, parsed; throws with its faults where a test's form is wrong. */
export function form(data: unknown): Definition {
  const parsed = parseDefinition(data)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults, null, 1))
  return parsed.definition
}

export const consultation = form({
  title: 'DX相談会の申込み',
  pages: [
    {
      id: 'who',
      title: '申込者を入力してください',
      fields: [
        { id: 'name', kind: 'text', label: 'お名前', required: true, maxLength: 60, purpose: '相談会の受付のため' },
        {
          id: 'as',
          kind: 'choice',
          label: 'お立場',
          required: true,
          options: [
            { value: 'person', label: '個人' },
            { value: 'company', label: '事業者' },
          ],
        },
        { id: 'company', kind: 'text', label: '会社名', required: true, showIf: { field: 'as', is: 'company' } },
        {
          id: 'founded',
          kind: 'date',
          label: '設立日',
          latest: '2026-12-31',
          showIf: { field: 'company', answered: true },
        },
      ],
    },
    {
      id: 'company-more',
      title: '会社について入力してください',
      showIf: { field: 'as', isNot: 'person' },
      fields: [
        { id: 'register', kind: 'file', label: '登記事項証明書', accept: ['.pdf'], maxBytes: 1_048_576, maxFiles: 2 },
      ],
    },
    {
      id: 'wish',
      title: '相談したいことを入力してください',
      fields: [
        {
          id: 'topics',
          kind: 'choices',
          label: '相談の種類',
          required: true,
          options: [
            { value: 'ai', label: 'AIの活用' },
            { value: 'paper', label: '紙をなくす' },
            { value: 'other', label: 'その他' },
          ],
        },
        {
          id: 'detail',
          kind: 'long-text',
          label: '相談の内容',
          maxLength: 1000,
          showIf: { field: 'topics', includes: 'other' },
        },
        { id: 'day', kind: 'date', label: '希望日', earliest: '2026-11-21', latest: '2026-11-30', required: true },
        {
          id: 'why-none',
          kind: 'text',
          label: '紙を残す理由',
          showIf: { all: [{ field: 'topics', answered: true }, { not: { field: 'topics', includes: 'paper' } }] },
        },
      ],
    },
    {
      id: 'reach',
      title: '連絡先を入力してください',
      name: '連絡先',
      fields: [
        { id: 'mail', kind: 'mail', label: 'メールアドレス' },
        {
          id: 'phone',
          kind: 'phone',
          label: '電話番号',
          required: true,
          showIf: { not: { field: 'mail', answered: true } },
        },
        {
          id: 'time',
          kind: 'text',
          label: '電話に出られる時間',
          showIf: {
            any: [
              { field: 'phone', answered: true },
              { field: 'as', is: 'company' },
            ],
          },
        },
      ],
    },
  ],
})
