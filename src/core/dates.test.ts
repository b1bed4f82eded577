import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  ageOn,
  dayBegins,
  fiscalYear,
  fiscalYearLabel,
  fiscalYearPeriod,
  formatBoth,
  formatDate,
  formatDateTime,
  formatEra,
  isIsoDate,
  parseDate,
  reachesAge,
  tokyoDate,
} from './dates.ts'

const iso = (text: string) => {
  const read = parseDate(text)
  return read.ok ? read.iso : `refused: ${read.reason}`
}

/** Every day from 1873-01-01 to 2100-12-31, as its distance from the first. */
const days = 83_275
const anyDay = fc.integer({ min: 0, max: days - 1 }).map((n) => addDays('1873-01-01', n))

describe('a date is written', () => {
  test('in the western calendar, by era, and in both', () => {
    expect(formatDate('2026-11-21')).toBe('2026年11月21日（土）')
    expect(formatEra('2026-11-21')).toBe('令和8年11月21日')
    expect(formatBoth('2026-11-21')).toBe('2026年（令和8年）11月21日（土）')
  })

  test('with 元年 for the first year of an era', () => {
    expect(formatEra('2019-05-01')).toBe('令和元年5月1日')
    expect(formatBoth('1989-01-08')).toBe('1989年（平成元年）1月8日（日）')
  })

  test('without an era before the calendar of today came in 1873', () => {
    expect(formatEra('1872-12-31')).toBe('1872年12月31日')
    expect(formatBoth('1872-12-31')).toBe('1872年12月31日（火）')
  })

  test.each([
    ['1912-07-29', '明治45年7月29日'],
    ['1912-07-30', '大正元年7月30日'],
    ['1926-12-24', '大正15年12月24日'],
    ['1926-12-25', '昭和元年12月25日'],
    ['1989-01-07', '昭和64年1月7日'],
    ['1989-01-08', '平成元年1月8日'],
    ['2019-04-30', '平成31年4月30日'],
    ['2019-05-01', '令和元年5月1日'],
  ])('%s as %s, on either side of a change of era', (day, written) => {
    expect(formatEra(day)).toBe(written)
    expect(iso(written)).toBe(day)
  })

  test('with the era that ICU knows, on every day of 228 years', () => {
    const icu = new Intl.DateTimeFormat('ja-JP-u-ca-japanese-nu-latn', { dateStyle: 'long', timeZone: 'UTC' })
    const different: string[] = []
    for (let n = 0; n < days; n++) {
      const day = addDays('1873-01-01', n)
      if (icu.format(new Date(`${day}T00:00:00Z`)) !== formatEra(day)) different.push(day)
    }
    expect(addDays('1873-01-01', days - 1)).toBe('2100-12-31')
    expect(different).toEqual([])
  })

  test('and begins in Tokyo, nine hours before Greenwich', () => {
    expect(dayBegins('2026-04-01').toISOString()).toBe('2026-03-31T15:00:00.000Z')
    expect(tokyoDate(dayBegins('2026-04-01'))).toBe('2026-04-01')
  })

  test('but a text that is no date of the calendar is the caller’s fault', () => {
    for (const wrong of ['2026-02-29', '2026-13-01', '2026-1-1', '', '2026-11-21T00:00:00Z']) {
      expect(isIsoDate(wrong)).toBe(false)
      expect(() => formatDate(wrong)).toThrow(RangeError)
    }
  })
})

describe('a moment is written in Asia/Tokyo', () => {
  test('whatever the zone of the machine', () => {
    expect(formatDateTime(new Date('2026-11-21T05:31:00Z'))).toBe('2026年11月21日（土）14:31')
    expect(tokyoDate(new Date('2026-03-31T14:59:59Z'))).toBe('2026-03-31')
    expect(tokyoDate(new Date('2026-03-31T15:00:00Z'))).toBe('2026-04-01')
  })

  test('with midnight as 00:00 of the new day', () => {
    expect(formatDateTime(new Date('2026-12-31T15:00:00Z'))).toBe('2027年1月1日（金）00:00')
  })
})

describe('a typed date is read', () => {
  test.each([
    '2024-05-01',
    '2024/5/1',
    '2024.5.1',
    '20240501',
    '２０２４年５月１日',
    '2024年5月1日（水）',
    '西暦2024年5月1日',
    '令6.5.1',
    'R6/5/1',
    'r6.5.1',
    'R060501',
    '令和６年５月１日',
    '令和六年五月一日',
    '令和 6年 5月 1日',
    '㋿6年5月1日',
    '二〇二四年五月一日',
    'Ｒ６－５－１',
    '2024−05−01',
    '2024ー5ー1',
  ])('%s', (typed) => expect(iso(typed)).toBe('2024-05-01'))

  test('with Chinese numerals above ten', () => {
    expect(iso('昭和六十三年十二月三十一日')).toBe('1988-12-31')
    expect(iso('令和十年十月二十日')).toBe('2028-10-20')
  })

  test('from three inputs, with the era typed or chosen', () => {
    expect(parseDate({ year: '２０２６', month: '１１', day: '２１' })).toEqual({ ok: true, iso: '2026-11-21' })
    expect(parseDate({ year: '令和8年', month: '11月', day: '21日' })).toEqual({ ok: true, iso: '2026-11-21' })
    expect(parseDate({ era: '昭和', year: '60', month: '3', day: '3' })).toEqual({ ok: true, iso: '1985-03-03' })
    expect(parseDate({ era: '令和', year: '昭和60', month: '3', day: '3' })).toEqual({ ok: true, iso: '1985-03-03' })
    expect(parseDate({ era: '平成', year: '元', month: '1', day: '8' })).toEqual({ ok: true, iso: '1989-01-08' })
  })

  test('and comes back the same from every way of writing it', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const [year, month, date] = day.split('-') as [string, string, string]
        expect(iso(formatDate(day))).toBe(day)
        expect(iso(formatEra(day))).toBe(day)
        expect(iso(day)).toBe(day)
        expect(parseDate({ year, month, day: date })).toEqual({ ok: true, iso: day })
      }),
      { numRuns: 5000 },
    )
  })
})

describe('an impossible date is refused with a sentence that helps', () => {
  test.each([
    ['昭和65年1月1日', '昭和は64年1月7日までです。平成2年1月1日ではないか確かめてください'],
    ['昭和64年1月8日', '昭和は64年1月7日までです。平成元年1月8日ではないか確かめてください'],
    ['平成31年5月1日', '平成は31年4月30日までです。令和元年5月1日ではないか確かめてください'],
    ['令和元年4月30日', '令和は元年5月1日からです。平成31年4月30日ではないか確かめてください'],
    ['大正元年7月29日', '大正は元年7月30日からです。明治45年7月29日ではないか確かめてください'],
    ['明治5年12月2日', '明治5年までは暦が違うため、西暦で入力してください'],
    ['令和2026年5月1日', '令和2026年はありません。西暦か元号のどちらかで入力してください'],
    ['26/5/1', '年は西暦の4桁（例：2026）か、元号をつけて（例：令和8）入力してください'],
    ['元年5月1日', '年は西暦の4桁（例：2026）か、元号をつけて（例：令和8）入力してください'],
    ['2026-02-29', '2026年2月は28日までです。日を確かめてください'],
    ['2026-04-31', '2026年4月は30日までです。日を確かめてください'],
    ['2026-13-01', '月は1から12までの数字で入力してください'],
    ['2026-01-00', '日は1から31までの数字で入力してください'],
    ['来週', '年・月・日がわかるように入力してください。例：2026年5月1日、令和8年5月1日'],
    ['', '日付を入力してください。例：2026年5月1日、令和8年5月1日'],
  ])('%s', (typed, reason) => expect(parseDate(typed)).toMatchObject({ ok: false, reason }))

  test('which names the missing inputs', () => {
    const reason = '月と日を入力してください'
    expect(parseDate({ year: '2026', month: ' ', day: '' })).toEqual({ ok: false, reason, part: 'month' })
  })

  test('and nothing that is typed makes it throw, or take long', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[令和昭SRH元年月日0-9十/.-]{0,20}$/))
    fc.assert(
      fc.property(text, text, text, text, (era, year, month, day) => {
        for (const read of [parseDate(year), parseDate({ era, year, month, day })]) {
          expect(read.ok ? isIsoDate(read.iso) : read.reason.length > 0).toBe(true)
        }
      }),
    )
    expect(parseDate('十'.repeat(5_000_000)).ok).toBe(false)
    expect(parseDate({ year: '1'.repeat(5_000_000), month: '1', day: '1' }).ok).toBe(false)
  })
})

describe('a fiscal year', () => {
  test('starts on April 1, in Tokyo', () => {
    expect(fiscalYear('2027-03-31')).toBe(2026)
    expect(fiscalYear('2027-04-01')).toBe(2027)
    expect(fiscalYear(new Date('2027-03-31T14:59:59Z'))).toBe(2026)
    expect(fiscalYear(new Date('2027-03-31T15:00:00Z'))).toBe(2027)
  })

  test('is named by its era, and 2019 is 令和元年度 as a whole', () => {
    expect([2026, 2019, 2018, 1988, 1989].map(fiscalYearLabel)).toEqual([
      '令和8（2026）年度',
      '令和元（2019）年度',
      '平成30（2018）年度',
      '昭和63（1988）年度',
      '平成元（1989）年度',
    ])
  })

  test('holds exactly the days from its first to before its end', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { from, to } = fiscalYearPeriod(fiscalYear(day))
        expect(from <= day && day < to).toBe(true)
      }),
    )
  })
})

describe('an age in the sense of the law', () => {
  test('is reached on the day before the birthday', () => {
    expect(reachesAge('2020-04-01', 6)).toBe('2026-03-31')
    expect([ageOn('2020-04-01', '2026-03-30'), ageOn('2020-04-01', '2026-03-31')]).toEqual([5, 6])
    expect([ageOn('2020-04-02', '2026-03-31'), ageOn('2020-04-02', '2026-04-01')]).toEqual([5, 6])
  })

  test('is reached on February 28 by who is born on February 29', () => {
    expect([reachesAge('2004-02-29', 1), reachesAge('2004-02-29', 20)]).toEqual(['2005-02-28', '2024-02-28'])
  })

  test('is 0 at birth and grows by one on each day on which an age is reached', () => {
    expect(ageOn('2026-01-01', '2026-01-01')).toBe(0)
    expect(() => ageOn('2026-01-02', '2026-01-01')).toThrow(RangeError)
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 120 }), (birth, age) => {
        const day = reachesAge(birth, age)
        expect(ageOn(birth, day)).toBe(age)
        expect(ageOn(birth, addDays(day, -1))).toBe(age - 1)
      }),
    )
  })
})
