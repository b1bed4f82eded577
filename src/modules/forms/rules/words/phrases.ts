/** The pieces of sentences about conditions and formulas, in Japanese and English. */
import type { Comparison, Rounding } from '../engine/language.ts'

export type Phrases = {
  quote(text: string): string
  part(subject: string, part: string): string
  /** Leaves: what holds, and what holds if it does not. */
  test(subject: string, how: Comparison, value: string, date: boolean): string
  oneOf(subject: string, values: string[]): string
  includes(subject: string, value: string): string
  answered(subject: string, value: boolean): string
  named(name: string): string
  some(group: string, inner: string): string
  every(group: string, inner: string): string
  not(inner: string, leaf: 'is' | 'answered' | 'includes' | undefined): string
  and: string
  or: string
  brackets(text: string): string
  nothing: string
  today: string
  list(parts: string[]): string
  divide(of: string, by: string, digits: number, rounding: Rounding): string
  round(of: string, digits: number, rounding: Rounding): string
  least(parts: string): string
  greatest(parts: string): string
  first(parts: string): string
  count(of: string, when: string | undefined): string
  sum(of: string, each: string, when: string | undefined): string
  row(when: string, gives: string): string
  otherwise(gives: string): string
  years(from: string, to: string): string
  days(from: string, to: string): string
  plus(date: string, years: number, months: number, days: number): string
}

const roundingJa: Record<Rounding, string> = {
  'half-up': '四捨五入',
  'half-even': '偶数への丸め',
  up: '切り上げ',
  down: '切り捨て',
}
const later = (n: number, unit: string) => (n === 0 ? '' : `${Math.abs(n)}${unit}${n > 0 ? '後' : '前'}`)

export const ja: Phrases = {
  quote: (text) => `「${text}」`,
  part: (subject, part) => `${subject}の${part}`,
  test(subject, how, value, date) {
    if (how === 'is') return `${subject}が${value}である`
    if (how === 'isNot') return `${subject}が${value}以外である`
    const numbers = { atLeast: '以上である', atMost: '以下である', over: 'より大きい', under: '未満である' }
    const dates = { atLeast: '以降である', atMost: '以前である', over: 'より後である', under: 'より前である' }
    return `${subject}が${value}${(date ? dates : numbers)[how]}`
  },
  oneOf: (subject, values) => `${subject}が${values.join('か')}である`,
  includes: (subject, value) => `${subject}で${value}を選んだ`,
  answered: (subject, value) => (value ? `${subject}の値がある` : `${subject}に回答がある`),
  named: (name) => `「${name}」にあてはまる`,
  some: (group, inner) => `${group}の1件以上で（${inner}）`,
  every: (group, inner) => `${group}のすべてで（${inner}）`,
  not(inner, leaf) {
    if (leaf === 'includes') return inner.replace(/選んだ$/, '選んでいない')
    return leaf ? inner.replace(/がある$/, 'がない').replace(/である$/, 'ではない') : `${inner}ということではない`
  },
  and: '、かつ',
  or: '、または',
  brackets: (text) => `（${text}）`,
  nothing: '値なし',
  today: '今日',
  list: (parts) => parts.join('、'),
  divide: (of, by, digits, rounding) => `${of}÷${by}（小数点以下${digits}けた、${roundingJa[rounding]}）`,
  round: (of, digits, rounding) => `${of}（小数点以下${digits}けた、${roundingJa[rounding]}）`,
  least: (parts) => `（${parts}）のうち最も小さいもの`,
  greatest: (parts) => `（${parts}）のうち最も大きいもの`,
  first: (parts) => `（${parts}）のうち値がある最初のもの`,
  count: (of, when) => (when ? `${of}のうち（${when}）ものの件数` : `${of}の件数`),
  sum: (of, each, when) => (when ? `${of}のうち（${when}）ものの${each}の合計` : `${of}ごとの${each}の合計`),
  row: (when, gives) => `${when}とき${gives}`,
  otherwise: (gives) => `どれでもないとき${gives}`,
  years: (from, to) => `${from}から${to}までの満年数`,
  days: (from, to) => `${from}から${to}までの日数`,
  plus: (date, years, months, days) =>
    `${date}の${[later(years, '年'), later(months, 'か月'), later(days, '日')].filter(Boolean).join('・') || '当日'}`,
}

const roundingEn: Record<Rounding, string> = {
  'half-up': 'half up',
  'half-even': 'half to even',
  up: 'up',
  down: 'down',
}
const spans = (years: number, months: number, days: number) =>
  [`${years} years`, `${months} months`, `${days} days`].filter((text) => !text.startsWith('0 ')).join(', ') || '0 days'

export const en: Phrases = {
  quote: (text) => `“${text}”`,
  part: (subject, part) => `${subject} (${part})`,
  test(subject, how, value, date) {
    const numbers = {
      is: 'is',
      isNot: 'is answered and is not',
      atLeast: 'is at least',
      atMost: 'is at most',
      over: 'is over',
      under: 'is under',
    }
    const dates = {
      ...numbers,
      atLeast: 'is on or after',
      atMost: 'is on or before',
      over: 'is after',
      under: 'is before',
    }
    return `${subject} ${(date ? dates : numbers)[how]} ${value}`
  },
  oneOf: (subject, values) => `${subject} is ${values.join(' or ')}`,
  includes: (subject, value) => `${subject} includes ${value}`,
  answered: (subject, value) => (value ? `${subject} has a value` : `${subject} is answered`),
  named: (name) => `“${name}” applies`,
  some: (group, inner) => `in some of ${group}, (${inner})`,
  every: (group, inner) => `in all of ${group}, (${inner})`,
  not: (inner) => `not (${inner})`,
  and: ' and ',
  or: ' or ',
  brackets: (text) => `(${text})`,
  nothing: 'no value',
  today: 'today',
  list: (parts) => parts.join(', '),
  divide: (of, by, digits, rounding) => `${of} ÷ ${by} (${digits} decimals, rounded ${roundingEn[rounding]})`,
  round: (of, digits, rounding) => `${of} (${digits} decimals, rounded ${roundingEn[rounding]})`,
  least: (parts) => `the least of (${parts})`,
  greatest: (parts) => `the greatest of (${parts})`,
  first: (parts) => `the first of (${parts}) that has a value`,
  count: (of, when) => (when ? `the number of ${of} where (${when})` : `the number of ${of}`),
  sum: (of, each, when) => (when ? `the sum of ${each} over ${of} where (${when})` : `the sum of ${each} over ${of}`),
  row: (when, gives) => `if ${when}: ${gives}`,
  otherwise: (gives) => `otherwise: ${gives}`,
  years: (from, to) => `the full years from ${from} to ${to}`,
  days: (from, to) => `the days from ${from} to ${to}`,
  plus: (date, years, months, days) => `${date} plus ${spans(years, months, days)}`,
}
