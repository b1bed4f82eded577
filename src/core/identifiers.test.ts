import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findMyNumber, isCorporateNumber, isMunicipalityCode, isMyNumber } from './identifiers.ts'

/** Written apart from the code under test: the one digit that makes it true, found by trying all. */
const withCheckDigit = (eleven: string) =>
  '0123456789'
    .split('')
    .map((digit) => eleven + digit)
    .find(isMyNumber)!

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
const myNumber = digits(11).map(withCheckDigit)
const wide = (text: string) => text.replace(/[0-9]/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0))
const grouped = (text: string, mark: string, size: number) => text.match(new RegExp(`.{1,${size}}`, 'g'))!.join(mark)

describe('check digits', () => {
  test('of 法人番号 fit those of known bodies', () => {
    for (const number of ['7000012050002', '5000020240001', '8000012010038'])
      expect(isCorporateNumber(number)).toBe(true)
    for (const wrong of ['7000012050003', '1000012050002', '700001205000', '７000012050002', '']) {
      expect(isCorporateNumber(wrong)).toBe(false)
    }
  })

  test('of 全国地方公共団体コード fit those of known places', () => {
    for (const code of ['240001', '242012', '242021', '131016', '011002']) expect(isMunicipalityCode(code)).toBe(true)
    for (const wrong of ['240002', '24201', '2420121', 'abcdef']) expect(isMunicipalityCode(wrong)).toBe(false)
  })

  test('of 個人番号 fit the published example', () => {
    expect(isMyNumber('123456789018')).toBe(true)
    for (const wrong of ['123456789017', '12345678901', '1234567890188', '１23456789018']) {
      expect(isMyNumber(wrong)).toBe(false)
    }
  })

  test('refuse every single wrong digit of a 法人番号 but a 0 for a 9', () => {
    fc.assert(
      fc.property(digits(12), fc.nat(11), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const number = '123456789'
          .split('')
          .map((first) => first + body)
          .find(isCorporateNumber)!
        const old = Number(number[at + 1])
        const changed = (old + by) % 10
        fc.pre(Math.abs(changed - old) !== 9)
        expect(isCorporateNumber(number.slice(0, at + 1) + changed + number.slice(at + 2))).toBe(false)
      }),
    )
  })
})

describe('an 個人番号 in free text', () => {
  const spellings: ((n: string) => string)[] = [
    (n) => n,
    wide,
    (n) => grouped(n, '-', 4),
    (n) => grouped(n, ' ', 4),
    (n) => grouped(n, '　', 4),
    (n) => grouped(n, '−', 4),
    (n) => grouped(n, 'ー', 4),
    (n) => grouped(n, ' - ', 4),
    (n) => grouped(n, '.', 4),
    (n) => grouped(n, '・', 4),
    (n) => grouped(n, '\n', 4),
    (n) => grouped(n, ' ', 1),
    (n) => grouped(n, '-', 3),
    (n) => grouped(n, '\u200b', 4),
    (n) => wide(grouped(n, '－', 4)),
    (n) => `私の番号は${n}です`,
    (n) => `番号:${grouped(n, ' ', 4)}、電話059-224-2000`,
    (n) => `電話 059-224-2000 ${grouped(n, '-', 4)} 2026年`,
    (n) => `津市 12 ${grouped(n, ' ', 4)}`,
    (n) => `氏名 ${n} 514 8570`,
  ]

  test('is found in every spelling', () => {
    fc.assert(
      fc.property(myNumber, fc.constantFrom(...spellings), (number, spell) => {
        expect(findMyNumber(spell(number))).toBe(number)
      }),
      { numRuns: 5000 },
    )
  })

  test('is not seen in 法人番号, telephone numbers, postcodes, cards, dates and sums', () => {
    const corporate = digits(12).map(
      (body) =>
        '123456789'
          .split('')
          .map((first) => first + body)
          .find(isCorporateNumber)!,
    )
    const phone = digits(8)
    const others = fc.oneof(
      corporate,
      corporate.map((n) => `${n[0]} ${grouped(n.slice(1), ' ', 4)}`),
      corporate.map((n) => `${n[0]}-${grouped(n.slice(1), '-', 4)}`),
      corporate.map(wide),
      phone.map((n) => `090-${grouped(n, '-', 4)}`),
      phone.map((n) => `090${n}`),
      phone.map((n) => `+81-90-${grouped(n, '-', 4)}`),
      phone.map((n) => `+81 90 ${grouped(n, ' ', 4)}`),
      phone.map((n) => `+8190${n}`),
      phone.map((n) => `TEL 059-${n.slice(0, 3)}-${n.slice(3, 7)} FAX 059-${n.slice(1, 4)}-${n.slice(4)}`),
      digits(16).map((n) => grouped(n, '-', 4)),
      digits(16).map((n) => grouped(n, ' ', 4)),
      digits(7).map((n) => `〒${n.slice(0, 3)}-${n.slice(3)}`),
      digits(12).map((n) => `${grouped(n, ',', 3)}円`),
      fc.tuple(digits(4), digits(4)).map(([a, b]) => `R8-${a}-${b}`),
    )
    fc.assert(
      fc.property(others, (text) => {
        expect(findMyNumber(text)).toBeUndefined()
      }),
      { numRuns: 5000 },
    )
  })

  // A search that goes back and forth would outlast any test on these.
  test('is searched without failing in anything', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void findMyNumber(text)))
    for (const text of [
      '1'.repeat(1_000_000),
      '1 '.repeat(300_000),
      '1-'.repeat(300_000),
      '-'.repeat(1_000_000),
      ' '.repeat(1_000_000),
    ]) {
      expect(findMyNumber(text)).toBeUndefined()
    }
  })
})
