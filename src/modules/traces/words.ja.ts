import type { Direction, TraceKind } from './rules.ts'

/** What a kind of link is called on either end, in the picker, and to whoever spoke. */
type KindWords = Record<Direction, { heading: string; choice: string; news(own: string, other: string): string }>

const kinds: Record<TraceKind, KindWords> = {
  'led-to': {
    there: {
      heading: 'ここから生まれたもの',
      choice: 'これがきっかけで、選んだものが生まれた',
      news: (own, other) => `「${own}」がきっかけとなり、「${other}」が生まれました。`,
    },
    back: {
      heading: 'きっかけになったもの',
      choice: '選んだものがきっかけで、これが生まれた',
      news: (own, other) => `「${own}」は、「${other}」をきっかけに生まれました。`,
    },
  },
  became: {
    there: {
      heading: 'このあと形になったもの',
      choice: 'これが形を変えて、選んだものになった',
      news: (own, other) => `「${own}」が、「${other}」になりました。`,
    },
    back: {
      heading: 'もとになったもの',
      choice: '選んだものが形を変えて、これになった',
      news: (own, other) => `「${own}」は、「${other}」がもとになりました。`,
    },
  },
  answers: {
    there: {
      heading: 'これが答えているもの',
      choice: 'これは、選んだものへの回答である',
      news: (own, other) => `「${own}」が、「${other}」への回答になりました。`,
    },
    back: {
      heading: 'これへの回答',
      choice: '選んだものは、これへの回答である',
      news: (own, other) => `「${own}」への回答が、「${other}」にあります。`,
    },
  },
  changed: {
    there: {
      heading: 'この声で変わったもの',
      choice: 'この声で、選んだものが変わった',
      news: (own, other) => `「${own}」の声で、「${other}」が変わりました。`,
    },
    back: {
      heading: 'これを変えた声',
      choice: '選んだものの声で、これが変わった',
      news: (own, other) => `「${own}」は、「${other}」の声で変わりました。`,
    },
  },
  'counted-in': {
    there: {
      heading: 'これが数えられているところ',
      choice: 'これは、選んだものに数えられている',
      news: (own, other) => `「${own}」は、「${other}」に数えられています。`,
    },
    back: {
      heading: 'ここに数えているもの',
      choice: '選んだものは、ここに数えられている',
      news: (own, other) => `「${own}」に、「${other}」を数えています。`,
    },
  },
  'decided-by': {
    there: {
      heading: 'これを決めたところ',
      choice: 'これは、選んだもので決まった',
      news: (own, other) => `「${own}」は、「${other}」で決まりました。`,
    },
    back: {
      heading: 'ここで決めたこと',
      choice: '選んだものは、ここで決まった',
      news: (own, other) => `「${own}」で、「${other}」が決まりました。`,
    },
  },
  related: {
    there: {
      heading: '関係するもの',
      choice: 'これと選んだものは、関係がある',
      news: (own, other) => `「${own}」と「${other}」に関係があることがわかりました。`,
    },
    back: {
      heading: '関係するもの',
      choice: 'これと選んだものは、関係がある',
      news: (own, other) => `「${own}」と「${other}」に関係があることがわかりました。`,
    },
  },
}

export const ja = {
  kinds,
  title: 'つながり',
  none: 'つながりは、まだありません。',
  because: (reason: string) => `理由：${reason}`,
  made: 'つないだ日時',
  correct: '確かめる・取り消す',
  correctHidden: (title: string) => `（${title}とのつながり）`,
  add: 'つながりを付ける',
  news: {
    subject: (title: string) => `「${title}」についてのお知らせ`,
    reason: (reason: string) => `理由：${reason}`,
  },
  picker: {
    title: 'つながりを付ける',
    this: (label: string) => `これ（${label}）`,
    search: 'つなぐ相手をさがす',
    words: '名前か番号の一部',
    between: '、',
    what: (labels: string) => `さがせるもの：${labels}。あなたが見られるものだけが出ます。`,
    hint: '例：相談会、R8-7K3M-2QXD',
    find: 'さがす',
    found: 'つなぐ相手を選ぶ',
    foundText: '1つ選び、これとどのようなつながりがあるかを書いてください。',
    none: (words: string) => `「${words}」に当てはまるものは見つかりませんでした`,
    noneText: 'ことばを短くするか、別のことばでお試しください。見る権限のないものは、ここには出ません。',
    group: (label: string) => `つなぐ相手（${label}）`,
    linked: 'すでにつながっています',
    more: (n: number) => `先頭の${n}件です。ことばを足すと絞り込めます。`,
    kind: 'どのようなつながりですか',
    kindHint: '「これ」は、いちばん上に出ているものです。「選んだもの」は、さがして選んだものです。',
    directions: { there: 'これから、選んだものへ', back: '選んだものから、これへ', both: 'どちらからも' },
    reason: '理由',
    reasonHint: 'どちらのページにも表示し、声を寄せた人へのお知らせにも書かれます。個人の情報は書かないでください。',
    submit: 'つなぐ',
    cancel: 'やめて戻る',
    done: 'つながりを付けました。声を寄せた人がいれば、お知らせを送ります。',
  },
  one: {
    title: 'つながりを確かめる',
    from: 'もと',
    to: '先',
    kind: 'つながり',
    reason: '理由',
    madeBy: 'つないだ人',
    madeAt: 'つないだ日時',
    withdrawn: '取り消した記録',
    next: '次にすること',
    text: '取り消すと、どちらのページにも出なくなります。記録には残ります。',
    unlink: 'このつながりを取り消す',
    done: 'つながりを取り消しました。',
    gone: 'このつながりは、取り消されています。',
    back: '戻る',
    program: 'システムまたは外部のプログラム',
  },
}
