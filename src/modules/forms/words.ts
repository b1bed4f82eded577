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
  published: (version: number) => `第${version}版を公開しました。`,
  caption: '様式の一覧',
}
