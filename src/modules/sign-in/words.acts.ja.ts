/** What the acts and views of this module are called in the audit trail. */
export const acts: Readonly<Record<string, string>> = {
  'people.count-try': '確認コードの入力',
  'people.recognise': '庁内アカウントでのサインイン',
  'people.recognise-card': 'マイナンバーカードでのサインイン',
  'people.recognise-business': 'GビズIDでのサインイン',
  'people.note-failed-sign-in': 'サインインの失敗',
  'people.link-sign-in': 'サインインの方法の結び付け',
  'people.unlink-sign-in': 'サインインの方法を外すこと',
  'people.my-sign-ins': '自分のサインインの方法',
  'people.remember-flow': '認証の窓口への移動',
  'people.take-flow': '認証の窓口からの戻り',
  'people.send-code': '確認コードの送信',
  'people.use-code': 'メールでのサインイン',
  'people.sign-out': 'サインアウト',
}
