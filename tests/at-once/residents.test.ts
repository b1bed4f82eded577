import { beforeAll, describe, expect, test } from 'vitest'
import { pathIn } from '../answers.ts'
import { dayFields, inDays, workdayAhead } from '../days.ts'
import { openHouse, type TestHouse } from '../house.ts'
import { accountHolder, cardHolder, hidden, playLeaving, playProvider } from '../played-provider.ts'
import { residentOf } from '../resident.ts'

// What residents and companies do at the same moment: in several tabs, by a double click, against each other.

let house: TestHouse
let come: ReturnType<typeof playProvider>
let leave: ReturnType<typeof playLeaving>
beforeAll(async () => {
  house = await openHouse()
  come = playProvider(house)
  leave = playLeaving(house)
})

let count = 0
const statuses = (answers: readonly (Response | undefined)[]) => answers.map((answer) => answer?.status).sort()
const signInOf = async (subject: string) =>
  (await house.sql<{ id: string; person: string }>('select id, person from sign_in where subject = $1', [subject]))[0]

/** Somebody who has two sign-ins: a card, or a first GビズID account, and a GビズID account. */
async function withTwo(first: typeof cardHolder | typeof accountHolder = cardHolder) {
  const subjects = [`at-once-${++count}-first`, `at-once-${count}-second`] as const
  const browser = house.browser()
  await come(browser, first(subjects[0]))
  const asked = await come(browser, accountHolder(subjects[1]), { link: true })
  await browser.post('/my/account/link', { pending: hidden(await asked.text(), 'pending'), consent: 'yes' })
  const [one, two] = [await signInOf(subjects[0]), await signInOf(subjects[1])]
  expect(one?.person).toBe(two?.person)
  return { browser, subjects, ids: [one?.id, two?.id] as const, person: one?.person ?? '' }
}

const resident = () => residentOf(house, `at-once-${++count}@example.jp`)

describe('a sign-in', () => {
  test('that is taken away in one tab stays where the other tab takes away the other one: a way in is left', async () => {
    const { browser, ids, person } = await withTwo()
    const answers = await Promise.all(ids.map((signIn) => browser.post(`/my/account/sign-ins/${signIn}`)))
    expect(statuses(answers)).toEqual([303, 409])
    expect(await house.sql('select 1 from sign_in where person = $1', [person])).toHaveLength(1)
  })

  test.each([1, 2, 3, 4])('that is being taken away lets nobody in any more (%i)', async () => {
    const { browser, subjects, ids } = await withTwo()
    const backs = await leave([accountHolder(subjects[1]), accountHolder(subjects[1])])
    const taken = () => browser.post(`/my/account/sign-ins/${ids[1]}`)
    const [first, done, second] = await Promise.all([backs[0]?.(), taken(), backs[1]?.()])
    expect(done.status).toBe(303)
    for (const answer of [first, second]) expect([303, 400]).toContain(answer?.status)
    const open = await house.sql('select 1 from session where sign_in = $1 and ended_at is null', [ids[1]])
    // But for the one who has taken it away, and signed in by it to do so.
    expect(open).toHaveLength(1)
  })

  test('by two accounts of one person, in several browsers, makes of each entrusting company one mandate', async () => {
    const { subjects, person } = await withTwo(accountHolder)
    const companies = ['7000000000101', '5000000000202', '3000000000303'].map((number) => ({ number, name: number }))
    const backs = await leave(
      [...subjects, ...subjects, ...subjects, ...subjects].map((subject, n) =>
        accountHolder(subject, { delegations: n % 3 ? companies : companies.toReversed() }),
      ),
    )
    expect(statuses(await Promise.all(backs.map((back) => back())))).toEqual(Array(8).fill(303))
    const mandates = await house.sql(
      `select principal from mandate where agent = $1 and source = 'gbizid' and revoked_at is null and expires_at > now()`,
      [person],
    )
    expect(mandates).toHaveLength(3)
  })

  test('by a code that is sent twice at once opens one session', async () => {
    const who = house.browser()
    const sent = await who.post('/sign-in/mail', { mail: `code-${++count}@example.jp` })
    const id = new URLSearchParams(pathIn(sent).split('?')[1]).get('id') ?? ''
    await house.settle()
    const [last] = await house.outside.sent('attaka')
    const code = last?.text.match(/\d{6}/)?.[0] ?? ''
    const answers = await Promise.all([1, 2, 3, 4].map(() => who.post('/sign-in/code', { id, code })))
    expect(statuses(answers)).toEqual([303, 422, 422, 422])
    const sessions = await house.sql(
      'select 1 from session join person on person.id = session.person where person.mail = $1',
      [`code-${count}@example.jp`],
    )
    expect(sessions).toHaveLength(1)
  })
})

test('what was kept for a page is handed out to one of the tabs that open it', async () => {
  const administrator = await house.as('administrator')
  house.pass(31 * 60_000)
  const late = await administrator.post('/console/administration/units/new', { kind: 'section', name: '控え課' })
  const back = decodeURIComponent((await late.text()).match(/sign-in\?back=([^"]*)"/)?.[1] ?? '')
  await administrator.signInAs(administrator.id)
  const tabs = await Promise.all([1, 2, 3, 4].map(async () => (await administrator.get(back)).text()))
  expect(tabs.filter((html) => html.includes('控え課'))).toHaveLength(1)
})

describe('a form that is sent several times at once', () => {
  const until = dayFields('until', inDays(60))

  test('offers somebody one mandate, by one mail', async () => {
    const [hanako, mail] = [await resident(), `agent-${++count}@example.jp`]
    const answers = await Promise.all(
      [1, 2, 3].map(() => hanako.post('/my/mandates/new', { mail, scope: 'all', ...until, reason: '家族' })),
    )
    expect(statuses(answers)).toEqual([303, 303, 303])
    expect(await house.sql('select 1 from mandate where principal = $1', [hanako.id])).toHaveLength(1)
    await house.settle()
    expect((await house.outside.sent('attaka')).filter(({ to }) => to === mail)).toHaveLength(1)
    // Another day is another offer.
    await hanako.post('/my/mandates/new', { mail, scope: 'all', ...dayFields('until', inDays(61)), reason: '家族' })
    expect(await house.sql('select 1 from mandate where principal = $1', [hanako.id])).toHaveLength(2)
    // Later the same is meant anew, as where the mail was lost.
    house.pass(11 * 60_000)
    await hanako.post('/my/mandates/new', { mail, scope: 'all', ...until, reason: '家族' })
    await house.settle()
    expect((await house.outside.sent('attaka')).filter(({ to }) => to === mail)).toHaveLength(3)
  })

  test.each(['a visitor', 'somebody signed in'])('begins one draft of %s', async (who) => {
    const browser = who === 'a visitor' ? house.browser() : await resident()
    await browser.get('/procedures')
    const begun = await Promise.all([1, 2, 3, 4].map(() => browser.post('/procedures/dx-consultation-event/begin')))
    expect(new Set(begun.map(pathIn)).size).toBe(1)
  })
})

test.each([1, 2, 3, 4])('a device that is forgotten while it files sees nothing of it afterwards (%i)', async () => {
  const who = house.browser()
  const draft = pathIn(await who.post('/procedures/dx-consultation-event/begin'))
  await who.post(`${draft}/session`, { way: 'online', ...workdayAhead().typed })
  await who.post(`${draft}/contact`, { name: '消す 花子', mail: 'forget@example.jp' })
  await who.post(`${draft}/matter`, { field: ['other'], other: '相談', detail: '相談したいこと' })
  const before = await house.sql<{ count: number }>('select count(*)::int as count from filing_access')
  const [filed, forgotten] = await Promise.all([who.post(`${draft}/_check`), who.post('/forget-device')])
  expect([303, 404]).toContain(filed.status)
  expect(forgotten.status).toBe(303)
  expect(await house.sql('select count(*)::int as count from filing_access')).toEqual(before)
})
