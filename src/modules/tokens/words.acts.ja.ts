/** What the acts and views of this module are called in the audit trail. */
export const acts: Readonly<Record<string, string>> = {
  'people.issue-token': 'APIトークンの発行',
  'people.revoke-token': 'APIトークンの無効化',
  'people.tokens': 'APIトークンの一覧',
}
