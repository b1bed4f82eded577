import { describe, expect, test } from 'vitest'
import type { Definition } from '../definition/definition.ts'
import type { Answers, FileAnswer } from '../engine/evaluate.ts'
import { consultation, form } from '../example.ts'
import { findPage } from '../journey/journey.ts'
import { checkAnswers, readAnswers, typedAnswers } from './answers.ts'

/** Reads one field on a page of its own. */
function read(field: object, raw: Record<string, unknown>, files?: Record<string, FileAnswer[]>) {
  const definition = form({
    title: '届出',
    pages: [{ id: 'p', title: '入力', fields: [{ id: 'x', label: 'お名前', ...field }] }],
  })
  const result = readAnswers(definition, definition.pages[0]!, raw, { files })
  return { answer: result.answers.x, error: result.errors.x, typed: result.typed.x, wrong: result.wrong.x }
}

const on = (page: string, raw: Record<string, unknown>, answers: Answers = {}, definition: Definition = consultation) =>
  readAnswers(definition, findPage(definition, page)!, raw, { answers })

const pdf: FileAnswer = { file: 'f1', name: '証明書.PDF', size: 1000, type: 'application/pdf' }

describe('a line of text', () => {
  const name = { kind: 'text', maxLength: 10, required: true }

  test.each(['葛\u{e0100}城', '\ufa19', '髙橋﨑', 'か\u3099', '𠮷'.repeat(10), '葛\u{e0100}'.repeat(10), ' 津 '])(
    'keeps %j as it was typed',
    (x) => expect(read(name, { x })).toEqual({ answer: x, typed: x, error: undefined, wrong: undefined }),
  )

  test('is asked for where it is required, also if only spaces were typed', () => {
    for (const raw of [{}, { x: '' }, { x: ' 　' }, { x: [] }])
      expect(read(name, raw).error).toBe('お名前を入力してください')
    expect(read({ kind: 'text' }, { x: '' })).toMatchObject({ answer: undefined, error: undefined })
  })

  test('is counted as a reader counts', () => {
    expect(read(name, { x: 'あ'.repeat(11) }).error).toBe('お名前は10文字以内で入力してください。いまは11文字です')
    expect(read(name, { x: 'あ'.repeat(11) }).typed).toBe('あ'.repeat(11))
  })

  test('with 外字 is refused with a way out', () => {
    expect(read(name, { x: '渡\ue000' }).error).toBe(
      'お名前の外字（ほかの機器では表示できない文字）を別の字にしてください。正しい字は窓口か電話でお知らせください',
    )
  })

  test('with a NUL, a line break or half a character is refused', () => {
    expect(read(name, { x: 'a\0' }).error).toBe('お名前の目に見えない制御文字を消してください')
    expect(read(name, { x: 'a\nb' }).error).toBe('お名前の改行を消して、1行で入力してください')
    expect(read(name, { x: '\ud842' }).error).toBe('お名前の壊れた文字を消して、入力し直してください')
    expect(read(name, { x: 'a\0\ud842' }).typed).toBe('a\ufffd')
  })

  test('with マイナンバー is refused, and one with a 法人番号 is not', () => {
    for (const x of ['123456789018', '番号は１２３４　５６７８　９０１８です', '1234-5678-9018']) {
      expect(read({ kind: 'text' }, { x }).error).toBe(
        'お名前からマイナンバーと思われる12けたの数字を消してください。ここではマイナンバーを受け取れません',
      )
      expect(read({ kind: 'long-text' }, { x }).error).toContain('マイナンバー')
    }
    expect(read({ kind: 'text' }, { x: '5000020240001' }).error).toBeUndefined()
  })

  test('sent twice is refused', () => {
    expect(read(name, { x: ['a', 'b'] })).toMatchObject({ error: 'お名前を1つだけ入力してください', typed: 'a' })
  })

  test('of five megabytes is refused, and not sent back whole', () => {
    const huge = { text: '葛\u{e0100}'.repeat(1_700_000), mail: 'a@'.repeat(2_500_000), phone: '0'.repeat(5_000_000) }
    for (const kind of ['text', 'long-text', 'mail', 'phone', 'choice', 'date']) {
      const field = kind === 'choice' ? { kind, options: [{ value: 'a', label: 'A' }] } : { kind }
      for (const x of Object.values(huge)) {
        const { error, typed } = read(field, { x })
        expect(error).toBeTypeOf('string')
        expect(JSON.stringify(typed).length).toBeLessThan(50_000)
      }
      expect(read(field, { x: Array(1_000_000).fill('a') }).error).toBeTypeOf('string')
    }
  })
})

test('several lines keep their breaks, in one spelling', () => {
  expect(read({ kind: 'long-text' }, { x: '一\r\n二\n\t三' }).answer).toBe('一\n二\n\t三')
})

describe('a choice', () => {
  const options = [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ]
  const one = { kind: 'choice', options, required: true }
  const many = { kind: 'choices', options, required: true }

  test('is one of the options', () => {
    expect(read(one, { x: 'b' }).answer).toBe('b')
    expect(read(one, { x: ['', 'b'] }).answer).toBe('b')
    expect(read(one, {}).error).toBe('お名前を選んでください')
    expect(read(one, { x: 'toString' }).error).toBe('お名前を一覧から選んでください')
    expect(read(one, { x: ['a', 'b'] }).error).toBe('お名前を1つだけ選んでください')
  })

  test('of several keeps the order of the list, each once', () => {
    expect(read(many, { x: ['b', 'a', 'b'] }).answer).toEqual(['a', 'b'])
    expect(read(many, { x: 'b' }).answer).toEqual(['b'])
    expect(read(many, { x: ['a', 'c'] }).error).toBe('お名前を一覧から選んでください')
    expect(read(many, {}).error).toBe('お名前を1つ以上選んでください')
  })

  test('that was unchecked on a posted page is empty', () => {
    const answers: Answers = { topics: ['ai', 'other'], day: '2026-11-21' }
    expect(on('wish', { day: '2026-11-21' }, answers).answers).toEqual({ day: '2026-11-21' })
  })
})

describe('a date', () => {
  const day = { kind: 'date', required: true, label: '生年月日' }

  test('comes from three inputs or one', () => {
    expect(read(day, { 'x.year': '２０００', 'x.month': '5', 'x.day': '1' }).answer).toBe('2000-05-01')
    expect(read(day, { 'x.era': '平成', 'x.year': '12', 'x.month': '5', 'x.day': '1' }).answer).toBe('2000-05-01')
    expect(read(day, { x: '平成十二年五月一日' }).answer).toBe('2000-05-01')
  })

  test('says which inputs are missing or wrong, and keeps what was typed', () => {
    expect(read(day, { 'x.year': '2000', 'x.month': '', 'x.day': '' })).toEqual({
      answer: undefined,
      error: '生年月日の月と日を入力してください',
      typed: { era: '', year: '2000', month: '', day: '' },
      wrong: ['month', 'day'],
    })
    expect(read(day, { 'x.era': '昭和', 'x.year': '65', 'x.month': '1', 'x.day': '1' })).toMatchObject({
      error: '生年月日を確かめてください。昭和は64年1月7日までです。平成2年1月1日ではないか確かめてください',
      typed: { era: '昭和', year: '65' },
      wrong: ['year'],
    })
    expect(read(day, { 'x.era': '令和', 'x.year': '', 'x.month': ' ', 'x.day': '' }).error).toBe(
      '生年月日を入力してください',
    )
  })

  test('lies within its bounds', () => {
    const bounds = { ...day, earliest: '2026-11-21', latest: '2026-11-30' }
    expect(read(bounds, { x: '2026-11-20' }).error).toBe('生年月日は2026年11月21日（土）以降の日付を入力してください')
    expect(read(bounds, { x: '2026-12-01' }).error).toBe('生年月日は2026年11月30日（月）以前の日付を入力してください')
    expect([read(bounds, { x: '2026-11-21' }).answer, read(bounds, { x: '2026-11-30' }).answer]).toHaveLength(2)
  })
})

describe('a mail address', () => {
  const mail = (x: string) => read({ kind: 'mail', label: 'メールアドレス', required: true }, { x })

  test.each([
    ['hanako@example.jp', 'hanako@example.jp'],
    [' ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ　', 'hanako@example.jp'],
    ['a..b.@docomo.ne.jp', 'a..b.@docomo.ne.jp'],
    ['o’neil@example.jp', undefined],
    ["o'neil+tag@sub.example.co.jp", "o'neil+tag@sub.example.co.jp"],
    ['taro@例え.jp', 'taro@例え.jp'],
    ['taro@例え。jp', 'taro@例え.jp'],
    ['mailto:taro@example.jp', 'taro@example.jp'],
  ])('%s is read as %s', (typed, address) => expect(mail(typed).answer).toBe(address))

  test.each([
    ['', 'メールアドレスを入力してください'],
    ['hanako', 'メールアドレスに「@」を入れて入力してください。例：hanako@example.jp'],
    ['hanako@', 'メールアドレスの「@」の後ろを入力してください。例：hanako@example.jp'],
    ['@example.jp', 'メールアドレスの「@」の前を入力してください。例：hanako@example.jp'],
    ['hanako@example', 'メールアドレスの「@」の後ろを確かめてください。例：hanako@example.jp'],
    ['hanako@192.168.0.1', 'メールアドレスの「@」の後ろを確かめてください。例：hanako@example.jp'],
    ['hanako@-a.jp', 'メールアドレスの「@」の後ろを確かめてください。例：hanako@example.jp'],
    ['a@b@example.jp', 'メールアドレスの「@」を1つだけにしてください。例：hanako@example.jp'],
    ['花子@example.jp', 'メールアドレスの「@」の前を半角の英数字と記号で入力してください。例：hanako@example.jp'],
    ['a@example.jp, b@example.jp', 'メールアドレスを1つだけ、空白を入れずに入力してください。例：hanako@example.jp'],
    ['"a"@example.jp', 'メールアドレスの「@」の前を半角の英数字と記号で入力してください。例：hanako@example.jp'],
    ['Hanako <a@example.jp>', 'メールアドレスを1つだけ、空白を入れずに入力してください。例：hanako@example.jp'],
    ['a@example.jp>', 'メールアドレスの「@」の後ろを確かめてください。例：hanako@example.jp'],
    ['a@example.jp\r\nBcc: b@example.jp', 'メールアドレスの改行を消して、1行で入力してください'],
    ['a@example.jp\n', 'メールアドレスの改行を消して、1行で入力してください'],
    ['a@example.jp\0', 'メールアドレスの目に見えない制御文字を消してください'],
    ['a@example.jp:80', 'メールアドレスの「@」の後ろを確かめてください。例：hanako@example.jp'],
    ['a@example.jp/x', 'メールアドレスの「@」の後ろを確かめてください。例：hanako@example.jp'],
  ])('%j is refused with what to do', (typed, error) => expect(mail(typed)).toMatchObject({ error, answer: undefined }))
})

describe('a telephone number', () => {
  const phone = (x: string) => read({ kind: 'phone', label: '電話番号' }, { x })

  test.each([
    ['059-224-2000', '059-224-2000'],
    ['０５９ー２２４ー２０００', '059-224-2000'],
    ['(059)224−2000', '059-224-2000'],
    ['０５９（２２４）２０００', '059-224-2000'],
    ['090 1234 5678', '090-1234-5678'],
    ['09012345678', '09012345678'],
    ['0120-000-000', '0120-000-000'],
    ['+81 59-224-2000', '+81-59-224-2000'],
    ['＋１ (415) 555.2671', '+1-415-555-2671'],
  ])('%s is read as %s', (typed, number) => expect(phone(typed)).toMatchObject({ answer: number, error: undefined }))

  test.each([
    ['224-2000', '電話番号を市外局番から入力してください。例：059-224-2000'],
    ['059-224-200', '電話番号を10けたか11けたの数字で入力してください。例：059-224-2000'],
    ['059-224-2000（内線12）', '電話番号を数字とハイフンで入力してください。例：059-224-2000'],
    ['+0 1234567', '電話番号を国番号から入力してください。例：+81-59-224-2000'],
    ['ー', '電話番号を数字で入力してください。例：059-224-2000'],
    ['059-224-2000\r\nX: y', '電話番号の改行を消して、1行で入力してください'],
  ])('%j is refused with what to do', (typed, error) => expect(phone(typed).error).toBe(error))
})

describe('a file', () => {
  const paper = {
    kind: 'file',
    label: '証明書',
    required: true,
    accept: ['.pdf', '.png'],
    maxBytes: 2_097_152,
    maxFiles: 2,
  }

  test('is what the store gave, never what was typed', () => {
    expect(read(paper, { x: JSON.stringify([pdf]) }).error).toBe('証明書を添付してください')
    expect(read(paper, {}, { x: [pdf] })).toMatchObject({ answer: [pdf], error: undefined, typed: undefined })
  })

  test('fits the number, size and form that the office asks for', () => {
    expect(read(paper, {}, { x: [pdf, pdf, pdf] }).error).toBe('証明書は2個以内で添付してください')
    expect(read(paper, {}, { x: [{ ...pdf, size: 2_097_153 }] }).error).toBe(
      '証明書は1つ2MB以下のファイルを添付してください',
    )
    expect(read(paper, {}, { x: [{ ...pdf, name: 'a.pdf.exe' }] }).error).toBe(
      '証明書は .pdf .png のどれかの形式のファイルを添付してください',
    )
  })

  test('stays when its page is posted without word of it, and goes when all were taken away', () => {
    const page = findPage(consultation, 'company-more')!
    const answers: Answers = { as: 'company', register: [pdf] }
    expect(readAnswers(consultation, page, {}, { answers }).answers.register).toEqual([pdf])
    expect(readAnswers(consultation, page, {}, { answers, files: { register: [] } }).answers.register).toBeUndefined()
  })
})

describe('a posted page', () => {
  test('asks only for fields that are shown', () => {
    expect(on('who', { name: '津', as: 'person' }).errors).toEqual({})
    expect(on('who', { name: '津', as: 'company' }).errors).toEqual({ company: '会社名を入力してください' })
  })

  test('keeps what was typed into a field that is hidden now, but does not find fault with it', () => {
    const read = on('who', { name: '津', as: 'person', company: '三重商店', 'founded.year': '1' })
    expect(read.errors).toEqual({})
    expect(read.answers).toEqual({ name: '津', as: 'person', company: '三重商店' })
    expect(read.typed.founded).toEqual({ era: '', year: '1', month: '', day: '' })
  })

  test('leaves the answers of other pages and of fields it did not offer alone', () => {
    const before: Answers = { as: 'person', register: [pdf], name: '津' }
    expect(on('company-more', { register: 'x' }, before).answers).toEqual(before)
    expect(on('reach', { mail: 'a@example.jp' }, before).answers).toEqual({ ...before, mail: 'a@example.jp' })
  })

  test('takes away an answer that became wrong, so that the old one is not filed', () => {
    const read = on('reach', { mail: 'broken' }, { mail: 'a@example.jp' })
    expect(read.answers).toEqual({})
    expect(read.errors.mail).toContain('「@」')
    expect(read.typed.mail).toBe('broken')
  })

  test('ignores what nobody asked for', () => {
    const raw = JSON.parse(
      '{"__proto__": {"name": "x"}, "constructor": "x", "admin": "1", "name": "津", "as": "person"}',
    )
    expect(on('who', raw).answers).toEqual({ name: '津', as: 'person' })
    expect(on('who', { name: { $ne: 1 }, as: [['person']] }).errors).toEqual({
      name: 'お名前を入力してください',
      as: 'お立場を選んでください',
    })
    expect(on('who', Object.create({ name: '津' })).errors.name).toBe('お名前を入力してください')
  })

  test('opens again with what the draft holds', () => {
    const answers: Answers = { topics: ['ai'], day: '2026-11-01', name: '津' }
    expect(typedAnswers(findPage(consultation, 'wish')!, answers)).toEqual({
      topics: ['ai'],
      day: { era: '', year: '2026', month: '11', day: '1' },
    })
  })
})

describe('answers as a whole', () => {
  test('are checked like a posted page, whoever sends them', () => {
    const given = {
      name: '津',
      as: 'robot',
      topics: 'ai',
      day: 20261121,
      phone: '０５９ー２２４ー２０００',
      admin: true,
      mail: null,
    }
    expect(checkAnswers(consultation, given)).toEqual({
      answers: { name: '津', phone: '059-224-2000' },
      errors: {
        as: 'お立場を一覧から選んでください',
        topics: '相談の種類を1つ以上選んでください',
        day: '希望日を入力してください',
      },
    })
  })

  test('hold files only in the form the store gives', () => {
    const errors = (register: unknown) => checkAnswers(consultation, { as: 'company', register }).errors.register
    expect(errors([pdf])).toBeUndefined()
    for (const wrong of ['f1', {}, [{ file: 'f1' }], [{ ...pdf, size: -1 }], [null], [pdf, 1]]) {
      expect(errors(wrong)).toBe('登記事項証明書を添付してください')
    }
  })

  test('may be anything at all', () => {
    for (const given of [null, undefined, 1, 'x', [], { name: null }]) {
      expect(checkAnswers(consultation, given).answers).toEqual({})
    }
  })
})
