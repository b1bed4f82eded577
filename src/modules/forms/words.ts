/** Words of the console; staff read Japanese. */
export const words = {
  list: '様式',
  none: 'まだ様式はありません',
  noneText: '様式の定義（JSON）を公開すると、ここに並びます。',
  add: '新しい様式を公開する',
  addTitle: '新しい様式を公開する',
  title: '様式の名前',
  version: '最新の版',
  unpublished: '未公開',
  at: '公開した日時',
  versions: '公開した版',
  next: '次の版を公開する',
  definition: '様式の定義（JSON）',
  hint: '公開した版は変わりません。途中まで入力した人は、始めたときの版で最後まで申請できます。',
  publish: '公開する',
  preview: '公開の前に見る',
  previewTitle: (title: string) => `公開の前に見る：${title}`,
  previewText:
    'まだ公開していません。申請する人には、次のように見えます（ここでは入力できません）。公開した版は、あとから変えられません。',
  edit: '直す',
  changes: 'いま公開している版から変わること',
  noChanges: 'いま公開している版と同じです。',
  what: '変わること',
  meaning: '途中まで入力した人が、新しい版で続けたときの意味',
  pageOf: (n: number, all: number, title: string) => `${n}／${all}ページ　${title}`,
  published: (version: number) => `第${version}版を公開しました。`,
  caption: '様式の一覧',
  write: '様式の定義を書く',
  cancel: 'やめる',
  exampleTitle: '書き方の例と、使える種類を見る',
  exampleText: '1つの様式は、いくつかのページ（pages）からなり、ページには項目（fields）が並びます。',
  kinds: '項目の種類（kind）には、次のどれかを書きます。',
  refused: '公開していません。「直すところ」の一覧を見て直してください',
  faults: '直すところ',
  place: '場所',
  mend: '直し方',
}

/** A whole definition that can be published as it stands, to begin from. */
export const example = {
  title: '施設の利用申込',
  pages: [
    {
      id: 'use',
      title: '利用する日と部屋を入力してください',
      fields: [
        { id: 'day', kind: 'date', label: '利用する日', required: true },
        {
          id: 'room',
          kind: 'choice',
          label: '部屋',
          required: true,
          options: [
            { value: 'small', label: '小会議室' },
            { value: 'large', label: '大会議室' },
          ],
        },
      ],
    },
    {
      id: 'contact',
      title: '連絡先を入力してください',
      fields: [
        { id: 'name', kind: 'text', label: 'お名前', required: true },
        { id: 'mail', kind: 'mail', label: 'メールアドレス', required: true },
        { id: 'note', kind: 'long-text', label: 'そのほかに伝えたいこと' },
      ],
    },
  ],
}
