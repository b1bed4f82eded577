import { perform } from '#core/action.ts'
import { modules } from '#modules/index.ts'
import { pathIn } from './answers.ts'
import { dayFields, inDays, workdayAhead } from './days.ts'
import type { TestHouse } from './house.ts'
import { accountHolder, cardHolder, playProvider } from './played-provider.ts'

const pdf = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'

type Browser = Awaited<ReturnType<TestHouse['browser']>>

/** Files the sign-up with a paper and with `mark` in every answer that takes text. Gives the receipt number. */
export async function fileOnce(who: Browser, mark: string) {
  const draft = pathIn(await who.post('/procedures/dx-consultation-event/begin'))
  await who.post(`${draft}/session`, { way: 'online', ...workdayAhead().typed })
  await who.post(`${draft}/contact`, { name: `花子 ${mark}`, mail: `${mark}@example.jp` })
  await who.post(`${draft}/matter`, {
    field: ['other'],
    other: mark,
    detail: `${mark}の台帳`,
    paper: new File([pdf], `${mark}.pdf`, { type: 'application/pdf' }),
  })
  const number = pathIn(await who.post(`${draft}/_check`))
    .split('/')
    .at(-1)
  if (!number) throw new Error('the sign-up could not be filed')
  return { number, draft }
}

/**
 * Lets everything happen once in the tenant `attaka`, so that each of its tables holds something. `mark` stands in all
 * that people typed: wherever it is seen, something of this town is seen.
 */
export async function fillTown(house: TestHouse, mark: string) {
  const done = async (answer: Promise<Response>) => {
    const { status, url } = await answer
    if (status >= 400) throw new Error(`${url}: ${status}`)
  }
  const reviewer = await house.as('reviewer')
  const administrator = await house.as('administrator')
  const visitor = house.browser()

  const [resident] = await house.sql<{ id: string }>(
    `insert into person (tenant, id, kind, name, mail, mail_verified_at, created_at)
     values ('attaka', '01a00000-0000-7000-8000-0000000000aa', 'resident', $1, $2, now(), now()) returning id`,
    [`山本 ${mark}`, `${mark}@example.jp`],
  )
  const signedIn = house.browser()
  await signedIn.signInAs(resident?.id ?? '', { staff: false, assurance: 'mail' })
  await fileOnce(signedIn, mark)

  // Signing in: a code on its way, a browser on its way to the provider.
  await done(visitor.post('/sign-in/mail', { mail: `${mark}@example.jp` }))
  await done(visitor.get('/sign-in/with/office'))

  // A filing of a visitor, returned for correction and opened elsewhere; and a draft with a paper that is left open.
  const { number } = await fileOnce(visitor, mark)
  const [filing] = await house.sql<{ id: string }>('select id from filing where number = $1', [number])
  const at = `/console/filings/${filing?.id}`
  await done(reviewer.post(`${at}/accept`))
  await done(reviewer.post(`${at}/note`, { note: `メモ ${mark}` }))
  await done(
    reviewer.post(`${at}/correction`, {
      'reason.detail': `理由 ${mark}`,
      'due_on.year': '2099',
      'due_on.month': '1',
      'due_on.day': '31',
    }),
  )
  await done(house.browser().post('/filings/status', { number, mail: `${mark}@example.jp` }))
  const open = pathIn(await visitor.post('/procedures/dx-consultation-event/begin'))
  const paper = new File([pdf], `open-${mark}.pdf`, { type: 'application/pdf' })
  await visitor.post(`${open}/matter`, { field: ['data'], detail: mark, paper })

  // What a visitor had typed into a page for staff.
  await house.browser().post(`${at}/note`, { note: mark })

  // Acts of staff that have no short form of their own to post.
  const act = async (name: string, input: unknown) => {
    const found = modules.flatMap(({ actions }) => actions).find((one) => one.name === name)
    if (!found) throw new Error(`no act ${name}`)
    const scene = house.sceneOf('attaka', { ...staff, id: administrator.id })
    return perform(found, scene, input)
  }
  const reference = (kind: string, id: string | undefined) => ({ module: 'procedures', kind, id: id ?? '' })
  const [procedure] = await house.sql<{ id: string }>(`select id from procedure where tenant = 'attaka'`)
  const [unit] = await house.sql<{ id: string }>(`select id from unit where tenant = 'attaka' and kind = 'section'`)
  await act('traces.link', {
    from: reference('filing', filing?.id),
    to: reference('procedure', procedure?.id),
    kind: 'led-to',
    reason: `つながり ${mark}`,
  })
  await act('people.invite-staff', {
    name: `新人 ${mark}`,
    mail: `new-${mark}@example.jp`,
    section: unit?.id,
    provider: 'office',
  })
  await act('people.issue-token', {
    name: `集計 ${mark}`,
    roles: ['reviewer'],
    scopes: ['procedures:read'],
    until: inDays(30),
  })
  // Who acts for whom: a company with its member, a card holder, somebody entrusted; and a group that gives a role.
  const play = playProvider(house)
  await play(house.browser(), cardHolder(`card-${mark}`, { name: `券面 ${mark}` }))
  const account = house.browser()
  const company = { number: '8000000000001', name: `会社 ${mark}` }
  await play(account, accountHolder(`account-${mark}`, { person: `代表 ${mark}`, company }))
  await done(
    account.post('/my/mandates/new', {
      mail: `agent-${mark}@example.jp`,
      scope: 'all',
      reason: `委任 ${mark}`,
      ...dayFields('until', inDays(120)),
    }),
  )
  await act('people.enter-group-role', { provider: 'office', group: `群 ${mark}`, role: 'staff' })
  await act('files.begin-upload', { address: null })
  await house.settle()
  // What the scheduler would enqueue.
  const sealing = modules.flatMap(({ jobs }) => jobs).find(({ name }) => name === 'evidence.seal-trail')
  await sealing?.run(house.sceneOf('attaka'), {})
  return { filing: filing?.id ?? '', number, draft: open.split('/').at(-1) ?? '', resident: resident?.id ?? '' }
}

const staff = {
  kind: 'person' as const,
  roles: (['staff', 'reviewer', 'approver', 'administrator'] as const).map((name) => ({
    name,
    department: null,
    section: null,
  })),
  section: null,
  represents: null,
  assurance: 'account' as const,
  scopes: null,
}
