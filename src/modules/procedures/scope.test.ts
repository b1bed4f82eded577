import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { pathIn } from '../../../tests/answers.ts'
import { workdayAhead } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { units } from '../../../tests/units.ts'

const { digital: bureau, services, general } = units

let house: TestHouse
let filing: string
beforeAll(async () => {
  house = await openHouse()
  const hanako = house.browser()
  const begun = await hanako.post('/procedures/dx-consultation-event/begin')
  const draft = pathIn(begun)
  await hanako.post(`${draft}/session`, {
    way: 'online',
    ...workdayAhead().typed,
    day: workdayAhead().iso,
  })
  await hanako.post(`${draft}/contact`, { name: '花子', mail: 'hanako@example.jp', phone: '' })
  await hanako.post(`${draft}/matter`, { field: ['data'], detail: '台帳が紙です。' })
  expect((await hanako.post(`${draft}/_check`)).status).toBe(303)
  filing = (await house.sql<{ id: string }>("select id from filing where tenant = 'attaka'"))[0]?.id ?? ''
})

/** Whoever is called so, with all their roles bounded to one department or section. */
const boundTo = async (subject: string, place: { department?: string; section?: string }) => {
  const who = await house.as(subject)
  await house.sql(
    "update role_grant set department = $2, section = $3 where person = $1 and tenant = 'attaka' and role <> 'staff'",
    [who.id, place.department ?? null, place.section ?? null],
  )
  return who
}
const procedureIn = (unit: string | null) =>
  house.sql("update procedure set section = $1 where slug = 'dx-consultation-event' and tenant = 'attaka'", [unit])

describe('whoever reviews for one department', () => {
  test('sees and moves the filings of its sections', async () => {
    await procedureIn(services)
    const reviewer = await boundTo('reviewer', { department: bureau })
    expect(await (await reviewer.get('/console/filings')).text()).toContain('花子')
    expect((await reviewer.get(`/console/filings/${filing}`)).status).toBe(200)
    expect((await reviewer.post(`/console/filings/${filing}/accept`)).status).toBe(303)
  })

  test('neither sees, finds, notes nor decides those of another, and asking stands in the trail', async () => {
    await procedureIn(services)
    const approver = await boundTo('approver', { department: general })
    const queue = await (await approver.get('/console/filings?state=all')).text()
    expect(queue).not.toContain('花子')
    expect((await approver.get(`/console/filings/${filing}`)).status).toBe(403)
    for (const [act, fields] of [
      ['note', { note: 'メモ' }],
      ['decide', { outcome: 'approved' }],
      ['accept', {}],
    ] as const) {
      expect((await approver.post(`/console/filings/${filing}/${act}`, fields)).status, act).toBe(403)
    }
    const scene = house.sceneOf('attaka')
    const things = scene.registry.things.find(({ kind }) => kind === 'filing')
    const actor = {
      ...scene.actor!,
      kind: 'person' as const,
      id: approver.id,
      roles: [{ name: 'approver' as const, department: general, section: null, sections: [] }],
    }
    expect(await scene.look((db) => things!.show(db, actor, filing))).toBeNull()
    expect(await scene.look((db) => things!.find(db, actor, '花子'))).toEqual([])
    const refused = await house.sql("select act from audit where kind = 'refusal' and actor = $1", [approver.id])
    expect(refused.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['procedures.case', 'procedures.add-note', 'procedures.decide']),
    )
  })

  test('has nothing to do with what belongs to the whole office', async () => {
    await procedureIn(null)
    const approver = await boundTo('approver', { section: services })
    expect((await approver.get(`/console/filings/${filing}`)).status).toBe(403)
    expect(await (await approver.get('/console/filings?state=all')).text()).not.toContain('花子')
  })
})

describe('whoever edits procedures for one section', () => {
  const fields = async () => {
    const [found] = await house.sql<{ id: string; form: string }>(
      "select id, form from procedure where slug = 'dx-consultation-event' and tenant = 'attaka'",
    )
    return {
      id: found?.id ?? '',
      form: found?.form ?? '',
      slug: 'dx-consultation-event',
      title: '書き換えた題名',
      summary: '要約',
      explanation: '説明',
      state: 'published',
    }
  }

  test('changes its own, and gives none away', async () => {
    await procedureIn(services)
    const editor = await boundTo('approver', { section: services })
    const { id, ...typed } = await fields()
    expect((await editor.post(`/console/procedures/${id}`, { ...typed, section: services })).status).toBe(303)
    expect((await editor.post(`/console/procedures/${id}`, { ...typed, section: general })).status).toBe(422)
    expect((await editor.post(`/console/procedures/${id}`, typed)).status).toBe(422)
  })

  test('neither opens nor changes those of others', async () => {
    await procedureIn(general)
    const editor = await boundTo('approver', { section: services })
    const { id, ...typed } = await fields()
    expect((await editor.get(`/console/procedures/${id}`)).status).toBe(403)
    expect((await editor.post(`/console/procedures/${id}`, { ...typed, section: services })).status).toBe(403)
    expect(await (await editor.get('/console/procedures')).text()).not.toContain(`/console/procedures/${id}`)
  })
})

test('a queue asked for by an address that nobody would type is a queue without that filter', async () => {
  const reviewer = await boundTo('reviewer', { department: bureau })
  expect((await reviewer.get(`/console/filings?procedure=${newId()}x&page=x&state=x`)).status).toBe(200)
})
