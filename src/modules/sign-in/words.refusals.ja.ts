/** What the acts of this module say beside a field, or where they can't be done. */
export const says = {
  disabled: 'このサインインは、利用が止められています。心当たりがないときは、担当にお問い合わせください。',
  /** Who is entered without a name. */
  nameless: '（氏名未登録）',
  notSureEnough:
    'サインインの方法を変えるには、すでに結び付けてあるマイナンバーカードかGビズIDでサインインしてください',
  linkSignIn: {
    consent: '結び付けることへの同意をチェックしてください',
    tooLate: '時間がたったため、はじめからやり直してください',
    linkedToSomebodyElse:
      'このサインインは、すでに別のアカウントで使われています。そのアカウントから外すと、結び付けられます',
  },
  sendCode: {
    tooManyCodes: '確認コードを何度も送ったため、しばらく送れません。1時間ほどおいてからお試しください',
  },
  unlinkSignIn: {
    theLastWayIn: 'これを外すと、サインインする方法がなくなります。先に別の方法を結び付けてください',
  },
  useCode: {
    id: '確認コードをもう一度送ってください',
    code: '確認コードを入力してください',
    sixDigits: '確認コードは数字6桁で入力してください',
    over: 'この確認コードは使えなくなりました。もう一度コードを送ってください',
    tooManyTries: '間違いが続いたため、このコードは使えません。もう一度コードを送ってください',
    other: '確認コードが違います。メールに書かれた6桁の数字を入力してください',
  },
}
