const scaleEnd = (n: number, words: string | undefined) => (words ? `${n}（${words}）` : `${n}`)

/** What the pages of a form say of their own. */
export const fieldWords = {
  ja: {
    purpose: (text: string) => `利用目的：${text}`,
    soft: (consequence: string) => `できるだけお答えください。${consequence}`,
    requiredIf: (clause: string) => `${clause}場合は、必ずお答えください`,
    computed: 'ここまでの入力から計算しました。',
    notComputed: '（まだ計算できません）',
    days: (from: string | undefined, to: string | undefined, workdays: boolean | undefined) => {
      const between = [from && `${from}から`, to && `${to}まで`].filter(Boolean).join('')
      const which = workdays ? '月曜日から金曜日' : '日'
      return between ? `${between}の${which}を選べます` : workdays ? '月曜日から金曜日を選べます' : undefined
    },
    yes: 'はい',
    no: 'いいえ',
    scaleEnd,
    examples: {
      month: '例：2026年11月',
      time: '例：9:30',
      url: '例：https://www.example.jp/',
      kana: '全角カタカナ。ひらがなはカタカナに直します',
      postcode: '例：514-8570',
      'corporate-number': '13けたの数字',
      iban: '例：GB82 WEST 1234 5698 7654 32',
    },
  },
  en: {
    purpose: (text: string) => `Used for: ${text}`,
    soft: (consequence: string) => `Please answer if you can. ${consequence}`,
    requiredIf: (clause: string) => `Required if ${clause}`,
    computed: 'Computed from what was entered so far.',
    notComputed: '(cannot be computed yet)',
    days: (from: string | undefined, to: string | undefined, workdays: boolean | undefined) => {
      const between = [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(' ')
      const which = workdays ? 'a day from Monday to Friday' : 'a day'
      return between || workdays ? `Choose ${which} ${between}`.trim() : undefined
    },
    yes: 'Yes',
    no: 'No',
    scaleEnd: (n: number, words: string | undefined) => (words ? `${n} (${words})` : `${n}`),
    examples: {
      month: 'For example 2026-11',
      time: 'For example 9:30',
      url: 'For example https://www.example.jp/',
      kana: 'Full-width katakana; hiragana are turned into it',
      postcode: 'For example 514-8570',
      'corporate-number': '13 digits',
      iban: 'For example GB82 WEST 1234 5698 7654 32',
    },
  },
}
