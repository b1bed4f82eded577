/** The faults of a definition in words. Editors of forms read them: Japanese first, English for those who import. */
import type { z } from 'zod'

/** `path` as in `pages[0].fields[2].id`; empty for the definition as a whole. */
export type Fault = { path: string; ja: string; en: string }

type Sentence = { ja: string; en: string }

/** `['pages', 0, 'id']` → `pages[0].id`. */
export const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text ? '.' : ''}${String(part)}`),
    '',
  )

const quote = (value: unknown) => `「${String(value).slice(0, 60)}」`

const types: Record<string, string> = {
  string: '文字列',
  number: '数',
  int: '整数',
  boolean: 'true か false',
  array: '配列',
  object: 'オブジェクト',
}

function shape(issue: z.core.$ZodIssue): Sentence {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return { ja: 'この項目を書いてください。ありません', en: 'is missing' }
      return { ja: `${types[issue.expected] ?? issue.expected}で書いてください`, en: `must be a ${issue.expected}` }
    case 'unrecognized_keys': {
      const names = issue.keys.slice(0, 5)
      return {
        ja: `知らない項目${names.map(quote).join('')}を消してください`,
        en: `unknown: ${names.join(', ').slice(0, 200)}`,
      }
    }
    case 'too_small':
      if (issue.origin === 'string') return { ja: '文字を入れてください', en: 'must not be empty' }
      return { ja: `${issue.minimum}以上にしてください`, en: `must be at least ${issue.minimum}` }
    case 'too_big':
      if (issue.origin === 'string')
        return { ja: `${issue.maximum}文字以内にしてください`, en: `must have at most ${issue.maximum} characters` }
      return { ja: `${issue.maximum}以下にしてください`, en: `must be at most ${issue.maximum}` }
    case 'invalid_union':
      if (issue.path.at(-1) === 'kind')
        return { ja: '知っている種類の名前にしてください', en: 'is no known kind of field' }
      return {
        ja: '条件は field と is・isNot・includes・answered のどれか1つ、または all・any・not で書いてください',
        en: 'a condition is field with one of is, isNot, includes, answered; or all, any, not',
      }
    case 'custom':
      if (issue.message === 'date')
        return { ja: '2026-05-01 の形の日付にしてください', en: 'must be a date like 2026-05-01' }
      return {
        ja: '見える文字を入れ、制御文字や外字を消してください',
        en: 'must have visible characters and no control or private use characters',
      }
    default:
      return { ja: '決められた形で書いてください', en: 'does not have the required form' }
  }
}

export const sentences = {
  /** A fault of shape that the schema found. */
  issue: (issue: z.core.$ZodIssue): Fault => ({ path: pathOf(issue.path), ...shape(issue) }),

  large: (what: 'depth' | 'parts'): Sentence =>
    what === 'depth'
      ? { ja: '条件や項目の入れ子を30段より浅くしてください', en: 'is nested more than 30 levels deep' }
      : { ja: '定義が大きすぎます。手続を分けてください', en: 'is too large' },

  idForm: (id: string): Sentence => ({
    ja: `${quote(id)}ではなく、英小文字で始まり英小文字・数字・ハイフンだけの60文字以内の名前にしてください`,
    en: 'must start with a lower-case letter and have only lower-case letters, digits and hyphens, at most 60',
  }),
  idReserved: (id: string): Sentence => ({
    ja: `${quote(id)}は使えない名前です。別の名前にしてください`,
    en: `the name ${id.slice(0, 60)} is reserved`,
  }),
  idTwice: (id: string, first: string): Sentence => ({
    ja: `${quote(id)}は ${first} でも使われています。別の名前にしてください`,
    en: `is used already at ${first}`,
  }),
  idClash: (id: string, owner: string): Sentence => ({
    ja: `${quote(id)}は項目${quote(owner)}の部品の名前と重なります。別の名前にしてください`,
    en: `${id} is also the name of a part of the field ${owner}`,
  }),
  emptyPage: { ja: 'ページに項目を1つ以上置いてください', en: 'a page needs at least one field' },
  optionTwice: (value: string): Sentence => ({
    ja: `選択肢の値${quote(value)}が重なっています。別の値にしてください`,
    en: `the option value ${value} is used twice`,
  }),
  noDay: { ja: 'latest を earliest 以降の日付にしてください', en: 'latest lies before earliest' },
  unknownField: (id: string): Sentence => ({
    ja: `${quote(id)}という項目はありません。条件の field を直してください`,
    en: `there is no field ${id.slice(0, 60)}`,
  }),
  forward: (id: string): Sentence => ({
    ja: `${quote(id)}はこの条件より前にありません。前にある項目だけを条件に使ってください`,
    en: `${id} does not come before this condition; only earlier fields can be referred to`,
  }),
  unknownOption: (value: string, id: string): Sentence => ({
    ja: `${quote(id)}に選択肢${quote(value)}はありません。選択肢の値を書いてください`,
    en: `${id} has no option ${value.slice(0, 60)}`,
  }),
  wrongTest: (id: string, kind: string, allowed: string): Sentence => ({
    ja: `${quote(id)}（${kind}）の条件には ${allowed} を使ってください`,
    en: `a condition on ${id} (${kind}) must use ${allowed}`,
  }),
  noSuchDate: (value: string): Sentence => ({
    ja: `${quote(value)}ではなく、2026-05-01 の形の日付と比べてください`,
    en: 'must be compared with a date like 2026-05-01',
  }),
} as const
