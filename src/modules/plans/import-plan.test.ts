import { readFileSync } from 'node:fs'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { perform } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { importPlan } from './index.ts'
import { readMeasures } from './queries/measures.ts'
import { readOrganisations, readPlans, readSources } from './queries/plans.ts'
import { parsePlanFile } from './rules/import.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse({ tenant: 'mie' })
})

const text = (name: string) => readFileSync(new URL(`./seed-data/${name}.json`, import.meta.url), 'utf8')
// biome-ignore lint/suspicious/noExplicitAny: tests break documents in every way
const fresh = (name = 'mie-plan'): any => JSON.parse(text(name))

const taken = (name: string) => {
  const read = parsePlanFile(fresh(name))
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.file
}

const bring = (document: unknown, tenant = 'mie', kind?: 'plan' | 'live') =>
  perform(importPlan, house.sceneOf(tenant), { document, ...(kind && { kind }) })

/** What the refusal says, path by path. */
const faultsOf = async (document: unknown, tenant = 'mie') => {
  const refused = await bring(document, tenant).catch((error: unknown) => error)
  if (!(refused instanceof Refusal)) throw new Error('it was not refused', { cause: refused })
  expect(refused.kind).toBe('invalid')
  return refused.fields
}

const ofMine = [
  ...['plan_import', 'plan_source', 'plan_organisation', 'plan', 'plan_version', 'basic_policy', 'philosophy'],
  ...['measure_group', 'initiative', 'initiative_phase', 'revision_stage', 'plan_measure', 'plan_measure_owner'],
  ...['basic_project', 'plan_project', 'project_budget', 'plan_resource', 'rating_scale', 'plan_rating'],
  ...['review_list', 'review_item', 'indicator', 'indicator_edition', 'indicator_figure'],
]

/** Every row of the module as one text per table. */
const everything = async () => {
  const each = ofMine.map(
    (name) => `select '${name}' as name, md5(string_agg(t::text, '|' order by t::text)) as rows from ${name} t`,
  )
  const rows = await house.sql<{ name: string; rows: string | null }>(each.join(' union all '))
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]))
}

const count = async (from: string, tenant = 'mie') =>
  (await house.sql<{ n: number }>(`select count(*)::int as n from ${from} where tenant = $1`, [tenant]))[0]?.n

const bound = async () =>
  (
    await house.sql<{ measure: string; id: string; binding_measure: string; bound_at: Date; import: string }>(
      `select measure, id, binding_measure, bound_at, import from indicator where tenant = 'mie' and binding_measure is not null`,
    )
  )[0]

describe('what was imported', () => {
  test.each([
    ['mie', 'mie-plan'],
    ['attaka', 'attaka-plan'],
  ])('is read back from %s as its file says it, nothing lost and nothing added', async (tenant, name) => {
    const file = taken(name)
    const stored = await house.sceneOf(tenant).look(async (db) => {
      const plans = await readPlans(db)
      return {
        plans: plans.map(({ plan }) => plan),
        measures: (await readMeasures(db)).filter(({ live }) => !live).map(({ measure }) => measure),
        sources: await readSources(db, plans[0]!.import),
        organisations: await readOrganisations(db, plans[0]!.import),
      }
    })
    expect(stored.plans).toEqual(file.plans)
    expect(stored.measures).toEqual(file.measures)
    expect(stored.sources).toEqual(file.sources)
    expect(stored.organisations).toEqual(file.organisations)
    const [row] = await house.sql<{ document: string; extra: unknown; conventions: unknown; sha256: string }>(
      `select document, extra, conventions, sha256 from plan_import where tenant = $1 and kind = 'plan'`,
      [tenant],
    )
    expect(row).toMatchObject({ document: text(name), extra: file.extra, conventions: file.conventions })
  })

  test('is the whole of Mie’s documents', async () => {
    expect(await count('plan')).toBe(5)
    expect(await count('initiative')).toBe(33)
    expect(await count('initiative_phase')).toBe(50)
    expect(await count('indicator')).toBe(4)
    expect(await count('revision_stage')).toBe(20)
    expect(await count('project_budget')).toBe(10)
  })

  test('keeps exact decimals and unknowns', async () => {
    const figures = await house.sql<{ value: string | null; printed: string | null; role: string }>(
      `select value::text, printed, role from indicator_figure where tenant = 'mie' and indicator = 'smart-feel' and edition = 1 order by ordinal`,
    )
    expect(figures).toEqual([
      { value: null, printed: '—', role: 'baseline' },
      { value: '10', printed: '10.0%', role: 'target' },
      { value: '40', printed: '40.0%', role: 'target' },
      { value: null, printed: '—', role: 'target' },
      { value: '60', printed: '60.0%', role: 'target' },
    ])
  })

  test('was nothing for towns without documents', async () => {
    expect(await count('plan', 'hidamari')).toBe(0)
  })
})

describe('a bad document', () => {
  let before: Awaited<ReturnType<typeof everything>>
  beforeEach(async () => {
    before = await everything()
  })

  test('is refused whole, with every fault by its path, and nothing changes', async () => {
    const file = fresh()
    file.plans[1].initiatives[4].phases[0].span.endFY = 2019
    file.plans[1].initiatives[6].measureGroup = 99
    delete file.performanceMeasures[0].indicators[0].direction
    file.performanceMeasures[0].resources[0].headcount = '二十六'
    const faults = await faultsOf(file)
    expect(Object.keys(faults)).toEqual(
      expect.arrayContaining([
        'plans[1].initiatives[4].phases[0].span.endFY',
        'plans[1].initiatives[6].measureGroup',
        'performanceMeasures[0].indicators[0].direction',
        'performanceMeasures[0].resources[0].headcount',
      ]),
    )
    expect(await everything()).toEqual(before)
  })

  test.each([
    ['no JSON', '{"plans": [1,\n 2,,]}', { '（ファイル全体）': expect.stringContaining('2行目の4文字目') }],
    ['a list', '[]', { '（ファイル全体）': expect.any(String) }],
    ['a text', '"plan"', { '（ファイル全体）': expect.any(String) }],
    ['deep', '['.repeat(100_000), { '（ファイル全体）': expect.any(String) }],
    ['a key twice', '{"plans": [], "plans": []}', { plans: '同じ名前の項目が2つあります。どちらかを消してください。' }],
  ])('that is %s is refused in words', async (_, document, said) => {
    expect(await faultsOf(document)).toEqual(said)
    expect(await everything()).toEqual(before)
  })

  test('with what can’t be stored is refused, not broken off', async () => {
    const file = fresh()
    file.plans[1].id = 'p'.repeat(121)
    file.plans[0].versions = [{ version: '1', title: '版', asOf: '0000-01-01' }]
    const faults = await faultsOf({ ...file, plans: file.plans.slice(0, 2), performanceMeasures: [] })
    expect(faults).toEqual({
      'plans[0].versions[0].asOf': '西暦1年より前の日付は使えません。',
      'plans[1].id': '長すぎます（120字まで）。',
    })
  })

  test('whose initiatives would have one address is refused', async () => {
    const file = fresh()
    file.plans[1].initiatives[1].id = 'init-01'
    expect(Object.keys(await faultsOf(file))).toEqual(['plans[1].initiatives[1].id'])
  })

  test('that is too large is refused before it is read', async () => {
    const said = await faultsOf(`{"about": "${'あ'.repeat(1_800_000)}"}`)
    expect(Object.values(said)[0]).toContain('5MBまで')
  })

  test('of live indicators that names what isn’t there is refused', async () => {
    const live = fresh('mie-plan-live')
    live.indicators[0].plan = 'nowhere'
    live.indicators[0].source = 'S9'
    expect(Object.keys(await faultsOf(live))).toEqual(['indicators[0].plan', 'indicators[0].source'])
    expect(await everything()).toEqual(before)
  })

  test('of live indicators that the plan has already is refused', async () => {
    const live = fresh('mie-plan-live')
    live.indicators[0].plan = 'mie-vision-3'
    live.indicators[0].measure.id = 'mie-vision-3/smart-jichitai'
    expect(await faultsOf(live)).toEqual({ 'indicators[0].id': '同じ指標「eapply-count」が、もうあります。' })
    expect(await everything()).toEqual(before)
  })

  test('may not take another plan’s measure', async () => {
    const file = fresh()
    const plan = { ...file.plans[0], id: 'other', title: '別の計画' }
    const measure = { ...file.performanceMeasures[0], plan: 'other' }
    const said = await faultsOf({ ...file, plans: [plan], performanceMeasures: [measure] })
    expect(said).toEqual({ 'performanceMeasures[0].id': '別の計画「mie-vision-3」に、同じ施策があります。' })
  })
})

describe('the same document again', () => {
  test.each(['mie-plan', 'mie-plan-live'])('changes nothing: %s', async (name) => {
    await bring(text(name))
    const before = await everything()
    expect(await bring(text(name))).toMatchObject({ changed: false })
    expect(await everything()).toEqual(before)
  })

  test('is put back after a changed one', async () => {
    const imports = (await count('plan_import')) ?? 0
    const changed = fresh()
    changed.plans[1].initiatives[0].title = '言いかえた取組'
    expect(await bring(changed)).toMatchObject({
      changed: true,
      counts: { initiatives: 33, phases: 50, indicators: 3 },
    })
    expect(await bring(text('mie-plan'))).toMatchObject({ changed: true })
    expect(await count('plan_import')).toBe(imports + 2)
  })
})

describe('a changed document', () => {
  test('replaces what it said before, and live indicators and bindings stay with their day', async () => {
    const before = await bound()
    const changed = fresh()
    changed.plans[1].initiatives.pop()
    changed.plans[1].statistics = null
    changed.plans[1].initiatives[0].title = '言いかえた取組'
    changed.performanceMeasures[0].resources[0].headcount = 27
    house.pass(86_400_000)
    await bring(changed)
    expect(await count('initiative')).toBe(32)
    const page = await (await house.browser().get('/plans/initiatives/mie-data-plan-2020.init-01')).text()
    expect(page).toContain('言いかえた取組')
    expect(await bound()).toEqual(before)
    expect(await count('indicator')).toBe(4)
    // Names of the import before, which nobody uses any more.
    expect(await count('plan_source')).toBe(5)

    await bring(text('mie-plan'))
    expect(await bound()).toEqual(before)
  })

  test('of live indicators replaces the ones before, and counts a new binding from now', async () => {
    const before = await bound()
    const live = fresh('mie-plan-live')
    live.indicators[0].title = '言いかえた指標'
    live.indicators[0].measure.title = '言いかえた施策'
    await bring(live)
    expect(await count('indicator')).toBe(4)
    expect((await bound())?.bound_at).toEqual(before?.bound_at)
    live.indicators[0].binding = { measure: 'procedures.filings', option: 'a' }
    await bring(live)
    expect((await bound())?.bound_at.getTime()).toBeGreaterThan(before?.bound_at.getTime() ?? 0)
    await bring(text('mie-plan-live'))
  })

  test('that takes away what a live indicator stands on is refused as a whole', async () => {
    const before = await everything()
    const changed = fresh()
    changed.sources = changed.sources.filter((one: { id: string }) => one.id !== 'S3')
    for (const plan of changed.plans) {
      delete plan.source
      for (const version of plan.versions ?? []) delete version.source
    }
    expect(await faultsOf(changed)).toEqual({
      '（取り込み済みの指標のファイル）indicators[0].measure.source': '出典「S3」がありません。',
      '（取り込み済みの指標のファイル）indicators[0].source': '出典「S3」がありません。',
    })
    expect(await everything()).toEqual(before)
  })

  test('imported twice at once is imported once', async () => {
    const changed = fresh('attaka-plan')
    changed.plans[1].initiatives[0].title = '同時に取り込む'
    const done = await Promise.all([bring(changed, 'attaka'), bring(changed, 'attaka'), bring(changed, 'attaka')])
    expect(done.map((one) => one.changed).toSorted()).toEqual([false, false, true])
    expect(await count('initiative', 'attaka')).toBe(12)
  })
})

describe('the console’s page', () => {
  let planner: Awaited<ReturnType<TestHouse['as']>>
  beforeAll(async () => {
    planner = await house.as('planner')
  })

  const file = (content: string | Uint8Array) =>
    new File([content as BlobPart], 'plan.json', { type: 'application/json' })

  test('imports a file, says what it brought, and shows who did it', async () => {
    const changed = fresh()
    changed.about = '担当者が取り込む'
    const sent = await planner.post('/console/plans/import', { text: '', file: file(JSON.stringify(changed)) })
    expect(sent.status).toBe(303)
    const page = await (await planner.get('/console/plans/import')).text()
    expect(page).toContain('計画5、取組33、施策1、指標3')
    expect(page).toContain('計画 ゆき')
    const again = await planner.post('/console/plans/import', { text: JSON.stringify(changed) })
    expect(again.status).toBe(303)
    expect(await (await planner.get('/console/plans/import')).text()).toContain('何も変わりませんでした')
  })

  test('shows what would change before anything does, thing by thing', async () => {
    const before = await everything()
    const looked = async (document: unknown, where: 'text' | 'file' = 'text') => {
      const json = JSON.stringify(document)
      const fields: Record<string, string | Blob> = where === 'text' ? { text: json } : { text: '', file: file(json) }
      const page = await planner.post('/console/plans/import', { ...fields, look: 'yes' })
      const html = await page.text()
      expect(page.status, html).toBe(200)
      const rows = (html.match(/<tbody.*?<\/tbody>/s)?.[0] ?? '').match(/<tr.*?<\/tr>/gs) ?? []
      return {
        html,
        rows: rows.map((row) =>
          row
            .replace(/<[^>]*>/g, ' ')
            .replace(/\s+/g, ' ')
            .trim(),
        ),
      }
    }
    // The same facts in another spelling change nothing.
    const spelled = fresh()
    spelled.about = 'ほかの説明'
    expect((await looked(spelled)).html).toContain('計画・取組・施策・指標は、どれも変わりません')

    const changed = fresh()
    const [first, second, third] = changed.plans[1].initiatives
    second.title = '名前を変えた取組'
    changed.plans[1].initiatives = [
      first,
      second,
      ...changed.plans[1].initiatives.slice(3),
      { ...third, id: 'new-one', title: '新しい取組' },
    ]
    changed.performanceMeasures[0].indicators[0].title = '名前を変えた指標'
    const { html, rows } = await looked(changed)
    expect(html).toContain('まだ取り込んでいません')
    expect(rows.toSorted()).toEqual(
      [
        '加わる 取組 新しい取組',
        '変わる 取組 名前を変えた取組',
        `なくなる 取組 ${third.title}`,
        '変わる 指標 名前を変えた指標',
      ].toSorted(),
    )
    // From a file too, and what was looked at can be brought in from the box.
    expect((await looked(changed, 'file')).html).toContain('名前を変えた取組')
    expect((await looked(changed, 'file')).html).toContain('下の欄に内容を入れてあります')
    expect(await everything()).toEqual(before)
    const wrong = await planner.post('/console/plans/import', { text: '{"formatVersion":"1.0"}', look: 'yes' })
    expect(wrong.status).toBe(422)
    const reviewer = await house.as('reviewer')
    expect((await reviewer.post('/console/plans/import', { text: JSON.stringify(changed), look: 'yes' })).status).toBe(
      403,
    )
  })

  test('lists every fault with its path, and keeps what was pasted', async () => {
    const broken = fresh()
    delete broken.performanceMeasures[0].indicators[0].direction
    broken.plans[1].initiatives[4].title = '<script>alert(1)</script>'
    const pasted = JSON.stringify(broken)
    const page = await planner.post('/console/plans/import', { text: pasted })
    const html = await page.text()
    expect(page.status).toBe(422)
    expect(html).toContain('performanceMeasures[0].indicators[0].direction')
    expect(html).toContain('1か所を直してください')
    expect(html).toContain('href="#faults"')
    expect(html).toContain('&lt;script&gt;alert(1)')
    expect(html).not.toContain('<script>alert')
  })

  test('counts as many places as it lists', async () => {
    const broken = fresh()
    broken.plans[0].id = 1
    broken.measures = []
    delete broken.performanceMeasures
    const page = await planner.post('/console/plans/import', { text: JSON.stringify(broken) })
    const html = await page.text()
    const list = html.slice(html.indexOf('id="faults"'))
    const listed = list.slice(0, list.indexOf('</table>')).match(/<tr/g)?.length ?? 0
    expect(html).toContain(`${listed - 1}か所を直してください`)
    expect(html).toContain('「performanceMeasures」の書き誤りなら、直してください')
    expect(html).not.toContain('たどると')
  })

  test.each([
    ['nothing', {}, 'ファイルを選ぶか、内容を貼り付けてください'],
    ['both', { file: file('{}'), text: '{}' }, 'どちらか一方だけにしてください'],
    ['broken bytes', { file: file(new Uint8Array([0x7b, 0xff, 0xfe])) }, '文字（UTF-8）として読めません'],
    ['too much', { file: file(' '.repeat(2 * 1024 * 1024 + 1)) }, '2MB以下のファイルを選んでください'],
  ])('says what to do when it gets %s', async (_, fields: Record<string, string | Blob>, said) => {
    const page = await planner.post('/console/plans/import', { text: '', ...fields })
    expect(page.status).toBe(422)
    expect(await page.text()).toContain(said)
  })

  test('is for plan editors', async () => {
    const reviewer = await house.as('reviewer')
    for (const who of [reviewer, await house.as('administrator')]) {
      expect((await who.get('/console/plans/import')).status).toBe(403)
      expect((await who.post('/console/plans/import', { text: '{}' })).status).toBe(403)
      expect((await who.post('/console/plans/import', { text: '', file: file('{}') })).status).toBe(403)
    }
    const visitor = house.browser()
    expect((await visitor.get('/console/plans/import')).status).toBe(401)
    const asked = await visitor.post('/console/plans/import', { text: '{"plans": 1}' })
    expect(asked.status).toBe(401)
    expect(await asked.text()).not.toContain('誤り')
    expect((await visitor.get('/api/v1/plans/imports')).status).toBe(401)
    const api = await visitor.send('/api/v1/plans/import-plan', { method: 'POST', body: '{}' })
    expect(api.status).toBe(401)
  })

  test('refuses a forged form', async () => {
    const sent = await planner.send('/console/plans/import', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `text=${encodeURIComponent(text('mie-plan'))}`,
    })
    expect(sent.status).toBe(403)
  })
})

test('the history can’t be altered, not even by the application', async () => {
  for (const statement of ['update plan_import set sha256 = sha256', 'delete from plan_import'])
    await expect(
      house.sql(`begin; select set_config('app.tenant', 'mie', true); ${statement}; commit`, undefined, 'app'),
    ).rejects.toThrow('permission denied')
})
