import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bigrams,
  cleanLine,
  cleanText,
  exceeds,
  graphemes,
  hasPrivateUse,
  isBlank,
  likePattern,
  searchForm,
  toFullKatakana,
} from './text.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[ぁ-ゟァ-ヿｦ-ﾟ一-鿋Ａ-ｚ０-９ 　ー〜－-]{0,30}$/),
)

describe('length', () => {
  test('counts what a reader sees', () => {
    expect(graphemes('葛\u{e0100}城')).toBe(2)
    expect(graphemes('か\u3099')).toBe(1)
    expect(graphemes('👨‍👩‍👧')).toBe(1)
    expect(graphemes('')).toBe(0)
  })

  test('is counted as the standard counts it, also where that is seen at once', () => {
    const counted = (text: string) => [...new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(text)].length
    fc.assert(
      fc.property(anyText, (text) => {
        expect(graphemes(text)).toBe(counted(text))
      }),
      { numRuns: 500 },
    )
    const alone = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
    // Beside a letter, as no two of those that join each other are among them.
    for (const one of alone) expect(graphemes(`あ${one}`), one.codePointAt(0)?.toString(16)).toBe(counted(`あ${one}`))
  })

  test('is compared with a limit as if counted', () => {
    fc.assert(
      fc.property(anyText, fc.nat(40), (text, max) => {
        expect(exceeds(text, max)).toBe(graphemes(text) > max)
      }),
    )
  })

  test('of five megabytes is refused', () => {
    expect(exceeds('あ'.repeat(5_000_000), 100)).toBe(true)
    expect(exceeds(`a${'\u0301'.repeat(5_000_000)}`, 100)).toBe(true)
  })

  test('of nothing visible is blank', () => {
    expect(['', ' ', '　\n\t', '\u200b\u200e'].map(isBlank)).toEqual([true, true, true, true])
    expect(['a', ' あ', '\u0000'].map(isBlank)).toEqual([false, false, false])
  })
})

describe('the search form', () => {
  test('makes the spellings of one word equal', () => {
    for (const spelling of ['サーバー', 'ｻｰﾊﾞｰ', 'さーばー', 'サーハ\u3099ー'])
      expect(searchForm(spelling)).toBe('サーバー')
    for (const spelling of ['１－２－３', '1−2−3', '1ー2ー3', '1‐2–3']) expect(searchForm(spelling)).toBe('1-2-3')
    expect(searchForm('㈱ＡＢＣ')).toBe('(株)abc')
    expect(searchForm('9時〜17時')).toBe(searchForm('９時～１７時'))
    expect(searchForm('　津\u00a0市 ')).toBe('津 市')
  })

  test('finds a name with and without its variation selector', () => {
    expect(searchForm('葛\u{e0100}城')).toBe(searchForm('葛城'))
    expect(searchForm('\ufa19')).toBe('神')
  })

  test('changes nothing the second time', () => {
    expect(searchForm('わﾞゐﾞゑﾞをﾞ')).toBe('ヷヸヹヺ')
    fc.assert(
      fc.property(anyText, (text) => {
        expect(searchForm(searchForm(text))).toBe(searchForm(text))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('bigrams', () => {
  test('are the pairs within words, each once', () => {
    expect(bigrams('三重県 三重')).toEqual(['三重', '重県'])
    expect(bigrams('𠮷野家')).toEqual(['𠮷野', '野家'])
    expect(bigrams('津')).toEqual([])
  })

  test('of a part are among those of the whole', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (before, part, after) => {
        const whole = searchForm(before + part + after)
        fc.pre(whole.includes(searchForm(part)))
        const all = new Set(bigrams(whole))
        expect(bigrams(part).every((pair) => all.has(pair))).toBe(true)
      }),
    )
  })
})

describe('cleaning', () => {
  test.each(['葛\u{e0100}城', '\ufa19', '﨑髙𠮷', 'か\u3099', 'ｶﾞ㈱①', '\u200fعلي', ' 三重　太郎 ', 'a\tb'])(
    'leaves %j exactly as typed',
    (text) => expect(cleanLine(text)).toEqual({ ok: true, text }),
  )

  test('refuses what no keyboard types, and says what to do', () => {
    expect(cleanLine('a\0b')).toEqual({ ok: false, reason: '目に見えない制御文字を消してください' })
    expect(cleanLine('a\x9fb')).toEqual({ ok: false, reason: '目に見えない制御文字を消してください' })
    expect(cleanText('a\x1bb')).toEqual({ ok: false, reason: '目に見えない制御文字を消してください' })
    expect(cleanLine('\ud842')).toEqual({ ok: false, reason: '壊れた文字を消して、入力し直してください' })
    expect(cleanLine('津\ufffd市')).toEqual({ ok: false, reason: '壊れた文字を消して、入力し直してください' })
    expect(cleanLine('a\r\nBcc: b')).toEqual({ ok: false, reason: '改行を消して、1行で入力してください' })
  })

  test('writes every line break of a longer text in one way', () => {
    expect(cleanText('a\r\nb\rc\nd')).toEqual({ ok: true, text: 'a\nb\nc\nd' })
  })

  test('either changes nothing but line breaks, or refuses', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = cleanLine(text)
        if (line.ok) expect(line.text).toBe(text)
        const lines = cleanText(text)
        if (lines.ok) expect(cleanText(lines.text)).toEqual(lines)
      }),
    )
  })

  test('knows the private use areas of all planes', () => {
    expect(['\ue000', '\uf8ff', '\u{f0000}', '\u{10fffd}'].map(hasPrivateUse)).toEqual([true, true, true, true])
    expect(['\ufa19', '葛\u{e0100}', '𠮷', '\ud842'].map(hasPrivateUse)).toEqual([false, false, false, false])
  })
})

test('kana become full-width katakana, and nothing else changes', () => {
  expect(toFullKatakana('ﾐｴ ﾀﾛｳ')).toBe('ミエ タロウ')
  expect(toFullKatakana('ｶﾞｷﾞﾊﾟ')).toBe('ガギパ')
  expect(toFullKatakana('みえ　たろう')).toBe('ミエ　タロウ')
  expect(toFullKatakana('か\u3099カﾞ')).toBe('ガガ')
  expect(toFullKatakana('ゔぁーじる・Ａ①\ufa19')).toBe('ヴァージル・Ａ①\ufa19')
})

test('a pattern for `like` finds what was typed and nothing else by its signs', () => {
  expect(likePattern('100%_\\')).toBe('%100\\%\\_\\\\%')
})
