/** What the analysis of a definition found, in words. An error never happens in a sound form; a warning may be meant. */
import type { Fault } from '../reading/faults.ts'

export type FindingCode =
  | 'unreachable-page'
  | 'unreachable-field'
  | 'contradiction'
  | 'tautology'
  | 'dead-option'
  | 'dead-row'
  | 'overlap'
  | 'dead-end'
  | 'incompletable'
  | 'no-purpose'
  | 'unused'
  | 'undecided'

export type Finding = Fault & { code: FindingCode; severity: 'error' | 'warning' }

type Sentence = { ja: string; en: string; severity: Finding['severity'] }

const error = (ja: string, en: string): Sentence => ({ ja, en, severity: 'error' })
const warning = (ja: string, en: string): Sentence => ({ ja, en, severity: 'warning' })

export const findingWords = {
  'unreachable-page': (title: string) =>
    error(`ページ「${title}」は、どのように答えても表示されません`, `the page “${title}” is shown for no answers`),
  'unreachable-field': (label: string) =>
    error(`項目「${label}」は、どのように答えても表示されません`, `the field “${label}” is shown for no answers`),
  contradiction: (condition: { ja: string; en: string }) =>
    error(`この条件は成り立つことがありません：${condition.ja}`, `this can never hold: ${condition.en}`),
  tautology: (condition: { ja: string; en: string }) =>
    warning(
      `この条件はここではいつも成り立ちます。条件は要らないようです：${condition.ja}`,
      `this always holds here, and can be left out: ${condition.en}`,
    ),
  'dead-option': (label: string) =>
    error(`選択肢「${label}」は、どのように答えても選べません`, `the option “${label}” can never be chosen`),
  'dead-row': () =>
    error(
      '表のこの行が当てはまることはありません（前の行が先に当てはまる場合を含みます）',
      'this row of the table never applies',
    ),
  overlap: (other: number) =>
    error(
      `表のこの行と${other + 1}番目の行が同時に当てはまることがあります。どちらも値を出さなくなるため、条件を分けてください`,
      `this row and row ${other + 1} can apply together; then the table gives nothing`,
    ),
  'dead-end': (title: string) =>
    error(
      `ページ「${title}」が表示される人は、どのように答えても申請を終えられません`,
      `whoever is shown the page “${title}” cannot complete the form by any answers`,
    ),
  incompletable: () => error('この様式は、どのように答えても申請を終えられません', 'no answers complete this form'),
  'no-purpose': (label: string) =>
    warning(
      `「${label}」は個人情報をたずねますが、利用目的（purpose）がありません（個人情報保護法62条）`,
      `“${label}” asks for personal data without saying what they are used for`,
    ),
  unused: (name: string) => warning(`「${name}」はどこにも使われていません`, `“${name}” is used nowhere`),
  undecided: () =>
    warning(
      '条件の組み合わせが多すぎるため、表示されない項目や矛盾があるかどうかを最後まで確かめられませんでした',
      'there are too many combinations: whether anything is unreachable or contradictory was not decided',
    ),
} as const
