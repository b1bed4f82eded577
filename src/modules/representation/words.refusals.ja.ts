/** What the acts of this module say beside a field, or where they can't be done. */
export const says = {
  actFor: {
    whom: 'だれとして手続をするかを選んでください',
    mayNotActForThem: 'いまは選べません。期限が切れたか、取り消された可能性があります',
  },
  addMember: {
    unknown: 'このメールアドレスでサインインした人がいません。先に本人にサインインしてもらってください',
    aMemberAlready: 'この人は、すでにこの会社の手続ができます',
  },
  enterCompany: {
    wrong: '法人番号を確かめてください。数字13けたで、最初の数字が検査用の数字と合っている必要があります',
    number: '法人番号を入力してください',
    name: '名称',
    enteredAlready: 'この法人番号の会社は、すでに登録されています',
  },
  grantMandate: {
    overAlready: '今日より後の日を入力してください',
    tooLong: (years: number) => `${years}年以内の日を入力してください`,
    noSuchProcedure: '手続を選び直してください',
    scope: '任せる手続を選んでください',
    reason: '理由',
    nothingChosen: '任せる手続を1つ以上選んでください',
    oneself: 'ご自身のメールアドレスは指定できません',
  },
}
