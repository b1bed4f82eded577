import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '#core/dates.ts'
import { analyse } from '../analysis/analyse.ts'
import { difference } from '../difference/difference.ts'
import { form } from '../example.ts'
import { pageLogic, shownOnPage } from '../journey/page-logic.ts'
import { parseDefinition } from '../reading/parse.ts'
import { checkAnswers, readAnswers } from './answers.ts'
import { boundOn, isWorkday, workdaysFrom } from './bounds.ts'

const dated = (more: object, others: object[] = []) => ({
  title: '届出',
  pages: [{ id: 'p', title: 'p', fields: [{ id: 'x', kind: 'date', label: '日', ...more }, ...others] }],
})
const errorOn = (more: object, iso: string, today?: string) =>
  checkAnswers(form(dated(more)), { x: iso }, today).errors.x

const iso = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays('1990-01-01', n))

describe('workdays', () => {
  test('are counted from the day after: Friday’s third is Wednesday', () => {
    expect(workdaysFrom('2026-11-27', 3)).toBe('2026-12-02')
    expect(workdaysFrom('2026-11-28', 1)).toBe('2026-11-30')
    expect(workdaysFrom('2026-11-30', -1)).toBe('2026-11-27')
    expect(workdaysFrom('2026-11-29', 0)).toBe('2026-11-29')
  })

  test('property: the nth is a workday with n - 1 between it and the day, forwards and back', () => {
    fc.assert(
      fc.property(iso, fc.integer({ min: 1, max: 60 }), fc.boolean(), (day, n, back) => {
        const found = workdaysFrom(day, back ? -n : n) ?? ''
        const [from, to] = back ? [found, day] : [day, found]
        const between: string[] = []
        for (let at = addDays(from, 1); at < to; at = addDays(at, 1)) between.push(at)
        expect(isWorkday(found)).toBe(true)
        expect(between.filter(isWorkday)).toHaveLength(n - 1)
      }),
    )
  })

  test('beyond the last year that can be written there are none', () => {
    expect(workdaysFrom('9999-12-30', 40)).toBeUndefined()
    expect(boundOn({ daysFromToday: 2 }, '9999-12-31')).toBeUndefined()
    expect(errorOn({ latest: { daysFromToday: 36_500 } }, '9999-12-31', '9990-01-01')).toBeUndefined()
  })
})

describe('a date bounded from today', () => {
  test('says which days there are, and bounds nothing where it isn’t said what day it is', () => {
    const soon = { earliest: { workdaysFromToday: 3 }, latest: { daysFromToday: 60 }, workdaysOnly: true }
    expect(errorOn(soon, '2026-12-01', '2026-11-26')).toBeUndefined()
    expect(errorOn(soon, '2026-11-30', '2026-11-26')).toBe('日は2026年12月1日（火）以降の日付を入力してください')
    expect(errorOn(soon, '2027-01-26', '2026-11-26')).toBe('日は2027年1月25日（月）以前の日付を入力してください')
    expect(errorOn(soon, '2026-12-05', '2026-11-26')).toBe(
      '日は月曜日から金曜日までの日付を入力してください。2026年12月5日（土）は選べません',
    )
    expect(errorOn({ ...soon, workdaysOnly: false }, '2020-01-01')).toBeUndefined()
  })

  test('property: typed on a page, stored, and in the browser it is the same on the same day', () => {
    const bound = fc.oneof(
      iso,
      fc.record({ daysFromToday: fc.integer({ min: -60, max: 60 }) }),
      fc.record({ workdaysFromToday: fc.integer({ min: -60, max: 60 }) }),
    )
    const near = fc.integer({ min: -100, max: 100 })
    fc.assert(
      fc.property(bound, bound, fc.boolean(), iso, near, (earliest, latest, workdaysOnly, today, n) => {
        const typed = addDays(today, n)
        const parsed = parseDefinition(
          dated({ earliest, latest, workdaysOnly }, [
            { id: 'y', kind: 'text', label: 'y', showIf: { field: 'x', answered: true } },
          ]),
        )
        fc.pre(parsed.ok)
        if (!parsed.ok) return
        const [page] = parsed.definition.pages
        const read = readAnswers(parsed.definition, page!, { x: typed }, { today })
        const stored = checkAnswers(parsed.definition, { x: typed }, today)
        expect(read.errors).toEqual(stored.errors)
        const [from, to] = [boundOn(earliest, today) ?? '', boundOn(latest, today) ?? '9999-12-31']
        const right = typed >= from && typed <= to && (!workdaysOnly || isWorkday(typed))
        expect(stored.errors.x === undefined).toBe(right)
        const logic = JSON.parse(JSON.stringify(pageLogic(parsed.definition, page!, {}, today)))
        expect(shownOnPage(logic, { x: typed }).includes('y')).toBe(right)
      }),
    )
  })

  test('is refused where no day can be right, and a change of it is told as one', () => {
    const faults = (more: object) => {
      const parsed = parseDefinition(dated(more))
      return parsed.ok ? [] : parsed.faults.map(({ path }) => path)
    }
    expect(faults({ earliest: { daysFromToday: 3 }, latest: { daysFromToday: 2 } })).toEqual([
      'pages[0].fields[0].latest',
    ])
    expect(faults({ earliest: { workdaysFromToday: 3 }, latest: { daysFromToday: 4 } })).toEqual([])
    expect(faults({ earliest: { workdaysFromToday: 3 }, latest: { daysFromToday: 2 } })).toEqual([
      'pages[0].fields[0].latest',
    ])
    expect(faults({ earliest: { daysFromToday: 1.5 } })).not.toEqual([])
    const change = (a: object, b: object) =>
      difference(form(dated(a)), form(dated(b))).map(({ path, midway }) => `${path} ${midway}`)
    expect(change({ earliest: { daysFromToday: 1 } }, { earliest: { daysFromToday: 1 } })).toEqual([])
    expect(change({}, { earliest: { daysFromToday: 1 } })).toEqual(['pages[0].fields[0].earliest answer'])
    expect(change({ earliest: { daysFromToday: 1 } }, {})).toEqual(['pages[0].fields[0].earliest nothing'])
    expect(change({ earliest: '2026-11-01' }, { earliest: { daysFromToday: -9 } })).toEqual([
      'pages[0].fields[0].earliest answer',
    ])
    expect(change({}, { workdaysOnly: true })).toEqual(['pages[0].fields[0].workdaysOnly answer'])
  })

  test('is no reason to think that something never happens', () => {
    const after = { id: 'y', kind: 'text', label: 'y', showIf: { field: 'x', under: '2026-01-01' } }
    const never = (more: object) => analyse(form(dated(more, [after]))).findings.map(({ code }) => code)
    expect(never({ earliest: '2026-06-01' })).not.toEqual([])
    expect(never({ earliest: { daysFromToday: 1 } })).toEqual([])
    const weekend = { id: 'y', kind: 'text', label: 'y', showIf: { field: 'x', is: '2026-11-28' } }
    const bounded = { earliest: '2026-11-23', latest: '2026-11-29' }
    const codes = (more: object) => analyse(form(dated(more, [weekend]))).findings.map(({ code }) => code)
    expect(codes(bounded)).toEqual([])
    expect(codes({ ...bounded, workdaysOnly: true })).not.toEqual([])
  })
})
