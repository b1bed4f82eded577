/** What the core says about what was typed, beside the field. */
export const ja = {
  line: {
    missing: (label: string) => `${label}を入力してください`,
    faulty: (label: string, reason: string) => `${label}の${reason}`,
    tooLong: (label: string, most: number) => `${label}は${most}文字までで入力してください`,
  },
  text: {
    broken: '壊れた文字を消して、入力し直してください',
    severalLines: '改行を消して、1行で入力してください',
    invisible: '目に見えない制御文字を消してください',
  },
  name: '氏名',
  reading: 'フリガナ',
  readingShape: 'フリガナはカタカナ（またはローマ字）で入力してください',
  day: '日付を入力してください',
  reason: '理由',
  id: 'この番号のものはありません',
  mail: {
    missing: 'メールアドレスを入力してください',
    tooLong: 'メールアドレスは254文字までで入力してください',
    shape: 'メールアドレスの形を確かめてください。例：hanako@example.jp',
  },
  json: { twice: '同じ名前の項目が2つあります。どちらかを消してください。' },
}
