/** What the acts and views of this module are called in the audit trail. */
export const acts: Readonly<Record<string, string>> = {
  'people.enter-company': '会社の登録',
  'people.add-member': '会社の手続ができる人の追加',
  'people.end-member': '会社の手続ができる人を外すこと',
  'people.grant-mandate': '委任の申し出',
  'people.enter-legal-mandate': '法定代理人の登録',
  'people.accept-mandate': '代理の引き受け',
  'people.revoke-mandate': '代理の終わり',
  'people.my-mandates': '自分の委任と代理',
  'people.act-for': 'だれの手続をするかの選択',
  'people.my-acting': '手続できる相手の一覧',
}
