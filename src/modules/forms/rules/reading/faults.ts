/** The faults of a definition in words. Editors of forms read them: Japanese first, English for those who import. In one file, so that all are worded alike. */
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
  date: '日付',
  text: '文字',
}

function shape(issue: z.core.$ZodIssue): Sentence {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return { ja: 'この項目を書いてください。ありません', en: 'is missing' }
      return {
        ja: `${types[issue.expected] ?? issue.expected}で書いてください`,
        en: `must be of the type ${issue.expected}`,
      }
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
        ja: '条件は field と is・isNot・includes・answered などのどれか1つ、または all・any・not などで、計算はその決められた形で書いてください',
        en: 'a condition is field with one of is, isNot, includes, answered …; or all, any, not …; a formula has one of its forms',
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

/** How far a reading went wrong: what is missing or unknown at the top of it counts most. */
const distance = (issues: readonly z.core.$ZodIssue[]) =>
  issues.reduce(
    (sum, { path, code }) =>
      sum + (code === 'unrecognized_keys' && path.length === 0 ? 1000 : path.length === 1 ? 10 : 1),
    0,
  )

/** What the schema found. Of the forms that something could have had, the one that was meant tells where the fault is. */
function issuesOf(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const keys = typeof issue.input === 'object' && issue.input !== null ? Object.keys(issue.input) : []
  const meant = [...issue.errors].sort((a, b) => distance(a) - distance(b))[0]!
  const atTop = meant.every(({ path, code }) => path.length === 0 || (path.length === 1 && code === 'invalid_type'))
  // Nothing of it was recognised: the sentence about all forms says more than one about a form that was not meant.
  if (keys.length === 0 || (atTop && meant.some(({ code }) => code === 'unrecognized_keys'))) return [issue]
  return meant.flatMap((inner) => issuesOf({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue))
}

export const sentences = {
  /** The faults of shape in what the schema found. */
  issues: (issue: z.core.$ZodIssue): Fault[] =>
    issuesOf(issue).map((one) => ({ path: pathOf(one.path), ...shape(one) })),

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
  forwardBy: (id: string, field: string): Sentence => ({
    ja: `${quote(id)}は、この場所より後ろの項目${quote(field)}を使っています。前にある項目だけを使ってください`,
    en: `${id} uses the field ${field}, which does not come before this place`,
  }),
  cycle: (names: readonly string[]): Sentence => ({
    ja: `${names.slice(0, 10).map(quote).join('→')}が輪になっています。どれかの条件や計算を直してください`,
    en: `these hang on each other in a circle: ${names.slice(0, 10).join(' → ')}`,
  }),
  unknownCondition: (id: string): Sentence => ({
    ja: `${quote(id)}という名前の条件はありません`,
    en: `there is no condition named ${id.slice(0, 60)}`,
  }),
  unknownValue: (id: string): Sentence => ({
    ja: `${quote(id)}という計算の値はありません`,
    en: `there is no value named ${id.slice(0, 60)}`,
  }),
  unknownPart: (part: string, id: string): Sentence => ({
    ja: `${quote(id)}に${quote(part)}という部分はありません`,
    en: `${id} has no part ${part.slice(0, 60)}`,
  }),
  noGroup: (id: string): Sentence => ({
    ja: `${quote(id)}は繰り返しや表ではありません。繰り返し（group）か表（table）の名前を書いてください`,
    en: `${id} is no repeating group or table`,
  }),
  noValue: (id: string): Sentence => ({
    ja: `${quote(id)}の回答は計算に使えません。数・円・段階・日付の項目か、値がすべて数の選択肢を使ってください`,
    en: `the answer to ${id} cannot be computed with`,
  }),
  twoTypes: (a: string, b: string): Sentence => ({
    ja: `${types[a] ?? a}と${types[b] ?? b}は比べられません。同じ種類にしてください`,
    en: `${a} and ${b} cannot go together`,
  }),
  wantsType: (type: string): Sentence => ({
    ja: `ここには${types[type] ?? type}だけを使ってください`,
    en: `only a ${type} can be used here`,
  }),
  noNumber: (value: string): Sentence => ({
    ja: `${quote(value)}ではなく、12.5 の形の数と比べてください`,
    en: 'must be compared with a number like 12.5',
  }),
  unspelled: (value: string, kind: string): Sentence => ({
    ja: `${quote(value)}という回答は${kind}の項目にはありません。回答として保存される形で書いてください`,
    en: `no answer of the kind ${kind} is spelled ${value.slice(0, 60)}`,
  }),
  bounds: (least: string, most: string): Sentence => ({
    ja: `${most} を ${least} 以上にしてください`,
    en: `${most} lies below ${least}`,
  }),
  length: { ja: 'mask のある項目に minLength・maxLength は使えません', en: 'a masked text has the length of its mask' },
  unknownSection: (id: string): Sentence => ({
    ja: `${quote(id)}という区分はこのページにありません`,
    en: `the page has no section ${id.slice(0, 60)}`,
  }),
  brokenSection: (id: string): Sentence => ({
    ja: `区分${quote(id)}の項目を続けて並べてください`,
    en: `the fields of the section ${id.slice(0, 60)} do not stand together`,
  }),
  emptySection: (id: string): Sentence => ({
    ja: `区分${quote(id)}に項目を1つ以上置いてください`,
    en: `the section ${id.slice(0, 60)} has no field`,
  }),
  skipTo: (id: string): Sentence => ({
    ja: `${quote(id)}は、このページより後ろのページか _check ではありません`,
    en: `${id.slice(0, 60)} is no later page and not _check`,
  }),
  skipForward: {
    ja: '次のページへ進むだけの skip は要りません。消してください',
    en: 'a skip to the very next page skips nothing',
  },
  endAsks: { ja: '終わりのページには note だけを置いてください', en: 'an end has notes only' },
  endSkips: { ja: '終わりのページに skip は書けません', en: 'an end leads nowhere' },
  nested: { ja: '繰り返しの入れ子を3段までにしてください', en: 'groups are nested more than three deep' },
  noRows: { ja: '表に rows か max を書いてください', en: 'a table needs rows or max' },
  costly: (cost: number, most: number): Sentence => ({
    ja: `計算の量が多すぎます（${cost}、上限${most}）。繰り返しの件数や、繰り返しの中の条件を減らしてください`,
    en: `evaluating this takes too many steps (${cost}, at most ${most}): fewer rows, or fewer conditions inside of rows`,
  }),
  huge: (digits: number, most: number): Sentence => ({
    ja: `計算の途中の数が大きくなりすぎます（最大${digits}けた、上限${most}けた）。上限（max）を決めるか、途中で丸めてください`,
    en: `numbers may become too long (${digits} digits, at most ${most}): bound the fields, or round in between`,
  }),
  tooDeep: (depth: number, most: number): Sentence => ({
    ja: `条件や計算が重なりすぎています（${depth}段、上限${most}段）`,
    en: `named conditions and values are stacked too deep (${depth} levels, at most ${most})`,
  }),
  noSuchDate: (value: string): Sentence => ({
    ja: `${quote(value)}ではなく、2026-05-01 の形の日付と比べてください`,
    en: 'must be compared with a date like 2026-05-01',
  }),
} as const
