import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Address, ThingKind } from '#core/contributions.ts'
import { isStaff } from '#core/policy.ts'
import { onStage } from '#core/scene.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { tellTraced } from './index.ts'

/** Two kinds of things of two modules that know nothing of each other: voices of residents, and measures of a plan. */
type Played = { id: string; title: string; state: string | null; secret: boolean; spoke: Address[] }
let played: Record<'idea' | 'measure', Played[]>

const thingKind = (module: string, kind: 'idea' | 'measure', label: string): ThingKind => {
  const shown = ({ id, title, state }: Played) => ({
    reference: { module, kind, id },
    title,
    href: `/${kind}s/${id}`,
    state,
  })
  type Reader = Parameters<ThingKind['show']>[1]
  const visible = (reader: Reader) => (one: Played) =>
    !one.secret || isStaff(reader) || one.spoke.some((to) => 'person' in to && to.person === reader?.id)
  return {
    module,
    kind,
    label,
    find: async (_, reader, words) =>
      played[kind]
        .filter(visible(reader))
        .filter(({ title }) => title.includes(words))
        .map(shown),
    show: async (_, reader, id) =>
      played[kind]
        .filter(visible(reader))
        .filter((one) => one.id === id)
        .map(shown)[0] ?? null,
    tell: async (_, id) => played[kind].find((one) => one.id === id)?.spoke ?? [],
  }
}

const idea = (id: string) => ({ module: 'voices', kind: 'idea', id })
const measure = (id: string) => ({ module: 'measures', kind: 'measure', id })

let house: TestHouse
let planner: Awaited<ReturnType<TestHouse['as']>>
let reviewer: typeof planner
beforeAll(async () => {
  house = await openHouse()
  // The registry that every scene of this house carries.
  const { things } = house.sceneOf('attaka').registry
  ;(things as ThingKind[]).push(thingKind('voices', 'idea', 'アイデア'), thingKind('measures', 'measure', '取組'))
  planner = await house.as('planner')
  reviewer = await house.as('reviewer')
})

let n = 0
beforeEach(() => {
  n++
  played = {
    idea: [
      {
        id: `${n}-bus`,
        title: 'バスの遅れを知りたい',
        state: '受付',
        secret: false,
        spoke: [{ mail: `bus${n}@example.jp` }],
      },
      {
        id: `${n}-hidden`,
        title: 'まだ公開していない声',
        state: null,
        secret: true,
        spoke: [{ mail: `hidden${n}@example.jp` }],
      },
    ],
    measure: [
      { id: `${n}-open-data`, title: 'バスの位置の公開', state: '実施中', secret: false, spoke: [] },
      { id: `${n}-draft`, title: '検討中のバス施策', state: '検討中', secret: true, spoke: [] },
    ],
  }
})

const bus = () => idea(`${n}-bus`)
const openData = () => measure(`${n}-open-data`)
const pickerOf = ({ module, kind, id }: ReturnType<typeof idea>, q = '') =>
  `/console/traces/new?${new URLSearchParams({ module, kind, id, q })}`

const linked = async (
  who: typeof planner,
  from: ReturnType<typeof idea>,
  to: ReturnType<typeof idea> | string,
  fields: Record<string, string> = {},
) =>
  who.post('/console/traces/new', {
    ...from,
    q: 'バス',
    to: typeof to === 'string' ? to : `${to.module}/${to.kind}/${to.id}`,
    link: 'led-to',
    reason: '同じ声がほかにもあったため',
    ...fields,
  })

/** What a reader finds at one end, by the same view as the pages. */
const tracesOf = async (reference: ReturnType<typeof idea>, at = 'attaka') => {
  const answer = await house.app.request(
    `http://localhost:3000/${at}/api/v1/traces/of?${new URLSearchParams(reference)}`,
  )
  const { traces = [] } = (await answer.json()) as {
    traces?: { id: string; direction: string; kind: string; reason: string; other: { title: string; href: string } }[]
  }
  return { status: answer.status, traces }
}

const mailsTo = async (mail: string) => {
  await house.settle()
  return (await house.outside.sent('attaka')).filter(({ to }) => to === mail)
}

const liveTrace = async () =>
  (
    await house.sql<{ id: string }>(
      'select id from trace where (from_id like $1 or to_id like $1) and withdrawn_at is null',
      [`${n}-%`],
    )
  )[0]?.id ?? ''

describe('two things that belong together', () => {
  test('are found by words among the things of all modules, and linked', async () => {
    const page = await (await planner.get(pickerOf(bus(), 'バス'))).text()
    expect(page).toContain('つなぐ相手（取組）')
    expect(page).toContain('バスの位置の公開')
    expect(page).not.toContain(`value="voices/idea/${n}-bus"`)
    const done = await linked(planner, bus(), openData())
    expect(done.status).toBe(303)
    expect(done.headers.get('location')).toBe(`/attaka/ideas/${n}-bus`)
    expect(await (await planner.get(pickerOf(bus(), 'バス'))).text()).toContain('すでにつながっています')
  })

  test('are found after one has read what can be found, and ordered by the way the link goes', async () => {
    const empty = await (await planner.get(pickerOf(bus(), ''))).text()
    const [, kinds = ''] = empty.match(/さがせるもの：([^。]*)。/) ?? []
    expect(kinds.split('、')).toEqual(expect.arrayContaining(['申請', '手続', 'アイデア', '取組']))
    expect(empty).toContain('R8-7K3M-2QXD')
    const page = await (await planner.get(pickerOf(bus(), 'バス'))).text()
    const groups = [...page.matchAll(/<optgroup label="([^"]*)">(.*?)<\/optgroup>/gs)]
    expect(groups.map(([, label, lines]) => [label, lines?.match(/<option/g)?.length])).toEqual([
      ['これから、選んだものへ', 6],
      ['選んだものから、これへ', 6],
      ['どちらからも', 1],
    ])
  })

  test('both show the link, each in its own direction, with the reason', async () => {
    await linked(planner, bus(), openData())
    const [here] = (await tracesOf(bus())).traces
    const [there] = (await tracesOf(openData())).traces
    expect(here).toMatchObject({ direction: 'there', kind: 'led-to', reason: '同じ声がほかにもあったため' })
    expect(here?.other).toMatchObject({
      title: 'バスの位置の公開',
      href: `/measures/${n}-open-data`,
      label: '取組',
      state: '実施中',
    })
    expect(there).toMatchObject({ direction: 'back', other: { title: 'バスの遅れを知りたい' } })
  })

  test('can be linked from the other end as well, in the direction that was meant', async () => {
    const done = await linked(planner, openData(), bus(), { link: 'led-to:back' })
    expect(done.headers.get('location')).toBe(`/attaka/measures/${n}-open-data`)
    expect((await tracesOf(bus())).traces[0]?.direction).toBe('there')
  })

  test('are linked once: sent twice it is the same link, with another reason it is refused', async () => {
    const both = await Promise.all([linked(planner, bus(), openData()), linked(planner, bus(), openData())])
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    const other = await linked(planner, bus(), openData(), { reason: '別の理由' })
    expect(other.status).toBe(409)
    expect(await other.text()).toContain('すでに同じつながりがあります')
    await linked(planner, bus(), openData(), { link: 'related', reason: '関係' })
    await linked(planner, openData(), bus(), { link: 'related', reason: '関係' })
    expect((await tracesOf(bus())).traces).toHaveLength(2)
  })

  test('part again when a link is withdrawn, which stays on record, and can be linked anew', async () => {
    await linked(planner, bus(), openData())
    const id = await liveTrace()
    expect(await (await reviewer.get(`/console/traces/${id}`)).text()).toContain('計画 ゆき')
    expect((await reviewer.post(`/console/traces/${id}`)).status).toBe(303)
    expect((await reviewer.post(`/console/traces/${id}`)).status).toBe(409)
    expect((await tracesOf(bus())).traces).toEqual([])
    expect(await (await reviewer.get(`/console/traces/${id}`)).text()).toContain('取り消されています')
    expect((await linked(planner, bus(), openData())).status).toBe(303)
    expect((await tracesOf(bus())).traces).toHaveLength(1)
  })
})

describe('an end that one may not see', () => {
  test('is neither shown nor counted to the public, but to staff', async () => {
    await linked(planner, bus(), measure(`${n}-draft`))
    await linked(planner, bus(), idea(`${n}-hidden`), { link: 'related' })
    const { status, traces } = await tracesOf(bus())
    expect(status).toBe(200)
    expect(JSON.stringify(traces)).toBe('[]')
    expect(await (await planner.get(pickerOf(bus(), '検討中'))).text()).toContain('すでにつながっています')
  })

  test('tells nobody anything of what hangs on it', async () => {
    await linked(planner, idea(`${n}-hidden`), openData())
    expect((await tracesOf(idea(`${n}-hidden`))).status).toBe(404)
    expect((await tracesOf(openData())).traces).toEqual([])
  })

  test('is not given away by the news of a link', async () => {
    await linked(planner, bus(), measure(`${n}-draft`))
    expect(await mailsTo(`bus${n}@example.jp`)).toEqual([])
  })

  test('in another tenant does not exist, nor does its link', async () => {
    await linked(planner, bus(), openData())
    const id = await liveTrace()
    const elsewhere = await house.as('planner', 'mie')
    expect((await elsewhere.get(`/console/traces/${id}`)).status).toBe(404)
    expect((await elsewhere.post(`/console/traces/${id}`)).status).toBe(404)
    expect((await tracesOf(bus(), 'mie')).traces).toEqual([])
    expect((await tracesOf(bus())).traces).toHaveLength(1)
  })
})

describe('whoever spoke', () => {
  test('is told once of the link, with its reason and where to look', async () => {
    await linked(planner, bus(), openData())
    await linked(planner, bus(), openData())
    const mails = await mailsTo(`bus${n}@example.jp`)
    expect(mails).toHaveLength(1)
    expect(mails[0]?.subject).toBe('「バスの遅れを知りたい」についてのお知らせ')
    expect(mails[0]?.text).toContain('「バスの遅れを知りたい」がきっかけとなり、「バスの位置の公開」が生まれました。')
    expect(mails[0]?.text).toContain('同じ声がほかにもあったため')
    expect(mails[0]?.text).toContain(`http://localhost:3000/attaka/measures/${n}-open-data`)
  })

  test('is told once when the other end changes, however many links lead there; never whoever acts', async () => {
    const mine = played.idea[0]
    if (mine)
      mine.spoke = [
        { person: reviewer.id },
        { person: planner.id },
        { mail: `BUS${n}@example.jp` },
        { mail: `bus${n}@example.jp` },
      ]
    await linked(planner, bus(), openData())
    await linked(planner, bus(), openData(), { link: 'changed' })
    const { house: _, ...news } = {
      house,
      subject: `第${n}報`,
      text: '公開が始まりました。',
      href: `/measures/${n}-open-data`,
    }
    const scene = house.sceneOf('attaka', { ...house.sceneOf('attaka').actor!, id: planner.id, kind: 'person' })
    await scene.change((db) => tellTraced(onStage(scene, db), openData(), news))
    await house.settle()
    const told = await house.sql<{ who: string }>(
      'select coalesce(person::text, lower(mail)) as who from notice where subject = $1 order by who',
      [`第${n}報`],
    )
    expect(told.map(({ who }) => who)).toEqual([reviewer.id, `bus${n}@example.jp`].sort())
  })

  test('is not told of a change that they may not see', async () => {
    await linked(planner, bus(), measure(`${n}-draft`))
    const scene = house.sceneOf('attaka')
    await scene.change((db) =>
      tellTraced(onStage(scene, db), measure(`${n}-draft`), { subject: '内部の決定', text: '本文' }),
    )
    expect(await mailsTo(`bus${n}@example.jp`)).toEqual([])
  })
})

describe('the form', () => {
  test('says at each field what is missing, and keeps what was typed', async () => {
    const empty = await linked(planner, bus(), '', { link: '', reason: ' ' })
    const html = await empty.text()
    expect(empty.status).toBe(422)
    for (const sentence of [
      'つなぐ相手を選んでください',
      'どのようなつながりかを選んでください',
      '理由を入力してください',
    ]) {
      expect(html.split(sentence).length).toBeGreaterThan(2)
    }
    const long = await linked(planner, bus(), '', { reason: `<b>${'理'.repeat(501)}` })
    expect(long.status).toBe(422)
    expect(await long.text()).toContain(`&lt;b&gt;理理`)
  })

  test('refuses a thing with itself, unknown things, and names that are none', async () => {
    expect((await linked(planner, bus(), bus())).status).toBe(422)
    expect((await linked(planner, bus(), measure('nothing'))).status).toBe(404)
    expect((await linked(planner, bus(), 'measures/nothing/1')).status).toBe(404)
    expect((await linked(planner, bus(), '../../x')).status).toBe(422)
    expect((await planner.get('/console/traces/new')).status).toBe(404)
    expect((await planner.get(pickerOf(idea('nothing')))).status).toBe(404)
    expect((await planner.get('/console/traces/x')).status).toBe(404)
  })

  test('comes back after signing in again, with the thing and what was typed', async () => {
    const late = await house.as('planner')
    house.pass(31 * 60_000)
    const refused = await linked(late, bus(), openData(), { reason: '書きかけの理由' })
    house.pass(-31 * 60_000)
    expect(refused.status).toBe(401)
    const back = decodeURIComponent((await refused.text()).match(/sign-in\?back=([^"]+kept[^"]+)"/)?.[1] ?? '')
    await late.signInAs(late.id)
    const page = await (await late.get(back)).text()
    expect(page).toContain('書きかけの理由')
    expect(page).toContain('バスの位置の公開')
  })

  test('finds nothing kindly, and escapes the words', async () => {
    const page = await (await planner.get(pickerOf(bus(), '<i>無い</i>'))).text()
    expect(page).toContain('当てはまるものは見つかりませんでした')
    expect(page).not.toContain('<i>無い')
  })

  test('is for staff: not for residents, not for forged posts, and a visitor is asked to sign in', async () => {
    await linked(planner, bus(), openData())
    const id = await liveTrace()
    const resident = house.browser()
    const [person] = await house.sql<{ id: string }>(
      "select person as id from sign_in where tenant = 'attaka' and subject = 'auditor'",
    )
    await house.sql('update role_grant set revoked_at = now() where person = $1', [person?.id])
    await resident.signInAs(person?.id ?? '', { staff: false })
    expect((await resident.get(pickerOf(bus()))).status).toBe(403)
    expect((await linked(resident as typeof planner, bus(), openData())).status).toBe(403)
    expect((await resident.post(`/console/traces/${id}`)).status).toBe(403)
    const forged = new URLSearchParams({ _csrf: 'forged' })
    expect((await planner.send(`/console/traces/${id}`, { method: 'POST', body: forged })).status).toBe(403)
    expect(await liveTrace()).toBe(id)
    expect((await house.browser().get(pickerOf(bus()))).status).toBe(401)
  })
})
