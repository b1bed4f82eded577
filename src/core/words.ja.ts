const examples = '例：2026年5月1日、令和8年5月1日'

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
    unreadable: '使えない制御文字が含まれています。入力し直してください',
    invisible: '目に見えない制御文字を消してください',
  },
  name: '氏名',
  reading: 'フリガナ',
  readingShape: 'フリガナはカタカナ（またはローマ字）で入力してください',
  day: '日付を入力してください',
  date: {
    missing: `日付を入力してください。${examples}`,
    missingParts: (parts: readonly ('year' | 'month' | 'day')[]) =>
      `${parts.map((part) => ({ year: '年', month: '月', day: '日' })[part]).join('と')}を入力してください`,
    tooLong: `日付を短く入力してください。${examples}`,
    unclear: `年・月・日がわかるように入力してください。${examples}`,
    noSuchEra: (eras: readonly string[]) => `元号は${eras.join('、')}から選んでください`,
    year: '年は西暦の4桁（例：2026）か、元号をつけて（例：令和8）入力してください',
    yearNumber: '年は数字で入力してください。例：令和8',
    noSuchYear: (eraAndYear: string) => `${eraAndYear}年はありません。西暦か元号のどちらかで入力してください`,
    month: '月は1から12までの数字で入力してください',
    day: (last: number) => `日は1から${last}までの数字で入力してください`,
    monthEnds: (year: number, month: number, last: number) =>
      `${year}年${month}月は${last}日までです。日を確かめてください`,
    otherCalendar: '明治5年までは暦が違うため、西暦で入力してください',
    eraBegins: (era: string, first: string, meant: string) =>
      `${era}は${first}からです。${meant}ではないか確かめてください`,
    eraEnds: (era: string, last: string, meant: string) =>
      `${era}は${last}までです。${meant}ではないか確かめてください`,
  },
  reason: '理由',
  id: 'この番号のものはありません',
  mail: {
    missing: 'メールアドレスを入力してください',
    tooLong: 'メールアドレスは254文字までで入力してください',
    shape: 'メールアドレスの形を確かめてください。例：hanako@example.jp',
  },
  json: { twice: '同じ名前の項目が2つあります。どちらかを消してください。' },
}
