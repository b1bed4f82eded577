/** The one condition: of a legal entity more is asked. */
const company = { id: 'company', name: '法人である', when: { field: 'form', is: 'company' } }
const grant = {
  id: 'grant',
  label: '奨励金の額',
  formula: { divide: { of: { field: 'cost' }, by: { number: '3' }, digits: 0, rounding: 'down' } },
}

const whether = [
  {
    id: 'before',
    title: '確認',
    fields: [{ id: 'resident', kind: 'yes-no', label: '県内の方ですか', required: true }],
  },
  {
    id: 'stop',
    title: '対象外です',
    showIf: { field: 'resident', is: 'no' },
    end: '県内の方だけが申請できます。',
    fields: [],
  },
]

const who = {
  id: 'who',
  title: '申請する方を入力してください',
  name: '申請する方',
  purpose: '審査と支払いのため',
  sections: [{ id: 'firm', title: '法人について', showIf: { condition: 'company' } }],
  fields: [
    { id: 'name', kind: 'name', label: 'お名前', required: true },
    { id: 'birth', kind: 'date', label: '生年月日', era: true, autocomplete: 'bday' },
    { id: 'home', kind: 'address', label: '住所', required: true },
    { id: 'mail', kind: 'mail', label: 'メールアドレス' },
    { id: 'phone', kind: 'phone', label: '電話番号', requiredIf: { not: { field: 'mail', answered: true } } },
    {
      id: 'form',
      kind: 'choice',
      label: '事業者の形',
      required: true,
      options: [
        { value: 'company', label: '法人' },
        { value: 'person', label: '個人' },
      ],
    },
    { id: 'number', kind: 'corporate-number', label: '法人番号', section: 'firm', required: true },
    { id: 'reading', kind: 'kana', label: '会社名の読み', section: 'firm' },
  ],
}

const money = {
  id: 'money',
  title: '金額を入力してください',
  name: '金額',
  fields: [
    { id: 'about', kind: 'note', label: 'ご注意', text: '税込みの金額です。' },
    { id: 'cost', kind: 'yen', label: '費用', required: true, min: '1', max: '9999999' },
    { id: 'hours', kind: 'number', label: '時間', digits: 1, unit: '時間' },
    { id: 'since', kind: 'month', label: '始めた月' },
    { id: 'account', kind: 'bank-account', label: '振込先' },
    { id: 'ease', kind: 'scale', label: '申請のしやすさ', from: 1, to: 5, low: 'むずかしい', high: 'やさしい' },
    { id: 'plan', kind: 'text', label: '計画', softRequired: { consequence: '審査でお聞きします。' } },
  ],
}

const last = {
  id: 'last',
  title: '額を確かめてください',
  name: '額',
  fields: [
    { id: 'amount', kind: 'computed', label: '奨励金の額', unit: '円', formula: { value: 'grant' } },
    { id: 'truth', kind: 'declaration', label: '書いたことに間違いはありません', required: true },
  ],
}

/**
 * A form that an office might publish: most kinds, a page that ends it for some, a section that comes and goes, an amount on a later page.
 */
export const kindsForm = {
  title: '奨励金の申請',
  conditions: [company],
  values: [grant],
  pages: [...whether, who, money, last],
}
