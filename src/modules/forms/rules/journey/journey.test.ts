import { describe, expect, test } from 'vitest'
import { type Answers, type Condition, evaluate, offered } from '../engine/evaluate.ts'
import { consultation, form } from '../example.ts'
import { conditionInWords } from '../words/words.ts'
import { checkList, checkPage, filed, journey, nextPage, previousPage, stepsOf } from './journey.ts'
import { pageLogic, shownOnPage } from './page-logic.ts'

const person: Answers = {
  name: '三重 花子',
  as: 'person',
  topics: ['ai', 'paper'],
  day: '2026-11-21',
  mail: 'hanako@example.jp',
}
const company: Answers = { ...person, as: 'company', company: '三重商店' }
const pagesOf = (answers: Answers) => evaluate(consultation, answers).pages.map((page) => page.id)
const fieldsOf = (answers: Answers, page: string) =>
  evaluate(consultation, answers).pages.find((shown) => shown.id === page)?.fields

const field = (id: string, showIf?: Condition) => ({ id, kind: 'text', label: id, showIf })

describe('what is shown', () => {
  test('follows the answers above', () => {
    expect(fieldsOf({}, 'who')).toEqual(['name', 'as'])
    expect(fieldsOf(company, 'who')).toEqual(['name', 'as', 'company', 'founded'])
    expect(fieldsOf({ topics: ['other'] }, 'wish')).toEqual(['topics', 'detail', 'day', 'why-none'])
    expect(fieldsOf({ topics: ['paper'] }, 'wish')).toEqual(['topics', 'day'])
    expect(fieldsOf({}, 'reach')).toEqual(['mail', 'phone'])
    expect(fieldsOf({ mail: 'a@example.jp' }, 'reach')).toEqual(['mail'])
    expect(fieldsOf({ phone: '0592242000' }, 'reach')).toEqual(['mail', 'phone', 'time'])
  })

  test('“is something else” needs an answer, “is not” does not', () => {
    expect(pagesOf({})).toEqual(['who', 'wish', 'reach'])
    expect(pagesOf(company)).toEqual(['who', 'company-more', 'wish', 'reach'])
    const not = form({
      title: '届出',
      pages: [
        {
          id: 'p',
          title: '入力',
          fields: [
            { id: 'a', kind: 'text', label: 'A' },
            { id: 'b', kind: 'text', label: 'B', showIf: { not: { field: 'a', is: 'x' } } },
          ],
        },
      ],
    })
    expect(evaluate(not, {}).pages[0]!.fields).toEqual(['a', 'b'])
  })

  test('treats a hidden answer as none: what hangs on it is hidden too', () => {
    expect(fieldsOf({ ...company, as: 'person' }, 'who')).toEqual(['name', 'as'])
    expect(fieldsOf({ mail: 'a@example.jp', phone: '0592242000', as: 'person' }, 'reach')).toEqual(['mail'])
  })

  test('leaves out a page without any shown field', () => {
    const definition = form({
      title: '届出',
      pages: [
        { id: 'a', title: '入力', fields: [{ id: 'x', kind: 'text', label: 'X' }] },
        { id: 'b', title: '入力', fields: [{ id: 'y', kind: 'text', label: 'Y', showIf: { field: 'x', is: '1' } }] },
      ],
    })
    expect(evaluate(definition, {}).pages).toEqual([{ id: 'a', fields: ['x'] }])
    expect(evaluate(definition, { x: '1' }).pages.map((page) => page.id)).toEqual(['a', 'b'])
  })

  test('a page offers what may be needed while it is filled in', () => {
    expect(offered(consultation, 'who', {})).toEqual([
      { id: 'name', when: 'always' },
      { id: 'as', when: 'always' },
      { id: 'company', when: 'depends' },
      { id: 'founded', when: 'depends' },
    ])
    expect(offered(consultation, 'company-more', person)).toEqual([])
    expect(offered(consultation, 'reach', company).at(-1)).toEqual({ id: 'time', when: 'always' })
    expect(offered(consultation, 'nowhere', {})).toEqual([])
  })

  test('a page is given only the earlier answers that its conditions name, and none that is hidden by now', () => {
    const reach = consultation.pages.at(-1)!
    expect(pageLogic(consultation, reach, company)?.earlier).toEqual({ as: 'company' })
    const definition = form({
      title: '届出',
      pages: [
        { id: 'a', title: '入力', fields: [field('x'), field('y', { field: 'x', answered: true })] },
        {
          id: 'b',
          title: '入力',
          fields: [
            field('u'),
            field('v', {
              any: [
                { field: 'u', is: '1' },
                { field: 'y', is: '1' },
              ],
            }),
          ],
        },
      ],
    })
    const logic = pageLogic(definition, definition.pages[1]!, { y: '1' })!
    expect(logic.earlier).toEqual({})
    expect(shownOnPage(logic, {})).toEqual(['u'])
    expect(shownOnPage(logic, { u: '1' })).toEqual(['u', 'v'])
    expect(pageLogic(definition, definition.pages[1]!, { x: '1', y: '1' })).toBeNull()
  })
})

describe('the journey', () => {
  test('goes forward and back over the shown pages', () => {
    expect(nextPage(consultation, person, 'who')).toBe('wish')
    expect(nextPage(consultation, company, 'who')).toBe('company-more')
    expect(nextPage(consultation, person, 'company-more')).toBe('wish')
    expect(nextPage(consultation, person, 'reach')).toBe(checkPage)
    expect(previousPage(consultation, person, checkPage)).toBe('reach')
    expect(previousPage(consultation, person, 'wish')).toBe('who')
    expect(previousPage(consultation, person, 'who')).toBeUndefined()
  })

  test('is complete when nothing shown is missing', () => {
    expect(journey(consultation, {})).toMatchObject({ firstIncomplete: 'who', complete: false })
    expect(journey(consultation, person)).toEqual({
      pages: ['who', 'wish', 'reach'],
      firstIncomplete: undefined,
      complete: true,
      errors: {},
    })
    const { company: _, ...nameless } = company
    expect(journey(consultation, nameless)).toMatchObject({
      firstIncomplete: 'who',
      errors: { company: '会社名を入力してください' },
    })
  })

  test('does not believe a stored answer that the form no longer allows', () => {
    expect(journey(consultation, { ...person, day: '2026-12-24' })).toMatchObject({
      firstIncomplete: 'wish',
      errors: { day: '希望日は2026年11月30日（月）以前の日付を入力してください' },
    })
  })

  test('shows its steps, with the check at the end', () => {
    expect(stepsOf(consultation, { name: '津', as: 'person' }, 'who').map((step) => step.state)).toEqual([
      'current',
      'todo',
      'todo',
      'todo',
    ])
    expect(stepsOf(consultation, person, 'reach')).toEqual([
      { page: 'who', title: '申込者を入力してください', state: 'done' },
      { page: 'wish', title: '相談したいことを入力してください', state: 'done' },
      { page: 'reach', title: '連絡先', state: 'current' },
      { page: '_check', title: '内容の確認', state: 'todo' },
    ])
  })

  test('ends with every shown field in words, and with the answers that are filed', () => {
    const pdf = { file: 'f1', name: '証明書.pdf', size: 1000, type: 'application/pdf' }
    const answers: Answers = { ...company, register: [pdf, { ...pdf, name: '地図.pdf' }] }
    expect(
      checkList(consultation, answers).flatMap((page) => page.items.map((item) => [item.label, item.text])),
    ).toEqual([
      ['お名前', '三重 花子'],
      ['お立場', '事業者'],
      ['会社名', '三重商店'],
      ['設立日', null],
      ['登記事項証明書', '証明書.pdf、地図.pdf'],
      ['相談の種類', 'AIの活用、紙をなくす'],
      ['希望日', '2026年（令和8年）11月21日（土）'],
      ['メールアドレス', 'hanako@example.jp'],
      ['電話に出られる時間', null],
    ])
    expect(checkList(consultation, answers)[1]!.items[0]!.page).toBe('company-more')
    expect(filed(consultation, answers)).toEqual(answers)
    expect(filed(consultation, { ...answers, as: 'person' })).toEqual(person)
    expect(filed(consultation, { ...person, day: '2026-12-24', topics: ['ai', 'gone'] })).toEqual({
      name: '三重 花子',
      as: 'person',
      mail: 'hanako@example.jp',
    })
  })
})

test('a condition reads as a sentence', () => {
  const words = (showIf: Parameters<typeof conditionInWords>[1]) => conditionInWords(consultation, showIf)
  expect(words({ field: 'as', is: 'company' })).toBe('「お立場」が「事業者」である場合にお答えください')
  expect(words({ field: 'as', isNot: 'company' })).toBe('「お立場」が「事業者」以外である場合にお答えください')
  expect(words({ field: 'topics', includes: 'ai' })).toBe('「相談の種類」で「AIの活用」を選んだ場合にお答えください')
  expect(words({ not: { field: 'topics', includes: 'ai' } })).toBe(
    '「相談の種類」で「AIの活用」を選んでいない場合にお答えください',
  )
  expect(words({ not: { field: 'mail', answered: true } })).toBe('「メールアドレス」に回答がない場合にお答えください')
  expect(
    words({
      any: [
        { not: { field: 'as', is: 'person' } },
        {
          all: [
            { field: 'mail', answered: true },
            { field: 'day', is: '2026-11-21' },
          ],
        },
      ],
    }),
  ).toBe(
    '「お立場」が「個人」ではない、または（「メールアドレス」に回答がある、かつ「希望日」が「2026年（令和8年）11月21日（土）」である）場合にお答えください',
  )
  expect(
    words({
      not: {
        any: [
          { field: 'mail', answered: true },
          { field: 'phone', answered: true },
        ],
      },
    }),
  ).toBe('（「メールアドレス」に回答がある、または「電話番号」に回答がある）ということではない場合にお答えください')
})
