import { beforeAll, describe, expect, test } from 'vitest'
import { idIn, pathIn } from '../answers.ts'
import { dayFields, inDays } from '../days.ts'
import { openHouse, type TestHouse } from '../house.ts'
import { hidden, officeHolder, playLeaving } from '../played-provider.ts'
import { units } from '../units.ts'

// What administrators and staff do at the same moment, in several tabs or against each other.

const home = '/console/administration'
const { services, strategy, general } = units

let house: TestHouse
let administrator: Awaited<ReturnType<TestHouse['as']>>
beforeAll(async () => {
  house = await openHouse()
  administrator = await house.as('administrator')
})

let count = 0
const statuses = (answers: readonly Response[]) => answers.map(({ status }) => status).sort()
const day = (iso: string) => dayFields('from', iso)

async function invite(section = services) {
  const mail = `at-once-${++count}@office.example.jp`
  const fields = { name: `同時 その${count}`, mail, section, provider: 'office' }
  return { mail, id: idIn(await administrator.post(`${home}/people/new`, fields)) }
}

const addSection = async (name = `同時${++count}課`) =>
  idIn(await administrator.post(`${home}/units/new`, { kind: 'section', name, parent: general, ...day('2024-04-01') }))

describe('a unit', () => {
  test('that several rename from one day is called by the last of them, and nobody is told that it was closed', async () => {
    const unit = await addSection()
    const answers = await Promise.all(
      ['一課', '二課', '三課', '四課'].map((name) =>
        administrator.post(`${home}/units/${unit}/rename`, { name, ...day(inDays(60)) }),
      ),
    )
    expect(statuses(answers)).toEqual([303, 303, 303, 303])
    expect(await house.sql('select 1 from unit_state where unit = $1', [unit])).toHaveLength(2)
  })

  test('set up by a form that is sent several times is set up once', async () => {
    const fields = { kind: 'section', name: `二度${++count}課`, parent: general, ...day('2024-04-01') }
    const answers = await Promise.all([1, 2, 3].map(() => administrator.post(`${home}/units/new`, fields)))
    expect(statuses(answers)).toEqual([303, 409, 409])
  })

  test('is not closed while somebody is moved into it', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async () => {
        const [unit, { id }] = [await addSection(), await invite()]
        return Promise.all([
          administrator.post(`${home}/units/${unit}/close`, day(inDays(60))),
          administrator.post(`${home}/people/${id}/section`, { section: unit, ...day(inDays(30)) }),
        ])
      }),
    )
    expect(answers.map(statuses)).toEqual(Array(6).fill([303, 409]))
  })
})

describe('a member of staff', () => {
  test('whom several move at once is moved, and works in one section in the end', async () => {
    const { id } = await invite()
    const answers = await Promise.all(
      [strategy, general, strategy, services, strategy].map(async (section, n) =>
        administrator.post(`${home}/people/${id}/section`, {
          section: section === general ? await addSection() : section,
          ...day(inDays(30 * (n + 1))),
        }),
      ),
    )
    for (const { status } of answers) expect([303, 409]).toContain(status)
    expect(answers.some(({ status }) => status === 303)).toBe(true)
    const open = await house.sql('select 1 from membership where person = $1 and valid_to is null', [id])
    expect(open).toHaveLength(1)
  })

  test.each([1, 2, 3, 4])('who signs in while being invited again has one key and is one person (%i)', async () => {
    const { id, mail } = await invite()
    const subject = `invited-${count}`
    const [back] = await playLeaving(house)([officeHolder(subject, { mail, mailVerified: true })])
    const [signedIn, renewed] = await Promise.all([
      back?.(),
      administrator.post(`${home}/people/${id}/invitation`, {
        name: `改名 ${count}`,
        mail,
        provider: 'office',
      }),
    ])
    expect(signedIn?.status).toBe(303)
    expect([303, 409]).toContain(renewed.status)
    expect(await house.sql('select person from sign_in where subject = $1', [subject])).toEqual([{ person: id }])
    const open = await house.sql(
      'select 1 from invitation where person = $1 and used_at is null and expires_at > now()',
      [id],
    )
    expect(open).toEqual([])
  })

  test.each([1, 2, 3, 4])('gets nothing by a line that is being taken away (%i)', async () => {
    const [group, subject] = [`at-once-${++count}`, `line-${count}`]
    await administrator.post(`${home}/groups/new`, { provider: 'office', group, role: 'staff' })
    const [line] = await house.sql<{ id: string }>('select id from group_role where name = $1', [group])
    const remove = () => administrator.post(`${home}/groups/${line?.id}/remove`)
    const backs = await playLeaving(house)([1, 2].map((n) => officeHolder(`${subject}-${n}`, { groups: [group] })))
    const [removed, again] = await Promise.all([remove(), remove(), ...backs.map((back) => back())])
    expect(statuses([removed, again].filter((one) => one !== undefined))).toEqual([303, 404])
    const held = await house.sql('select 1 from role_grant where group_role = $1 and revoked_at is null', [line?.id])
    expect(held).toEqual([])
  })
})

test('two who change the settings alike are told in the trail what each of them has changed', async () => {
  const fields = { name: 'あったか県', keyColour: 'blue', office: `窓口${++count}`, phone: '', mail: '', hours: '' }
  await Promise.all([1, 2, 3].map(() => administrator.post(`${home}/settings`, fields)))
  const trail = await house.sql<{ changed: number }>(
    `select jsonb_array_length(subjects) - 1 as changed from audit
     where act = 'people.change-settings' and kind = 'act' order by written_in desc limit 3`,
  )
  expect(trail.map(({ changed }) => changed > 0)).toEqual([false, false, true])
})

test('a token that two revoke is revoked by one of them', async () => {
  const name = `同時に止める${++count}`
  const issued = await administrator.post(`${home}/tokens/new`, {
    name,
    roles: ['staff'],
    scopes: ['people:read'],
    ...dayFields('until', inDays(60)),
  })
  expect(issued.status).toBe(200)
  const [token] = await house.sql<{ id: string }>('select id from api_token where name = $1', [name])
  const answers = await Promise.all([1, 2, 3].map(() => administrator.post(`${home}/tokens/${token?.id}/revoke`)))
  expect(statuses(answers)).toEqual([303, 409, 409])
})

describe('a procedure', () => {
  const fields = { title: '施設の利用', summary: '会議室を使うとき', explanation: '申し込んでください', state: 'draft' }
  const editor = () => house.as('approver')
  const publish = async () => {
    const field = { id: 'name', kind: 'text', label: 'お名前' }
    const definition = { title: '施設の利用', pages: [{ id: 'one', title: 'お名前', fields: [field] }] }
    return idIn(await (await editor()).post('/console/forms/new', { definition: JSON.stringify(definition) }))
  }

  test('that is entered several times at once is entered once, and the rest are told that the address is taken', async () => {
    const [by, slug, form] = [await editor(), `at-once-${++count}`, await publish()]
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(() => by.post('/console/procedures/new', { ...fields, slug, form })),
    )
    expect(statuses(answers)).toEqual([303, 422, 422, 422, 422, 422])
  })

  test('is not given the form that another one is just given', async () => {
    const [by, form] = [await editor(), await publish()]
    const slugs = [`at-once-${++count}`, `at-once-${++count}`]
    const ids: string[] = []
    for (const slug of slugs) {
      await by.post('/console/procedures/new', { ...fields, slug, form: await publish() })
      ids.push((await house.sql<{ id: string }>('select id from procedure where slug = $1', [slug]))[0]?.id ?? '')
    }
    const answers = await Promise.all(
      slugs.map((slug, n) => by.post(`/console/procedures/${ids[n]}`, { ...fields, slug, form })),
    )
    expect(statuses(answers)).toEqual([303, 422])
  })

  test('that two have open is saved by the first, and the second is told before saving over it', async () => {
    const [by, slug, form] = [await editor(), `at-once-${++count}`, await publish()]
    const saved = await by.post('/console/procedures/new', { ...fields, slug, form })
    const place = pathIn(saved)
    const seen = hidden(await (await by.get(place)).text(), 'seen')
    const texts = ['午前の説明', '午後の説明']
    const change = (explanation: string, as: string) => by.post(place, { ...fields, slug, form, explanation, seen: as })
    const answers = await Promise.all(texts.map((text) => change(text, seen)))
    expect(statuses(answers)).toEqual([303, 409])
    const [late, lost] = answers[0]?.status === 409 ? [answers[0], texts[0]] : [answers[1], texts[1]]
    const html = (await late?.text()) ?? ''
    expect(html).toContain('ほかの人がこの手続を保存しました')
    expect(html).toContain(lost)
    // A fault of one's own tells nobody what others have done.
    expect(hidden(await (await by.post(place, { ...fields, slug, form, title: '', seen })).text(), 'seen')).toBe(seen)
    expect((await change(lost ?? '', hidden(html, 'seen'))).status).toBe(303)
  })
})
