export const ja = {
  types: {
    'application/pdf': 'PDF',
    'image/jpeg': 'JPEG画像',
    'image/png': 'PNG画像',
    'image/heic': 'HEIC画像',
    'text/plain': 'テキスト',
    'text/csv': 'CSV',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word（docx）',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel（xlsx）',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint（pptx）',
  } as Record<string, string>,
  anyOf: '、',
  faults: {
    tooLarge: (limit: string) => `ファイルが大きすぎます。${limit}までにしてください`,
    wrongType: (kinds: string, several: boolean) =>
      several
        ? `ファイルの中身が${kinds}のどれでもないようです。どれかの形式で保存し直してから、もう一度選んでください`
        : `ファイルの中身が${kinds}ではないようです。${kinds}で保存し直してから、もう一度選んでください`,
    empty: '空のファイルです。中身のあるファイルを選んでください',
    cut: 'ファイルが途中で切れました。もう一度選んでください',
    myNumber:
      '中にマイナンバーと思われる12けたの数字があります。ここではマイナンバーを受け取れません。消して保存し直してから、もう一度選んでください',
    tooMany: '短い時間にたくさんのファイルが送られました。1時間ほどたってから、もう一度お試しください',
    away: 'ファイルを保管する場所につながりません。数分後に、もう一度お試しください',
  },
  again: 'ファイルを受け取れませんでした。もう一度選んでください',
  choose: 'ファイルを選んでください',
  trouble: {
    policy: 'このページを読み込み直してから、もう一度ファイルを選んでください',
    forged: '長い時間が過ぎたため、送れませんでした。ページを読み込み直してから、もう一度選んでください',
    unreadable: 'ファイルを読み取れませんでした。もう一度選んでください',
    signedOut: 'サインインしてから、もう一度選んでください',
  },
  gone: {
    title: 'このファイルは取り出せません',
    text: 'ファイルの記録はありますが、中身が見つからないか、受け取ったときと違っています。ほかの記録はそのまま残っています。',
    next: 'お手数ですが、担当の窓口に連絡してください。お手元に元のファイルがあれば、送り直せる場合があります。',
  },
  away: {
    title: 'いまはファイルを取り出せません',
    text: 'ファイルを保管する場所につながりません。ファイルはなくなっていません。',
    next: '数分後に、もう一度お試しください。',
    again: 'もう一度取り出す',
  },
  home: 'ホームへ戻る',
}
