import { beforeAll, describe, expect, test } from 'vitest'
import { perform } from '#core/action.ts'
import { newId } from '#core/ids.ts'
import { uploadField } from '#modules/files/index.ts'
import { forgetOldDrafts } from '#modules/forms/jobs.ts'
import { idIn, pathIn } from '../../../tests/answers.ts'
import { dayFields, inDays, workdayAhead } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { file } from './actions/file.ts'
import { forgetOldAccess } from './jobs.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

type Browser = Awaited<ReturnType<TestHouse['browser']>>

const begin = async (who: Browser) => {
  const begun = await who.post('/procedures/dx-consultation-event/begin')
  expect(begun.status).toBe(303)
  return pathIn(begun)
}

const pages: Record<string, Record<string, string | string[]>> = {
  session: { way: 'online', ...workdayAhead().typed, day: workdayAhead().iso },
  contact: { name: '𠮷田　花子', mail: 'hanako@example.jp', phone: '' },
  matter: { field: ['data'], detail: '台帳が紙です。' },
}

/** Fills every page in; gives the path of the draft. */
const fill = async (who: Browser) => {
  const draft = await begin(who)
  for (const [page, fields] of Object.entries(pages)) {
    const saved = await who.post(`${draft}/${page}`, fields)
    expect(saved.status, await saved.clone().text()).toBe(303)
  }
  return draft
}

const submit = async (who: Browser, draft: string) => {
  const sent = await who.post(`${draft}/_check`)
  expect(sent.status).toBe(303)
  return idIn(sent)
}

const idOf = async (number: string) =>
  (await house.sql<{ id: string }>('select id from filing where number = $1', [number]))[0]?.id ?? ''

const lettersTo = async (mail: string) => {
  await house.settle()
  return (await house.outside.sent('attaka')).filter(({ to }) => to === mail).map(({ subject }) => subject)
}

describe('a visitor without a sign-in', () => {
  test('finds the procedure, fills it in page by page, checks and files it, and sees the receipt', async () => {
    const hanako = house.browser()
    expect(await (await hanako.get('/procedures?q=相談')).text()).toContain('DX相談会の参加申込')
    const draft = await fill(hanako)
    const check = await (await hanako.get(`${draft}/_check`)).text()
    // Whoever looks at a draft leaves a trace, its owner too.
    expect(
      await house.sql(
        "select actor_kind from audit where act = 'procedures.draft' and kind = 'read' and subjects->0->>'id' = $1",
        [draft.split('/').at(-1)],
      ),
    ).toContainEqual({ actor_kind: 'visitor' })
    expect(check).toContain('𠮷田　花子')
    expect(check).toContain('オンライン')
    const number = await submit(hanako, draft)
    const receipt = await (await hanako.get(`/filings/${number}`)).text()
    expect(receipt).toContain('申請を受け付けました')
    expect(receipt).toContain(number)
    expect(await lettersTo('hanako@example.jp')).toContainEqual(expect.stringContaining(number))
  })

  test('sees what to correct, keeps what was typed, and finds it again after closing the tab', async () => {
    const taro = house.browser()
    const draft = await begin(taro)
    const page = await taro.post(`${draft}/contact`, { name: '山田 太郎', mail: 'taro@', phone: '<b>' })
    const html = await page.text()
    expect(page.status).toBe(422)
    expect(html).toContain('href="#mail"')
    expect(html).toContain('value="taro@"')
    expect(html).toContain('&lt;b&gt;')
    const again = await (await taro.get(`${draft}/contact`)).text()
    expect(again).toContain('value="taro@"')
    expect(again).toContain('山田 太郎')
  })

  test('files once, however often the button is pressed, also at once', async () => {
    const hasty = house.browser()
    const draft = await fill(hasty)
    const answers = await Promise.all(Array.from({ length: 12 }, () => hasty.post(`${draft}/_check`)))
    const places = new Set(answers.map((answer) => answer.headers.get('location')))
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(303))
    expect(places.size).toBe(1)
    const back = await hasty.get(draft)
    expect(back.headers.get('location')).toBe([...places][0])
  })

  test('can’t file what isn’t complete', async () => {
    const early = house.browser()
    const draft = await begin(early)
    const sent = await early.post(`${draft}/_check`)
    expect(sent.status).toBe(422)
    expect(await sent.text()).toContain('まだ入力が必要なところがあります')
  })

  test('can’t see or change what somebody else is filling in or has filed', async () => {
    const draft = await fill(house.browser())
    const stranger = house.browser()
    await begin(stranger)
    expect((await stranger.get(`${draft}/contact`)).status).toBe(404)
    expect((await stranger.post(`${draft}/contact`, pages.contact)).status).toBe(404)
    expect((await stranger.post(`${draft}/_check`)).status).toBe(404)
    const owner = house.browser()
    const number = await submit(owner, await fill(owner))
    expect((await stranger.get(`/filings/${number}`)).headers.get('location')).toContain('/filings/status?number=')
    expect((await stranger.post(`/filings/${number}/withdraw`, { sure: 'yes' })).status).toBe(404)
  })

  test('opens the state with receipt number and mail address, typed as people type', async () => {
    const owner = house.browser()
    const number = await submit(owner, await fill(owner))
    const elsewhere = house.browser()
    expect((await elsewhere.post('/filings/status', { number, mail: 'other@example.jp' })).status).toBe(422)
    const opened = await elsewhere.post('/filings/status', {
      number: number.toLowerCase().replaceAll('-', ' '),
      mail: 'ＨＡＮＡＫＯ@example.jp',
    })
    expect(opened.status).toBe(303)
    expect(await (await elsewhere.get(`/filings/${number}`)).text()).toContain('受付済み')
  })

  test('can’t try one number with many addresses, while others at the same connection go on', async () => {
    const owner = house.browser()
    const number = await submit(owner, await fill(owner))
    const guesser = house.browser()
    for (let tries = 0; tries < 10; tries++) {
      expect(
        await (await guesser.post('/filings/status', { number, mail: `guess${tries}@example.jp` })).text(),
      ).toContain('見つかりません')
    }
    const over = await guesser.post('/filings/status', { number, mail: 'hanako@example.jp' })
    expect(over.status).toBe(422)
    expect(await over.text()).toContain('しばらく確認できません')
    const other = await submit(owner, await fill(owner))
    expect((await guesser.post('/filings/status', { number: other, mail: 'hanako@example.jp' })).status).toBe(303)
  })

  test('withdraws, and is told so', async () => {
    const owner = house.browser()
    const number = await submit(owner, await fill(owner))
    expect((await owner.post(`/filings/${number}/withdraw`)).status).toBe(422)
    expect((await owner.post(`/filings/${number}/withdraw`, { sure: 'yes' })).status).toBe(303)
    expect(await (await owner.get(`/filings/${number}`)).text()).toContain('取下げ')
    expect((await owner.post(`/filings/${number}/withdraw`, { sure: 'yes' })).status).toBe(409)
  })
})

test('a program can’t file a paper that its field doesn’t take, whatever it says of the paper', async () => {
  const administrator = await house.as('administrator')
  const issued = await administrator.post('/console/administration/tokens/new', {
    name: '文書管理システム',
    roles: ['staff'],
    scopes: ['procedures:write', 'files:write'],
    ...dayFields('until', inDays(30)),
  })
  const token = (await issued.text()).match(/attaka_[\w-]{40,}/)?.[0]
  const ask = async (path: string, body: string) => {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await house.app.request(`http://localhost:3000/attaka${path}`, { method: 'POST', headers, body })
    return { status: answer.status, json: (await answer.json()) as Record<string, string> }
  }
  const api = (name: string, input: unknown) => ask(`/api/v1/procedures/${name}`, JSON.stringify(input))
  // A field elsewhere takes tables; this one takes documents and pictures.
  const { upload } = uploadField(house.sceneOf('attaka'), { accept: ['.csv'], maxBytes: 1000 })
  const { json: staged } = await ask(`/api/v1${upload}&name=a.csv`, '1,2')
  const { json: begun } = await api('begin', { procedure: 'dx-consultation-event' })
  for (const [page, raw] of Object.entries(pages)) {
    const paper = { file: staged.token, name: 'a.pdf', size: 1, type: 'application/pdf' }
    const files = page === 'matter' ? { paper: [paper] } : {}
    expect((await api('save-page', { draft: begun.draft, page, raw, files })).json.errors).toEqual({})
  }
  const { status, json } = await api('submit-filing', { draft: begun.draft })
  expect(status).toBe(422)
  expect(json.errors).toMatchObject([{ pointer: '#/paper' }])
})

describe('the office', () => {
  test('reviews, returns for correction, and decides; the applicant hears of every step', async () => {
    const owner = house.browser()
    const draft = await begin(owner)
    await owner.post(`${draft}/session`, pages.session)
    await owner.post(`${draft}/contact`, { ...pages.contact, mail: 'steps@example.jp' })
    await owner.post(`${draft}/matter`, pages.matter)
    const number = await submit(owner, draft)
    const id = await idOf(number)
    const reviewer = await house.as('reviewer')
    expect(await (await reviewer.get('/console/filings')).text()).toContain(number)
    expect((await reviewer.post(`/console/filings/${id}/accept`)).status).toBe(303)
    expect((await reviewer.post(`/console/filings/${id}/accept`)).status).toBe(409)

    const nothing = await reviewer.post(`/console/filings/${id}/correction`, {})
    const said = await nothing.text()
    expect(nothing.status).toBe(422)
    expect(said).toContain('id="items"')
    expect(said).toContain('補正の期限を入力してください')
    const asked = await reviewer.post(`/console/filings/${id}/correction`, {
      'reason.detail': 'もう少し詳しく書いてください',
      'due_on.year': '2099',
      'due_on.month': '1',
      'due_on.day': '31',
    })
    expect(asked.status, await asked.clone().text()).toBe(303)

    const form = await (await owner.get(`/filings/${number}/correct`)).text()
    expect(form).toContain('もう少し詳しく書いてください')
    expect(form).not.toContain('name="name"')
    const corrected = await owner.post(`/filings/${number}/correct`, {
      detail: '台帳を毎月転記しています。',
      name: 'だれか',
    })
    expect(corrected.status, await corrected.clone().text()).toBe(303)

    const shown = await (await reviewer.get(`/console/filings/${id}`)).text()
    expect(shown).toContain('台帳が紙です。')
    expect(shown).toContain('台帳を毎月転記しています。')
    expect(shown).toContain('𠮷田　花子')
    expect((await reviewer.post(`/console/filings/${id}/decide`, { outcome: 'approved' })).status).toBe(403)

    const approver = await house.as('approver')
    const bare = await approver.post(`/console/filings/${id}/decide`, { outcome: 'rejected', reason: ' ' })
    expect(bare.status).toBe(422)
    expect(await bare.text()).toContain('不承認の理由を書いてください')
    const decision = { outcome: 'approved', reason: 'お待ちしています' }
    expect((await approver.post(`/console/filings/${id}/decide`, { ...decision, sure: 'yes' })).status).toBe(303)
    expect(await (await owner.get(`/filings/${number}`)).text()).toContain('お待ちしています')
    const subjects = await lettersTo('steps@example.jp')
    for (const word of ['受付】', '審査開始', '補正のお願い', '補正受付', '結果']) {
      expect(subjects).toContainEqual(expect.stringContaining(word))
    }
  })

  test('decides nothing before the approver has read once more what will be decided, and can go back', async () => {
    const owner = house.browser()
    const number = await submit(owner, await fill(owner))
    const id = await idOf(number)
    const approver = await house.as('approver')
    const decision = { outcome: 'rejected', reason: '対象は\n県内の市町です' }
    const address = `/console/filings/${id}/decide`
    expect((await approver.post(address, decision)).status).toBe(409)
    await approver.post(`/console/filings/${id}/accept`)
    const check = await approver.post(address, decision)
    const html = await check.text()
    expect(check.status).toBe(200)
    for (const words of ['この内容で決裁しますか', number, '𠮷田　花子', '不承認', '対象は\n県内の市町です']) {
      expect(html).toContain(words)
    }
    const back = await (await approver.post(address, { ...decision, sure: 'no' })).text()
    expect(back).toContain('対象は\n県内の市町です</textarea>')
    expect(back).toMatch(/value="rejected"[^>]*checked/)
    expect(await house.sql('select state from filing where id = $1', [id])).toEqual([{ state: 'reviewing' }])
    const reviewer = await house.as('reviewer')
    expect((await reviewer.post(address, decision)).status).toBe(403)
    expect(
      await house.sql(`select kind from audit where act = 'procedures.decide' and actor = $1 and kind = 'refusal'`, [
        reviewer.id,
      ]),
    ).not.toEqual([])
    expect((await house.browser().post(address, decision)).status).toBe(401)
    expect((await approver.post(address, { ...decision, sure: 'yes' })).status).toBe(303)
    expect(await house.sql('select state from filing where id = $1', [id])).toEqual([{ state: 'rejected' }])
    expect((await approver.post(address, decision)).status).toBe(409)
  })

  test('shows who decides what waits for a decision, with its number, apart from what waits for a review', async () => {
    const numbers = await Promise.all(
      [house.browser(), house.browser()].map(async (one) => submit(one, await fill(one))),
    )
    const [waits = '', reviewed = ''] = numbers
    await (await house.as('reviewer')).post(`/console/filings/${await idOf(reviewed)}/accept`)
    const [{ n } = { n: 0 }] = await house.sql<{ n: number }>(
      `select count(*)::int as n from filing where tenant = 'attaka' and state = 'reviewing'`,
    )
    const approver = await house.as('approver')
    const home = await (await approver.get('/console')).text()
    expect(home).toContain('決裁を待っている申請')
    expect(home).toContain('/console/filings?state=reviewing')
    const queue = await (await approver.get('/console/filings?state=reviewing')).text()
    expect(queue).toContain(`審査中（決裁待ち）　${n}件`)
    expect(queue).toContain(reviewed)
    expect(queue).not.toContain(waits)
    expect(await (await (await house.as('reviewer')).get('/console')).text()).not.toContain('決裁を待っている申請')
  })

  test('lets nobody decide what they filed themselves', async () => {
    const approver = await house.as('approver')
    const id = await idOf(await submit(approver, await fill(approver)))
    expect((await approver.post(`/console/filings/${id}/accept`)).status).toBe(303)
    const sure = { outcome: 'approved', sure: 'yes' }
    expect((await approver.post(`/console/filings/${id}/decide`, sure)).status).toBe(403)
    expect(await house.sql('select state from filing where id = $1', [id])).toEqual([{ state: 'reviewing' }])
  })

  test('leaves a trace of every reading of a filing', async () => {
    const owner = house.browser()
    const id = await idOf(await submit(owner, await fill(owner)))
    const reviewer = await house.as('reviewer')
    await reviewer.get(`/console/filings/${id}`)
    const trail = await house.sql(`select act, actor from audit where kind = 'read' and subjects @> $1`, [
      JSON.stringify([{ module: 'procedures', kind: 'filing', id }]),
    ])
    expect(trail).toContainEqual({ act: 'procedures.case', actor: reviewer.id })
  })

  test('finds in the trail what an applicant did and saw, under the filing', async () => {
    const owner = house.browser()
    const number = await submit(owner, await fill(owner))
    await owner.get(`/filings/${number}`)
    await owner.post(`/filings/${number}/withdraw`, { sure: 'yes' })
    await house.browser().post('/filings/status', { number, mail: 'hanako@example.jp' })
    const trail = await house.sql<{ act: string }>('select act from audit where subjects @> $1', [
      JSON.stringify([{ module: 'procedures', kind: 'filing', id: await idOf(number) }]),
    ])
    expect(new Set(trail.map(({ act }) => act))).toEqual(
      new Set(['procedures.submit-filing', 'procedures.own-filing', 'procedures.withdraw', 'procedures.open-status']),
    )
  })

  test('writes to the address that a program gave, and to the program not at all', async () => {
    const program = { ...house.sceneOf('attaka').actor!, id: newId(), kind: 'token' as const, scopes: null }
    const answers = {
      way: 'online',
      day: workdayAhead().iso,
      name: '太郎',
      mail: 'program@example.jp',
      field: ['data'],
    }
    const asked = { procedure: 'dx-consultation-event', key: newId(), answers }
    await perform(file, house.sceneOf('attaka', program), asked)
    expect(await lettersTo('program@example.jp')).toHaveLength(1)
    expect(await house.sql('select id from notice where person = $1', [program.id])).toEqual([])
  })

  test('gives a program the same receipt for the same key, also when its draft was forgotten; nobody else gets it', async () => {
    const program = () => ({ ...house.sceneOf('attaka').actor!, id: newId(), kind: 'token' as const, scopes: null })
    const [own, other] = [program(), program()].map((actor) => house.sceneOf('attaka', actor))
    const answers = { way: 'online', day: workdayAhead().iso, name: '次郎', mail: 'key@example.jp', field: ['data'] }
    const asked = { procedure: 'dx-consultation-event', key: newId(), answers }
    const first = await perform(file, own!, asked)
    expect(await perform(file, own!, asked)).toEqual(first)
    await house.sql("update draft set saved_at = now() - interval '400 days' where id = $1", [asked.key])
    await forgetOldDrafts.run(house.sceneOf('attaka'), {})
    expect(await house.sql('select id from draft where id = $1', [asked.key])).toEqual([])
    await expect(perform(file, other!, asked)).rejects.toMatchObject({ kind: 'missing' })
    expect(await perform(file, own!, asked)).toEqual(first)
    expect(await lettersTo('key@example.jp')).toHaveLength(1)
  })

  test('keeps no list of browsers that had seen a filing', async () => {
    const owner = house.browser()
    const number = await submit(owner, await fill(owner))
    const known = async () =>
      (await house.sql('select visitor from filing_access where filing = $1', [await idOf(number)])).length
    const forget = () => forgetOldAccess.run(house.sceneOf('attaka'), {})
    await forget()
    expect(await known()).toBe(1)
    house.pass(12 * 3_600_000)
    await forget()
    expect(await known()).toBe(0)
    house.pass(-12 * 3_600_000)
  })

  test('leaves a trace of whom the link picker found by name', async () => {
    const owner = house.browser()
    const one = await idOf(await submit(owner, await fill(owner)))
    const other = await idOf(await submit(owner, await fill(owner)))
    const reviewer = await house.as('reviewer')
    const query = new URLSearchParams({ module: 'procedures', kind: 'filing', id: one, q: '花子' })
    expect((await reviewer.get(`/console/traces/new?${query}`)).status).toBe(200)
    const trail = await house.sql<{ subjects: { id: string }[] }>(
      `select subjects from audit where kind = 'read' and act = 'traces.candidates' and actor = $1`,
      [reviewer.id],
    )
    expect(trail.flatMap(({ subjects }) => subjects).map(({ id }) => id)).toContain(other)
  })

  test('of another tenant finds nothing under this tenant’s ids', async () => {
    const owner = house.browser()
    const id = await idOf(await submit(owner, await fill(owner)))
    const other = await house.as('approver', 'mie')
    expect((await other.get(`/console/filings/${id}`)).status).toBe(404)
    expect((await other.post(`/console/filings/${id}/accept`)).status).toBe(404)
    expect(await house.sql('select state from filing where id = $1', [id])).toEqual([{ state: 'received' }])
  })

  test('without the role sees no queue, and a visitor is asked to sign in', async () => {
    expect((await (await house.as('planner')).get('/console/filings')).status).toBe(403)
    expect((await house.browser().get('/console/filings')).status).toBe(401)
  })
})

test('a signed-in resident continues what was begun in the same browser before', async () => {
  const [person] = await house.sql<{ id: string }>(
    `insert into person (tenant, id, kind, name, mail, mail_verified_at, created_at)
     values ('attaka', gen_random_uuid(), 'resident', '山本', 'yamamoto@example.jp', now(), now()) returning id`,
  )
  const resident = house.browser()
  const draft = await begin(resident)
  await resident.post(`${draft}/contact`, pages.contact)
  resident.jar.set('attaka-before', resident.jar.get('attaka') ?? '')
  await resident.signInAs(person?.id ?? '', { staff: false, assurance: 'mail' })
  expect(await (await resident.get(`${draft}/contact`)).text()).toContain('𠮷田　花子')
})
