import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { idIn, pathIn } from '../../../tests/answers.ts'
import { askFrom, formOf } from '../../../tests/ask-from.ts'
import { workdayAhead } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { atOnce as allAtOnce } from '../../../tests/occupied.ts'
import { residentOf } from '../../../tests/resident.ts'
import type { House } from '../../house.ts'

let whole: TestHouse
/** Two connections: who comes while they are taken waits, and what waits is done together. */
let house: House
beforeAll(async () => {
  whole = await openHouse()
  house = await whole.beside({ poolSize: 2, proxyHops: 1 })
  return () => house.close()
})

type Browser = ReturnType<TestHouse['browser']>
type Filer = { browser: Browser; draft: string; name: string; mail: string }

let named = 0
/** Somebody with a draft that lacks nothing, or nothing but its last page. */
async function filer({ browser = whole.browser(), complete = true } = {}): Promise<Filer> {
  const n = ++named
  const [name, mail] = [`申請 ${n}号`, `filer-${n}@example.jp`]
  const draft = pathIn(await browser.post('/procedures/dx-consultation-event/begin'))
  const pages = {
    session: { way: 'online', ...workdayAhead().typed, day: workdayAhead().iso },
    contact: { name, mail, phone: '' },
    ...(complete && { matter: { field: ['data'], detail: `${n}件めの相談です。` } }),
  }
  for (const [page, fields] of Object.entries(pages)) {
    expect((await browser.post(`${draft}/${page}`, fields)).status).toBe(303)
  }
  return { browser, draft, name, mail }
}
const filers = async (count: number) => {
  const all: Filer[] = []
  for (let n = 0; n < count; n++) all.push(await filer())
  return all
}

/** Each from an address of its own. */
let addresses = 0
const secretOf = ({ jar }: Browser) => jar.get('attaka') ?? ''
const ask = (path: string, browser: Browser) =>
  askFrom(house, `/attaka${path}`, { from: `198.51.100.${++addresses}`, secret: secretOf(browser) })
const post = (path: string, browser: Browser, fields: Record<string, string> = {}) =>
  askFrom(house, `/attaka${path}`, { from: `198.51.100.${++addresses}`, ...formOf(whole, secretOf(browser), fields) })
const submit = ({ draft, browser }: Pick<Filer, 'draft' | 'browser'>) => post(`${draft}/_check`, browser)

const atOnce = (asking: readonly (() => Response | Promise<Response>)[]) => allAtOnce(house.database, 2, asking)

const draftId = ({ draft }: Pick<Filer, 'draft'>) => draft.split('/').at(-1) ?? ''
/** What the database holds of a filing, and in which transaction it was written. */
const filed = async (one: Pick<Filer, 'draft'>) =>
  whole.sql<{
    number: string
    name: string
    mail: string
    detail: string
    events: number
    entries: number
    by: string
  }>(
    `select f.number, f.name, f.mail, e.answers ->> 'detail' as detail, f.xmin::text as by,
       (select count(*)::int from filing_event v where v.filing = f.id) as events,
       (select count(*)::int from audit a where a.act = 'procedures.submit-filing' and a.subjects -> 0 ->> 'id' = f.id::text) as entries
     from filing f join filing_edition e on e.filing = f.id where f.draft = $1`,
    [draftId(one)],
  )

describe('filings that wait together', () => {
  test('are filed in few transactions: each with its own number, answers, letter, trail and receipt', async () => {
    const all = await filers(20)
    const answers = await atOnce(all.map((one) => () => submit(one)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(303))
    const numbers = answers.map(idIn)
    expect(new Set(numbers).size).toBe(20)
    const rows = (await Promise.all(all.map(filed))).flat()
    expect(rows).toEqual(
      all.map(({ name, mail }, n) => ({
        number: numbers[n],
        name,
        mail,
        detail: `${name.match(/\d+/)}件めの相談です。`,
        events: 1,
        entries: 1,
        by: rows[n]?.by,
      })),
    )
    expect(new Set(rows.map(({ by }) => by)).size).toBeLessThan(8)
    await whole.settle()
    const letters = await whole.outside.sent('attaka')
    for (const [n, { mail }] of all.entries()) {
      const own = letters.filter(({ to }) => to === mail)
      expect(own).toHaveLength(1)
      expect(own[0]?.subject).toContain(numbers[n])
    }
    const [first, second] = all as [Filer, Filer]
    expect(await (await ask(`/filings/${numbers[0]}`, first.browser)).text()).toContain('申請を受け付けました')
    expect((await ask(`/filings/${numbers[0]}`, second.browser)).headers.get('location')).toContain('/filings/status')
  })

  test('don’t hear of each other: what is incomplete, somebody else’s or filed before is answered as it would be alone', async () => {
    const good = await filers(6)
    const [early, before, double, stranger] = [
      await filer({ complete: false }),
      await filer(),
      await filer(),
      whole.browser(),
    ]
    await filer({ browser: stranger, complete: false })
    const receipt = idIn(await submit(before))
    const [some, others] = [good.slice(0, 3), good.slice(3)]
    const answers = await atOnce(
      [...some, early, before, double, { draft: double.draft, browser: stranger }, double, ...others].map(
        (one) => () => submit(one),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 422, 303, 303, 404, 303, 303, 303, 303])
    expect(await answers[3]?.text()).toContain('まだ入力が必要なところがあります')
    expect(idIn(answers[4] as Response)).toBe(receipt)
    expect(answers[7]?.headers.get('location')).toBe(answers[5]?.headers.get('location'))
    for (const one of good) expect(await filed(one)).toMatchObject([{ name: one.name, entries: 1 }])
    // Asked twice, filed once.
    for (const one of [before, double]) expect(await filed(one)).toMatchObject([{ name: one.name, events: 1 }])
    expect(await filed(early)).toEqual([])
  })

  test('of one person are never filed in one transaction: uploads belong to the person', async () => {
    const hanako = await residentOf(whole, 'along@example.jp')
    // Only a begun draft that was touched is not offered again.
    const [one, two] = [await filer({ browser: hanako }), await filer({ browser: hanako })]
    const others = await filers(4)
    const answers = await atOnce([one, two, ...others].map((each) => () => submit(each)))
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(303))
    const [first, second] = [await filed(one), await filed(two)].flat()
    expect(first?.number).not.toBe(second?.number)
    expect(first?.by).not.toBe(second?.by)
  })

  test('are all filed but the one that the server can’t take: nothing of that stays, and it can be filed later', async () => {
    await whole.sql(`create function fault() returns trigger language plpgsql as
      $$ begin if new.answers::text like '%faulty%' then raise 'out of order'; end if; return new; end $$`)
    await whole.sql('create trigger fault before insert on filing_edition for each row execute function fault()')
    try {
      const [good, bad] = [await filers(7), await filer()]
      await bad.browser.post(`${bad.draft}/contact`, { name: bad.name, mail: 'faulty@example.jp', phone: '' })
      const answers = await atOnce([...good.slice(0, 3), bad, ...good.slice(3)].map((one) => () => submit(one)))
      expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 500, 303, 303, 303, 303])
      for (const one of good) expect(await filed(one)).toMatchObject([{ name: one.name, events: 1, entries: 1 }])
      expect(await whole.sql('select id from filing where draft = $1', [draftId(bad)])).toEqual([])
      await whole.sql('drop trigger fault on filing_edition')
      expect((await submit(bad)).status).toBe(303)
      expect(await filed(bad)).toMatchObject([{ name: bad.name, events: 1, entries: 1 }])
    } finally {
      await whole.sql('drop trigger if exists fault on filing_edition')
      await whole.sql('drop function fault()')
    }
  })
})

describe('who fills in forms at the same time', () => {
  test('each saves and sees their own pages, and leaves their own traces', async () => {
    const all = await filers(12)
    const saved = await atOnce(
      all.map(
        ({ browser, draft, name }) =>
          () =>
            post(`${draft}/contact`, browser, { name: `${name} 改`, mail: `${named}@example.jp`, phone: '' }),
      ),
    )
    expect(saved.map(({ status }) => status)).toEqual(Array(12).fill(303))
    const answers = await atOnce(
      all.map(
        ({ browser, draft }) =>
          () =>
            ask(`${draft}/contact`, browser),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200))
    for (const [n, { name }] of all.entries()) {
      const html = (await answers[n]?.text()) ?? ''
      expect(new Set(html.match(/申請 \d+号( 改)?/g))).toEqual(new Set([`${name} 改`]))
      const traces = await whole.sql(
        "select act from audit where subjects -> 0 ->> 'id' = $1 and act in ('procedures.draft', 'procedures.save-page') order by at desc, id desc limit 2",
        [draftId(all[n] as Filer)],
      )
      expect(traces.map(({ act }) => act).sort()).toContain('procedures.draft')
    }
  })

  test('is not shown, nor lets save or file, what is somebody else’s: beside its owner no more than alone', async () => {
    const [owner, stranger] = [await filer(), whole.browser()]
    await filer({ browser: stranger, complete: false })
    const [lower, upper] = [owner.draft, `/apply/${draftId(owner).toUpperCase()}`]
    const asking = [owner.browser, stranger, stranger, owner.browser, stranger, owner.browser, owner.browser, stranger]
    for (const draft of [lower, upper]) {
      const seen = await atOnce(asking.map((browser) => () => ask(`${draft}/contact`, browser)))
      expect(seen.map(({ status }) => status)).toEqual(asking.map((one) => (one === stranger ? 404 : 200)))
      for (const [n, browser] of asking.entries())
        if (browser === stranger) expect(await seen[n]?.text()).not.toContain(owner.mail)
      const typed = { name: '他人', mail: 'stranger@example.jp', phone: '' }
      const saved = await atOnce(
        asking.map(
          (one) => () => post(`${draft}/contact`, one, one === stranger ? typed : { ...typed, name: owner.name }),
        ),
      )
      expect(saved.map(({ status }) => status)).toEqual(asking.map((one) => (one === stranger ? 404 : 303)))
    }
    const filings = await atOnce(asking.map((browser, n) => () => submit({ browser, draft: n % 3 ? lower : upper })))
    expect(filings.map(({ status }) => status)).toEqual(asking.map((one) => (one === stranger ? 404 : 303)))
    expect(await filed(owner)).toMatchObject([{ name: owner.name, events: 1 }])
  })

  test('each begin a draft of their own', async () => {
    const browsers = Array.from({ length: 10 }, () => {
      const browser = whole.browser()
      browser.jar.set('attaka', whole.outside.sealer.newToken())
      return browser
    })
    const answers = await atOnce(browsers.map((one) => () => post('/procedures/dx-consultation-event/begin', one)))
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(303))
    const drafts = answers.map(pathIn)
    expect(new Set(drafts).size).toBe(10)
    const pages = await Promise.all(browsers.map((one, n) => ask(`${drafts[n]?.replace('/attaka', '')}/session`, one)))
    expect(pages.map(({ status }) => status)).toEqual(Array(10).fill(200))
  })
})

test('the catalogue that many look at at once is the same for all of them, and each one’s search their own', async () => {
  const words = ['', '相談', '', 'ない言葉', '', '相談']
  const answers = await atOnce(words.map((q) => () => ask(`/procedures?q=${encodeURIComponent(q)}`, whole.browser())))
  const pages = await Promise.all(answers.map((answer) => answer.text()))
  const found = pages.map((html) => html.includes('DX相談会の参加申込'))
  expect(found).toEqual([true, true, true, false, true, true])
})

test('somebody whose draft is held up keeps nobody else from looking, saving or filing', async () => {
  const roomy = await whole.beside({ poolSize: 12, proxyHops: 1 })
  const through = (path: string, browser: Browser) =>
    askFrom(roomy, `/attaka${path}`, {
      from: `203.0.113.${++addresses % 250}`,
      ...formOf(whole, secretOf(browser), {}),
    })
  const [stuck, free] = [await filer(), await filer()]
  const [holding, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const held = roomy.sceneOf('attaka').change(async (db) => {
    await sql`select id from draft where id = ${draftId(stuck)} for update`.execute(db)
    holding.resolve()
    await release.promise
  })
  await holding.promise
  const waiting = Array.from({ length: 6 }, () => through(`${stuck.draft}/_check`, stuck.browser))
  await expect.poll(() => roomy.database.load().served).toBeGreaterThan(4)
  expect((await askFrom(roomy, '/attaka/procedures', { from: '192.0.2.1' })).status).toBe(200)
  expect((await through(`${free.draft}/_check`, free.browser)).status).toBe(303)
  release.resolve()
  await held
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(6).fill(303))
  expect(await filed(stuck)).toMatchObject([{ events: 1 }])
  await roomy.close()
})
