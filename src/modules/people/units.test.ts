import { beforeAll, describe, expect, test } from 'vitest'
import { idIn } from '../../../tests/answers.ts'
import { dayFields } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { units } from '../../../tests/units.ts'

const list = '/console/administration/units'
const { digital, services, general } = units

let house: TestHouse
let administrator: Awaited<ReturnType<TestHouse['as']>>
beforeAll(async () => {
  house = await openHouse()
  administrator = await house.as('administrator')
})

const day = (iso: string) => dayFields('from', iso)

const add = async (fields: Record<string, string>, by = administrator) => {
  const done = await by.post(`${list}/new`, fields)
  expect(done.status).toBe(303)
  return idIn(done)
}

const on = async (iso: string) => (await administrator.get(`${list}?on=${iso}`)).text()

test('a day is asked for by an example in both calendars, and the button says what it does', async () => {
  const html = await on('令和8年4月1日')
  expect(html).toContain('例：2026年11月26日、令和8年11月26日')
  expect(html).toContain('この日の状態を見る')
  expect(html).toContain('2026年4月1日')
})

describe('a section', () => {
  test('is set up, renamed, moved and closed, each from a day on, and every day is still told as it was', async () => {
    const unit = await add({ kind: 'section', name: '統計課', parent: general, ...day('2022-04-01') })
    expect(
      (await administrator.post(`${list}/${unit}/rename`, { name: 'データ活用課', ...day('2024-04-01') })).status,
    ).toBe(303)
    expect((await administrator.post(`${list}/${unit}/move`, { parent: digital, ...day('2025-04-01') })).status).toBe(
      303,
    )
    expect((await administrator.post(`${list}/${unit}/close`, day('2035-04-01'))).status).toBe(303)

    expect(await on('2022-03-31')).not.toContain('統計課')
    expect(await on('令和4年4月1日')).toContain('統計課')
    expect(await on('2024-04-01')).toContain('データ活用課')
    expect(await on('2035-03-31')).toContain('データ活用課')
    expect(await on('2035-04-01')).not.toContain('データ活用課')

    const page = await (await administrator.get(`${list}/${unit}`)).text()
    expect(page).toContain('総務部　統計課')
    expect(page).toContain('総務部　データ活用課')
    expect(page).toContain('デジタル社会推進局　データ活用課')
    expect(page).toContain('2035年4月1日（日）から、なくなります。')
    const late = await administrator.post(`${list}/${unit}/rename`, { name: 'x', ...day('2036-04-01') })
    expect(late.status).toBe(409)
  })

  test('is not renamed behind its own history, but its last day’s word can be corrected', async () => {
    const unit = await add({ kind: 'section', name: '広報化', parent: general, ...day('2024-04-01') })
    const early = await administrator.post(`${list}/${unit}/rename`, { name: '広報課', ...day('2023-04-01') })
    expect(early.status).toBe(409)
    expect(await early.text()).toContain('2024年4月1日（月）からの状態が登録されています')
    expect((await administrator.post(`${list}/${unit}/rename`, { name: '広報課', ...day('2024-04-01') })).status).toBe(
      303,
    )
    const rows = await house.sql("select name from unit_state where tenant = 'attaka' and unit = $1", [unit])
    expect(rows).toEqual([{ name: '広報課' }])
  })

  test('is not renamed to its own name, nor moved to where it stands', async () => {
    const unit = await add({ kind: 'section', name: '同名課', parent: general, ...day('2024-04-01') })
    const same = await administrator.post(`${list}/${unit}/rename`, { name: '同名課', ...day('2027-04-01') })
    expect([same.status, await same.text()]).toEqual([409, expect.stringContaining('いまと同じ名前です')])
    expect(await (await administrator.get(`${list}/${unit}/move`)).text()).not.toContain(`value="${general}"`)
    expect((await administrator.post(`${list}/${unit}/move`, { parent: general, ...day('2027-04-01') })).status).toBe(
      409,
    )
    expect(await house.sql('select 1 from unit_state where unit = $1', [unit])).toHaveLength(1)
  })

  test('is set up under a name that another one had before it was renamed, and not under one that another one has', async () => {
    const section = { kind: 'section', name: '旧名課', parent: general }
    const unit = await add({ ...section, ...day('2022-04-01') })
    const again = (iso: string) => administrator.post(`${list}/new`, { ...section, ...day(iso) })
    await administrator.post(`${list}/${unit}/rename`, { name: '新名課', ...day('2024-04-01') })
    const early = await again('2024-03-31')
    expect([early.status, await early.text()]).toEqual([409, expect.stringContaining('同じ名前の部局または課')])
    expect((await again('2024-04-01')).status).toBe(303)
    expect((await again('2024-04-01')).status).toBe(409)
  })

  test('has its last plan taken back, first the closing, then the new name, and never what has begun', async () => {
    const unit = await add({ kind: 'section', name: 'いま課', parent: general, ...day('2024-04-01') })
    const states = () =>
      house.sql('select name, valid_from::text, valid_to::text from unit_state where unit = $1 order by 2', [unit])
    const before = await states()
    await administrator.post(`${list}/${unit}/rename`, { name: 'これから課', ...day('2099-04-01') })
    await administrator.post(`${list}/${unit}/close`, day('2100-04-01'))
    const asked = await (await administrator.get(`${list}/${unit}/cancel`)).text()
    expect(asked).toContain('2100年4月1日（木）に閉じる')
    expect((await administrator.post(`${list}/${unit}/cancel`, {})).status).toBe(303)
    expect((await states()).at(-1)).toMatchObject({ name: 'これから課', valid_to: null })
    expect(await (await administrator.get(`${list}/${unit}/cancel`)).text()).toContain('これから課')
    expect((await administrator.post(`${list}/${unit}/cancel`, {})).status).toBe(303)
    expect(await states()).toEqual(before)
    expect((await administrator.get(`${list}/${unit}/cancel`)).status).toBe(404)
    expect((await administrator.post(`${list}/${unit}/cancel`, {})).status).toBe(409)
    const theirs = await house.as('administrator', 'mie')
    expect((await theirs.post(`${list}/${unit}/cancel`, {})).status).toBe(404)
  })

  test('is not closed while people work in it', async () => {
    const refused = await administrator.post(`${list}/${services}/close`, day('2030-04-01'))
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('2人が所属しています')
  })

  test('is not put into a department that isn’t there on that day', async () => {
    const young = await add({ kind: 'department', name: '未来部', ...day('2030-04-01') })
    const refused = await administrator.post(`${list}/new`, {
      kind: 'section',
      name: '早すぎる課',
      parent: young,
      ...day('2026-04-01'),
    })
    expect(refused.status).toBe(409)
    expect((await administrator.post(`${list}/${services}/move`, { parent: young, ...day('2026-05-01') })).status).toBe(
      409,
    )
    expect(
      (await administrator.post(`${list}/${services}/move`, { parent: services, ...day('2027-05-01') })).status,
    ).toBe(422)
  })

  test('says what to correct and keeps what was typed', async () => {
    const page = await administrator.post(`${list}/new`, {
      kind: 'section',
      name: 'あ'.repeat(50),
      ...day('2026-13-01'),
    })
    const html = await page.text()
    expect(page.status).toBe(422)
    expect(html).toContain('名前は40文字までで入力してください')
    expect(html).toContain('月は1から12までの数字で入力してください')
    expect(html).toContain('あ'.repeat(50))
    expect(await (await administrator.get(`${list}?on=きのう`)).text()).toContain('年・月・日がわかるように')
  })
})

test('a department is not closed while sections are in it', async () => {
  const refused = await administrator.post(`${list}/${general}/close`, day('2030-04-01'))
  expect(refused.status).toBe(409)
  expect(await refused.text()).toContain('行政監察課')
})

test('another office’s units are not there', async () => {
  const theirs = await house.as('administrator', 'mie')
  const unit = await add({ kind: 'department', name: '三重の部', ...day('2026-04-01') }, theirs)
  expect((await administrator.get(`${list}/${unit}`)).status).toBe(404)
  expect((await administrator.post(`${list}/${unit}/rename`, { name: 'x', ...day('2027-04-01') })).status).toBe(404)
  expect((await administrator.post(`${list}/${unit}/close`, day('2027-04-01'))).status).toBe(404)
  const inside = { kind: 'section', name: '他県の課', parent: unit, ...day('2027-04-01') }
  expect((await administrator.post(`${list}/new`, inside)).status).toBe(422)
  expect(await house.sql("select name, valid_to from unit_state where tenant = 'mie' and unit = $1", [unit])).toEqual([
    { name: '三重の部', valid_to: null },
  ])
})

test('staff without the role are refused', async () => {
  const reviewer = await house.as('reviewer')
  expect((await reviewer.get(list)).status).toBe(403)
  expect((await reviewer.post(`${list}/${services}/rename`, { name: 'x', ...day('2027-04-01') })).status).toBe(403)
})

test('a visitor is asked to sign in', async () => {
  const visitor = house.browser()
  expect((await visitor.get(list)).status).toBe(401)
  expect((await visitor.post(`${list}/new`, { kind: 'department', name: 'x' })).status).toBe(401)
})
