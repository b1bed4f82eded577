import { beforeAll, describe, expect, test } from 'vitest'
import { onStage } from '#core/scene.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { fileOnce } from '../../../tests/town.ts'
import { type News, notify, notifyAll } from './index.ts'
import { tidy } from './jobs.ts'

let house: TestHouse
let hanako: Awaited<ReturnType<typeof resident>>
beforeAll(async () => {
  house = await openHouse()
  hanako = await resident('hanako@example.jp')
})

/** Signs a resident in by the code from the mail, as people do. */
async function resident(mail: string, at = 'attaka') {
  const browser = house.browser(at)
  const sent = await browser.post('/sign-in/mail', { mail })
  const id = new URL(sent.headers.get('location') ?? '', 'http://x').searchParams.get('id') ?? ''
  const code = (await mailsTo(mail, at))[0]?.text.match(/\d{6}/)?.[0] ?? ''
  await browser.post('/sign-in/code', { id, code })
  const [row] = await house.sql<{ id: string }>('select id from person where tenant = $1 and lower(mail) = $2', [
    at,
    mail,
  ])
  return { ...browser, id: row?.id ?? '' }
}

async function mailsTo(mail: string, at = 'attaka') {
  await house.settle()
  return (await house.outside.sent(at)).filter(({ to }) => to === mail)
}

const tell = (to: Parameters<typeof notify>[1]['to'], news: Partial<News> = {}, at = 'attaka') => {
  const scene = house.sceneOf(at)
  return scene.change((db) =>
    notify(onStage(scene, db), { to, subject: '補正のお願い', text: '添付の書類を確かめてください。', ...news }),
  )
}

const stateOf = async (subject: string) =>
  (
    await house.sql<{ id: string; state: string; attempts: number; response: string | null }>(
      `select n.id, state, attempts, response from delivery d join notice n on n.tenant = d.tenant and n.id = d.notice
       where subject = $1`,
      [subject],
    )
  )[0]

/** Lets the waiting retries come due now. */
const comeDue = () =>
  house.sql("update jobs.job set start_after = now() where name = 'notices.deliver' and state = 'retry'")

/** Plays a mail server that fails until told otherwise; returns how often it was asked. */
function brokenMail(failure: Record<string, unknown>) {
  const { mail } = house.outside
  const works = mail.send
  const asked: string[] = []
  mail.send = async ({ id }) => {
    asked.push(id)
    throw Object.assign(new Error('not sent'), failure)
  }
  return {
    asked,
    mend: () => {
      mail.send = works
    },
  }
}

describe('somebody who is told', () => {
  test('finds it on My Page and in a mail that says who sent it', async () => {
    await tell({ person: hanako.id }, { subject: 'お知らせ一', href: '/procedures' })
    const page = await (await hanako.get('/my')).text()
    expect(page).toContain('お知らせ一')
    expect(page).toContain('添付の書類を確かめてください。')
    expect(page).toContain('href="/attaka/procedures"')

    const mails = (await mailsTo('hanako@example.jp')).filter(({ subject }) => subject === 'お知らせ一')
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain('http://localhost:3000/attaka/procedures')
    expect(mails[0]?.text).toContain('あったか県デジタル推進課（架空）')
    expect(mails[0]?.text).toContain('自動でお送りしています')
    const row = await stateOf('お知らせ一')
    expect(row).toMatchObject({ state: 'sent', attempts: 1, response: 'taken' })
    expect(mails[0]?.id).toBe(row?.id)
  })

  test('by a bare mail address gets the mail, and nobody has it on screen', async () => {
    await tell({ mail: 'guest@example.jp' }, { subject: '受付のお知らせ' })
    expect(await mailsTo('guest@example.jp')).toHaveLength(1)
    expect(await (await hanako.get('/my')).text()).not.toContain('受付のお知らせ')
  })

  test('hears the same news once, however often it is told and by whatever address', async () => {
    await tell({ person: hanako.id }, { subject: '一度だけ', key: 'filing-1:accepted' })
    await tell({ person: hanako.id }, { subject: '一度だけ', key: 'filing-1:accepted' })
    const scene = house.sceneOf('attaka')
    await scene.change((db) =>
      notifyAll(
        onStage(scene, db),
        [{ person: hanako.id }, { mail: 'Hanako@example.jp' }, { mail: 'x@example.jp' }, { mail: 'X@example.jp' }],
        { subject: '一度だけ', text: '本文', key: 'filing-1:accepted' },
      ),
    )
    for (const mail of ['hanako@example.jp', 'x@example.jp']) {
      expect((await mailsTo(mail)).filter(({ subject }) => subject === '一度だけ')).toHaveLength(1)
    }
  })

  test('hears nothing of what was rolled back', async () => {
    const scene = house.sceneOf('attaka')
    const broken = scene.change(async (db) => {
      await notify(onStage(scene, db), { to: { mail: 'ghost@example.jp' }, subject: '幻', text: '本文' })
      throw new Error('the change failed')
    })
    await expect(broken).rejects.toThrow('the change failed')
    expect(await mailsTo('ghost@example.jp')).toEqual([])
  })

  test('gets one line as the subject, whatever was typed into a title', async () => {
    await tell({ mail: 'line@example.jp' }, { subject: `題\r\nBcc: evil@example.jp${'長'.repeat(300)}` })
    const [mail] = await mailsTo('line@example.jp')
    expect(mail?.subject).toMatch(/^題 Bcc: evil@example\.jp長+…$/)
    expect([...(mail?.subject ?? '')]).toHaveLength(120)
  })
})

describe('a mail that cannot be sent', () => {
  test('is tried again by the outbox, and sent under the same id', async () => {
    const server = brokenMail({ reason: 'ETIMEDOUT' })
    await tell({ mail: 'slow@example.jp' }, { subject: '遅れて届く' })
    await house.settle()
    expect(await stateOf('遅れて届く')).toMatchObject({
      state: 'failed',
      attempts: 1,
      response: 'unreachable ETIMEDOUT',
    })
    server.mend()
    await comeDue()
    const mails = await mailsTo('slow@example.jp')
    expect(mails.map(({ id }) => id)).toEqual(server.asked)
    expect(await stateOf('遅れて届く')).toMatchObject({ state: 'sent', attempts: 2 })
  })

  test('is given up after the last try and waits for staff', async () => {
    const server = brokenMail({})
    await tell({ mail: 'never@example.jp' }, { subject: '届かない' })
    for (let n = 0; n < 22; n++) {
      await house.settle()
      await comeDue()
    }
    server.mend()
    expect(server.asked).toHaveLength(20)
    expect(await stateOf('届かない')).toMatchObject({ state: 'given-up', attempts: 20, response: 'unreachable' })
    const console = await (await house.as('reviewer')).get('/console')
    expect(await console.text()).toContain('届かなかったお知らせ')
  })

  test('is given up at once when its address is refused for good, and keeps no address in its record', async () => {
    const server = brokenMail({ permanent: true, reason: '550 5.1.1', response: 'no <wrong@example.jp> here' })
    await tell({ mail: 'wrong@example.jp' }, { subject: '宛先なし' })
    await house.settle()
    await comeDue()
    await house.settle()
    server.mend()
    expect(server.asked).toHaveLength(1)
    expect(await stateOf('宛先なし')).toMatchObject({ state: 'given-up', attempts: 1, response: 'refused 550 5.1.1' })
  })

  test('is taken up again when its job was lost', async () => {
    await tell({ mail: 'lost@example.jp' }, { subject: '失われた仕事' })
    await house.sql("delete from jobs.job where name = 'notices.deliver'")
    const lookAfter = async () => {
      await tidy.run(house.sceneOf('attaka'), {})
      await house.settle()
    }
    await lookAfter()
    expect(await stateOf('失われた仕事')).toMatchObject({ state: 'queued' })
    house.pass(13 * 3_600_000)
    await lookAfter()
    expect(await stateOf('失われた仕事')).toMatchObject({ state: 'sent' })
    house.pass(-13 * 3_600_000)
  })

  test('for somebody without any mail address asks for a letter', async () => {
    const company = await resident('company@example.jp')
    await house.sql("update person set mail = null, mail_verified_at = null where tenant = 'attaka' and id = $1", [
      company.id,
    ])
    await tell({ person: company.id }, { subject: '郵送のお知らせ' })
    await house.settle()
    expect(await stateOf('郵送のお知らせ')).toMatchObject({ state: 'given-up', response: 'no-address' })
    expect(await (await company.get('/my')).text()).toContain('郵送のお知らせ')
  })
})

describe('staff', () => {
  const failed = async (subject: string, mail: string) => {
    const server = brokenMail({ permanent: true })
    await tell({ mail }, { subject })
    await house.settle()
    server.mend()
    return (await stateOf(subject))?.id ?? ''
  }

  test('see what did not arrive, send it again, and it arrives; who looked is on record', async () => {
    const id = await failed('再送するもの', 'again@example.jp')
    const reviewer = await house.as('reviewer')
    expect(await (await reviewer.get('/console/notices')).text()).toContain('再送するもの')
    const page = await (await reviewer.get(`/console/notices/${id}`)).text()
    expect(page).toContain('郵送が必要です')
    expect(page).toContain('again@example.jp')
    const sent = await reviewer.post(`/console/notices/${id}?act=resend`)
    expect(sent.status).toBe(303)
    expect(await mailsTo('again@example.jp')).toHaveLength(1)
    expect(await (await reviewer.get('/console/notices')).text()).not.toContain('再送するもの')
    expect(await (await reviewer.get('/console/notices?state=sent')).text()).toContain('再送するもの')
    const read = await house.sql(
      "select 1 from audit where act = 'notices.delivery' and kind = 'read' and actor = $1",
      [reviewer.id],
    )
    expect(read.length).toBeGreaterThan(0)
  })

  test('who don’t handle a filing don’t see its letters: neither receipt number nor mail address', async () => {
    const { number } = await fileOnce(house.browser(), 'applicant')
    await house.settle()
    const [letter] = await house.sql<{ id: string }>('select id from notice where subject like $1', [`%${number}%`])
    const reviewer = await house.as('reviewer')
    expect(await (await reviewer.get('/console/notices?state=all')).text()).toContain(number)
    expect(await (await reviewer.get(`/console/notices/${letter?.id}`)).text()).toContain('applicant@example.jp')
    for (const subject of ['planner', 'administrator']) {
      const other = await house.as(subject)
      const list = await other.get('/console/notices?state=all')
      expect(list.status).toBe(200)
      const text = await list.text()
      // Said once, with their number: rows without a word are of no use.
      expect(text.match(/担当外のお知らせが\d+件あります/g)).toHaveLength(1)
      expect(text).not.toContain(number)
      expect(text).not.toContain('applicant@example.jp')
      expect((await other.get(`/console/notices/${letter?.id}`)).status).toBe(403)
      expect((await other.post(`/console/notices/${letter?.id}?act=settle`)).status).toBe(403)
      expect((await other.post(`/console/notices/${letter?.id}?act=resend`)).status).toBe(403)
    }
  })

  test('settle it once when they have written a letter', async () => {
    const id = await failed('手紙にするもの', 'letter@example.jp')
    const reviewer = await house.as('reviewer')
    expect((await reviewer.post(`/console/notices/${id}?act=settle`)).status).toBe(303)
    expect((await reviewer.post(`/console/notices/${id}?act=settle`)).status).toBe(409)
    expect((await reviewer.post(`/console/notices/${id}?act=resend`)).status).toBe(409)
    expect(await (await reviewer.get(`/console/notices/${id}`)).text()).toContain('審査 はるか')
  })

  test('find nothing under an unknown id, a broken id, an unknown state or another tenant’s id', async () => {
    await tell({ mail: 'mie@example.jp' }, { subject: '三重のお知らせ' }, 'mie')
    const { id = '' } = (await stateOf('三重のお知らせ')) ?? {}
    const reviewer = await house.as('reviewer')
    for (const path of [id, 'x', "0'--", '01900000-0000-7000-8000-000000000999']) {
      expect((await reviewer.get(`/console/notices/${encodeURIComponent(path)}`)).status).toBe(404)
    }
    expect((await reviewer.get('/console/notices?state=bogus')).status).toBe(404)
    expect((await reviewer.get('/console/notices?page=-1')).status).toBe(404)
    expect((await reviewer.post(`/console/notices/${id}?act=resend`)).status).toBe(404)
    expect((await reviewer.post('/console/notices/x?act=settle')).status).toBe(404)
    expect(await (await reviewer.get('/console/notices?state=all')).text()).not.toContain('三重のお知らせ')
    expect(await (await (await house.as('reviewer', 'mie')).get('/console/notices?state=all')).text()).toContain(
      '三重のお知らせ',
    )
  })

  test('without one of its roles may not look, nor may a program', async () => {
    const auditor = await house.as('auditor')
    expect((await auditor.get('/console/notices')).status).toBe(200)
    await house.sql("update role_grant set revoked_at = now() where role = 'staff' and person = $1", [auditor.id])
    expect((await auditor.get('/console/notices')).status).toBe(403)
    expect((await house.app.request('http://localhost:3000/attaka/api/v1/notices/deliveries')).status).toBe(401)
  })

  test('only: a resident is refused, a forged post too, a visitor is asked to sign in', async () => {
    const id = await failed('見せないもの', 'secret@example.jp')
    expect((await hanako.get('/console/notices')).status).toBe(403)
    expect((await hanako.get(`/console/notices/${id}`)).status).toBe(403)
    expect((await hanako.post(`/console/notices/${id}?act=settle`)).status).toBe(403)
    const reviewer = await house.as('reviewer')
    const body = new URLSearchParams({ _csrf: 'forged' })
    expect((await reviewer.send(`/console/notices/${id}?act=settle`, { method: 'POST', body })).status).toBe(403)
    expect((await house.browser().get('/console/notices')).status).toBe(401)
    expect(await stateOf('見せないもの')).toMatchObject({ state: 'given-up' })
  })
})

describe('My Page', () => {
  test('shows unread notices first, and marks one or all as read', async () => {
    const taro = await resident('taro@example.jp')
    expect(await (await taro.get('/my')).text()).toContain('お知らせはまだありません')
    for (const n of [1, 2, 3, 4, 5, 6, 7]) {
      await tell({ person: taro.id }, { subject: `第${n}報` })
      house.pass(1000)
    }
    const newest = await house.sql<{ id: string }>("select id from notice where subject = '第7報'")
    const done = await taro.post('/my', { id: newest[0]?.id ?? '', back: '/my' })
    expect(done.headers.get('location')).toBe('/attaka/my')
    const page = await (await taro.get('/my')).text()
    expect(page).toContain('まだ読んでいないお知らせが6件')
    expect(page).not.toContain('第7報')
    expect(page.indexOf('第6報')).toBeLessThan(page.indexOf('第5報'))
    expect(await (await taro.get('/my/notices')).text()).toContain('第7報')

    const upTo = page.match(/name="upTo" value="([^"]+)"/)?.[1] ?? ''
    await tell({ person: taro.id }, { subject: '見ている間に来たもの' })
    await taro.post('/my?all=1', { upTo, back: '//evil.example' })
    const after = await (await taro.get('/my')).text()
    expect(after).toContain('まだ読んでいないお知らせが1件')
    expect(after).toContain('見ている間に来たもの')
  })

  test('never shows or marks another person’s notice, nor one of another tenant', async () => {
    await tell({ person: hanako.id }, { subject: '花子だけ' })
    const [row] = await house.sql<{ id: string }>("select id from notice where subject = '花子だけ'")
    const jiro = await resident('jiro@example.jp')
    expect(await (await jiro.get('/my')).text()).not.toContain('花子だけ')
    expect((await jiro.post('/my', { id: row?.id ?? '' })).status).toBe(404)
    const elsewhere = await resident('hanako@example.jp', 'mie')
    expect(await (await elsewhere.get('/my/notices')).text()).not.toContain('花子だけ')
    expect((await elsewhere.post('/my', { id: row?.id ?? '' })).status).toBe(404)
    const [still] = await house.sql('select read_at from notice where id = $1', [row?.id])
    expect(still).toEqual({ read_at: null })
  })

  test('escapes what it shows', async () => {
    await tell({ person: hanako.id }, { subject: '<script>x</script>', text: '<img src=x onerror=y>' })
    const page = await (await hanako.get('/my')).text()
    expect(page).not.toContain('<script>x')
    expect(page).not.toContain('<img src=x')
  })

  test('refuses an id that is none, a page that is none, and asks a visitor to sign in', async () => {
    expect((await hanako.post('/my', { id: 'x' })).status).toBe(422)
    for (const upTo of ['yesterday', '-009999-01-01T00:00:00Z', '-1e15', '']) {
      expect((await hanako.post('/my?all=1', { upTo })).status, upTo).toBe(422)
    }
    expect((await hanako.get('/my/notices?page=zero')).status).toBe(404)
    expect((await hanako.get('/my')).status).toBe(200)
    expect((await house.browser().post('/my', { id: 'x' })).status).toBe(401)
    expect((await house.browser().get('/my')).status).toBe(401)
  })
})

test('what is old and settled is forgotten, what waits for staff is not', async () => {
  const server = brokenMail({ permanent: true })
  await tell({ mail: 'open@example.jp' }, { subject: '古い未達' })
  await house.settle()
  server.mend()
  await tell({ mail: 'old@example.jp' }, { subject: '古い送信済み' })
  await house.settle()
  house.pass(4 * 365 * 86_400_000)
  await tidy.run(house.sceneOf('attaka'), {})
  house.pass(-4 * 365 * 86_400_000)
  const left = await house.sql<{ subject: string }>("select subject from notice where subject like '古い%'")
  expect(left.map(({ subject }) => subject)).toEqual(['古い未達'])
})
