/** What the acts and views of this module are called in the audit trail. */
export const acts: Readonly<Record<string, string>> = {
  'people.change-settings': '設定の変更',
  'people.person': '人の情報',
  'people.settings': '設定',
}
