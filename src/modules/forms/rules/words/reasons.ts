/** The sentences of explanations, Japanese with English beside it. */

export type Said = { ja: string; en: string }

const both = (facts: readonly Said[], outcome: Said): Said => ({
  ja: `${facts.map(({ ja }) => ja).join('、かつ')}ため、${outcome.ja}`,
  en: `${outcome.en}, because ${facts.map(({ en }) => en).join(' and ')}`,
})

const shown: Said = { ja: '表示します', en: 'shown' }
const hidden: Said = { ja: '表示しません', en: 'hidden' }
const required: Said = { ja: '必須です', en: 'required' }
const soft: Said = { ja: 'なるべく回答が要ります', en: 'should be answered' }

export const reasons = {
  because: both,
  shown,
  hidden,
  required,
  soft,
  alwaysShown: { ja: 'いつも表示します', en: 'always shown' },
  alwaysRequired: { ja: 'いつも必須です', en: 'always required' },
  alwaysSoft: { ja: 'いつも、なるべく回答が要ります', en: 'always should be answered' },
  optional: { ja: '任意です', en: 'optional' },
  notRequired: { ja: '任意です', en: 'optional' },
  offered: { ja: '選べます', en: 'offered' },
  notOffered: { ja: '選べません', en: 'not offered' },
  page: (title: string): Said => ({
    ja: `ページ「${title}」を表示しないため、この項目も表示しません`,
    en: `hidden with the page “${title}”`,
  }),
  section: (title: string, facts: readonly Said[]): Said =>
    both(facts, { ja: `区分「${title}」を表示しません`, en: `the section “${title}” is hidden` }),
  skipped: (title: string, facts: readonly Said[]): Said => {
    const outcome = { ja: `ページ「${title}」の次はここを飛ばします`, en: `skipped after the page “${title}”` }
    return facts.length > 0 ? both(facts, outcome) : outcome
  },
  ended: (title: string): Said => ({
    ja: `ページ「${title}」で終わるため、表示しません`,
    en: `hidden, because the form ends at the page “${title}”`,
  }),
  empty: { ja: '表示する項目がないため、表示しません', en: 'hidden, because none of its fields is shown' },

  answered: (subject: Said, answer: string): Said => ({
    ja: `${subject.ja}が「${answer}」である`,
    en: `${subject.en} is “${answer}”`,
  }),
  unanswered: (subject: Said): Said => ({ ja: `${subject.ja}に回答がない`, en: `${subject.en} is not answered` }),
  given: (subject: Said, value: string): Said => ({
    ja: `${subject.ja}が${value}である`,
    en: `${subject.en} is ${value}`,
  }),
  nothing: (subject: Said): Said => ({ ja: `${subject.ja}の値がない`, en: `${subject.en} has no value` }),
  holds: (condition: Said): Said => ({ ja: condition.ja, en: condition.en }),
  holdsNot: (condition: Said): Said => ({ ja: `「${condition.ja}」が成り立たない`, en: `not (${condition.en})` }),

  computed: (how: Said, value: string): Said => ({ ja: `${how.ja} ＝ ${value}`, en: `${how.en} = ${value}` }),
  row: (n: number, row: Said, value: string): Said => ({
    ja: `表の${n + 1}行目「${row.ja}」により ${value}`,
    en: `row ${n + 1} of the table (${row.en}) gives ${value}`,
  }),
  otherwise: (value: string): Said => ({
    ja: `表のどの行も当てはまらないため ${value}`,
    en: `no row of the table applies, so ${value}`,
  }),
  noValue: (missing: readonly Said[]): Said =>
    missing.length > 0
      ? both(missing, { ja: '計算できません', en: 'not computed' })
      : { ja: '値がありません', en: 'no value' },
} as const
