/** What the acts of this module say beside a field, or where they can't be done. */
export const says = {
  issueToken: {
    name: '名前',
    roles: 'プログラムに与える役割を選んでください',
    scopes: '使える範囲を選んでください',
    expiry: (last: string) => `有効期限は、今日から1年以内（${last}まで）の日を入力してください`,
    noSuchModule: '使える範囲を選び直してください',
    administratorUnconfirmed:
      '管理者の役割を与えるときは、ここにチェックを入れてください。入れない場合は、役割から管理者を外してください',
    rolesBeyondOnesOwn: '決裁と監査の役割は、ご自分が持っている場合だけプログラムに与えられます',
    nameTaken: 'この名前のトークンが、すでにあります。別の名前にするか、先に古いトークンを無効にしてください',
  },
  revokeToken: {
    revokedAlready: 'このトークンは、すでに無効です',
  },
}
