/** The differences of two definitions in words, with what each means for somebody who is in the middle of the form. */
import type { Said } from '../words/reasons.ts'

/** Whose draft may be concerned. answer: a complete draft may become incomplete. look: what is shown or filed may differ. */
export type Midway = 'nothing' | 'look' | 'answer'

const say = (ja: string, en: string): Said => ({ ja, en })

/** What happened. */
export const happened = {
  title: () => say('様式の名前が変わりました', 'the form has another title'),
  purpose: (what: string) => say(`${what}の利用目的が変わりました`, `the purpose of ${what} differs`),
  pageAdded: (title: string) => say(`ページ「${title}」が増えました`, `the page “${title}” is new`),
  pageRemoved: (title: string) => say(`ページ「${title}」がなくなりました`, `the page “${title}” is gone`),
  pageMoved: (title: string) => say(`ページ「${title}」の順番が変わりました`, `the page “${title}” has moved`),
  pageWords: (title: string) =>
    say(`ページ「${title}」の題名や説明が変わりました`, `the words of the page “${title}” differ`),
  pageShowIf: (title: string) =>
    say(`ページ「${title}」を表示する条件が変わりました`, `the page “${title}” is shown on another condition`),
  pageSkip: (title: string) =>
    say(`ページ「${title}」の次に進む先が変わりました`, `what follows the page “${title}” differs`),
  pageEnd: (title: string) =>
    say(
      `ページ「${title}」で申請が終わるかどうか、またはその説明が変わりました`,
      `whether or how the form ends at the page “${title}” differs`,
    ),
  sections: (title: string) =>
    say(`ページ「${title}」の区分が変わりました`, `the sections of the page “${title}” differ`),
  fieldAdded: (label: string) => say(`項目「${label}」が増えました`, `the field “${label}” is new`),
  fieldRemoved: (label: string) => say(`項目「${label}」がなくなりました`, `the field “${label}” is gone`),
  fieldMoved: (label: string) => say(`項目「${label}」の場所が変わりました`, `the field “${label}” has moved`),
  kind: (label: string, from: string, to: string) =>
    say(`項目「${label}」の種類が ${from} から ${to} に変わりました`, `the field “${label}” is ${to}, not ${from}`),
  label: (from: string, to: string) =>
    say(`質問の文が「${from}」から「${to}」に変わりました`, `“${from}” now reads “${to}”`),
  words: (label: string) =>
    say(`項目「${label}」の説明などが変わりました`, `the words around the field “${label}” differ`),
  required: (label: string) => say(`項目「${label}」が必須になりました`, `the field “${label}” is now required`),
  optional: (label: string) => say(`項目「${label}」が任意になりました`, `the field “${label}” is now optional`),
  requiredIf: (label: string) =>
    say(`項目「${label}」が必須になる条件が変わりました`, `the field “${label}” is required on another condition`),
  soft: (label: string) =>
    say(
      `項目「${label}」の「なるべく回答」の扱いが変わりました`,
      `whether the field “${label}” should be answered differs`,
    ),
  showIf: (label: string) =>
    say(`項目「${label}」を表示する条件が変わりました`, `the field “${label}” is shown on another condition`),
  optionAdded: (label: string, option: string) =>
    say(`項目「${label}」に選択肢「${option}」が増えました`, `“${label}” has the new option “${option}”`),
  optionRemoved: (label: string, option: string) =>
    say(`項目「${label}」の選択肢「${option}」がなくなりました`, `“${label}” has lost the option “${option}”`),
  optionWords: (label: string, option: string) =>
    say(
      `項目「${label}」の選択肢「${option}」の文が変わりました`,
      `the option “${option}” of “${label}” has other words`,
    ),
  optionShowIf: (label: string, option: string) =>
    say(
      `項目「${label}」の選択肢「${option}」を選べる条件が変わりました`,
      `the option “${option}” of “${label}” is offered on another condition`,
    ),
  tighter: (label: string, what: string) =>
    say(`項目「${label}」に入力できる範囲（${what}）が狭まりました`, `“${label}” takes less than before (${what})`),
  looser: (label: string, what: string) =>
    say(`項目「${label}」に入力できる範囲（${what}）が広がりました`, `“${label}” takes more than before (${what})`),
  checks: (label: string) => say(`項目「${label}」の確かめ方が変わりました`, `the checks of “${label}” differ`),
  formula: (label: string) => say(`「${label}」の計算が変わりました`, `“${label}” is computed differently`),
  conditionChanged: (name: string) => say(`条件「${name}」の中身が変わりました`, `the condition “${name}” differs`),
  namedAdded: (name: string) => say(`「${name}」が増えました`, `“${name}” is new`),
  namedRemoved: (name: string) => say(`「${name}」がなくなりました`, `“${name}” is gone`),
} as const

/** What it means for somebody who is in the middle of the form and goes on with the new version. */
export const means = {
  words: say('途中の人の回答はそのまま使えます', 'answers given so far stay as they are'),
  order: say(
    '途中の人の回答はそのまま使えます。次に開くと新しい順番で表示されます',
    'answers stay; the order is new when the form is opened again',
  ),
  meaning: say(
    '途中の人の回答はそのまま残ります。前の質問の文に答えたものなので、意味が変わっていないか確かめてください',
    'answers stay, but were given to the old words: make sure that the meaning is the same',
  ),
  mustAnswer: say(
    '途中の人は、表示されてまだ答えていないとき、このページに戻って答えるまで申請できません',
    'whoever is shown it without an answer has to go back to this page before filing',
  ),
  mayAnswer: say(
    '途中の人は、このページに戻れば答えられます。答えなくても申請できます',
    'can be answered by going back; filing does not need it',
  ),
  easier: say('途中の人は、これまでの回答のまま申請できます', 'what was complete stays complete'),
  omitted: say(
    '途中の人がここに書いた回答は、申請に含まれなくなります',
    'what was answered here is no longer part of a filing',
  ),
  asked: say(
    '途中の人に新しく表示されたり、表示されなくなったりします。新しく表示された必須の項目に答えるまで申請できません。表示されなくなった回答は下書きに残り、申請には含まれません',
    'fields may appear or disappear: required ones that appear have to be answered, hidden answers stay in the draft and out of the filing',
  ),
  again: say(
    '途中の人のこれまでの回答が新しい決まりに合わないときは、答え直すまで申請できません',
    'an answer that no longer fits has to be given again before filing',
  ),
  chooseAgain: say(
    'その選択肢を選んでいた途中の人は、選び直すまで申請できません',
    'whoever had chosen it has to choose again before filing',
  ),
  soft: say(
    '途中の人に、足りない項目の知らせ方が変わります。申請はできます',
    'what is said to be missing differs; filing stays possible',
  ),
  recomputed: say('途中の人の値は新しい計算で出し直されます', 'it is computed anew from the answers given so far'),
  nobody: say('途中の人に影響はありません', 'nobody in the middle of the form is concerned'),
} as const
