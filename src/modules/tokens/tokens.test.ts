import { beforeAll, describe, expect, test } from 'vitest'
import { dayFields, inDays } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'

const list = '/console/administration/tokens'
const units = '/api/v1/people/units'

let house: TestHouse
let administrator: Awaited<ReturnType<TestHouse['as']>>
beforeAll(async () => {
  house = await openHouse()
  administrator = await house.as('administrator')
})

const until = (days = 30) => dayFields('until', inDays(days))

let count = 0
const ask = (fields: Record<string, string | string[]> = {}, by = administrator) =>
  by.post(`${list}/new`, {
    name: `連携 ${++count}`,
    roles: ['administrator'],
    confirmed: 'yes',
    scopes: ['people:write'],
    ...until(),
    ...fields,
  })

const issue = async (fields: Record<string, string | string[]> = {}, by = administrator) => {
  const html = await (await ask(fields, by)).text()
  return html.match(/Bearer (attaka_[\w-]{43})</)?.[1] ?? ''
}

/** A program: no cookies, only its token. */
const program = (token: string, path: string, body?: unknown, tenant = 'attaka') =>
  house.browser(tenant).send(path, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  })

const idOf = async (name: string) =>
  (await house.sql<{ id: string }>('select id from api_token where name = $1', [name]))[0]?.id ?? ''

describe('a token', () => {
  test('is shown once, on a page that nobody keeps, and stored as its hash', async () => {
    const page = await ask({ name: '文書管理との連携' })
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(page.headers.get('cache-control')).toBe('no-store')
    const token = html.match(/Bearer (attaka_[\w-]{43})</)?.[1] ?? ''
    expect(token).not.toBe('')
    expect(JSON.stringify([...page.headers])).not.toContain(token)
    expect(await (await administrator.get(list)).text()).not.toContain(token)
    const [row] = await house.sql<{ row: string }>(
      "select t::text as row from api_token t where name = '文書管理との連携'",
    )
    expect(row?.row).not.toContain(token.slice(7))
    const trail = await house.sql<{ row: string }>(
      "select a::text as row from audit a where act = 'people.issue-token'",
    )
    expect(JSON.stringify(trail)).not.toContain(token.slice(7))
  })

  test('of an administrator lets nobody act for others: whoever checked the papers signs in themselves', async () => {
    const token = await issue()
    const company = await program(token, '/api/v1/people/enter-company', { number: '7000000000002', name: '会社' })
    expect(company.status, await company.clone().text()).toBe(200)
    const person = ((await company.json()) as { company: string }).company
    const checked = { person, mail: 'agent@example.jp', until: inDays(90), reason: '確認' }
    for (const act of ['add-member', 'enter-legal-mandate']) {
      expect((await program(token, `/api/v1/people/${act}`, checked)).status, act).toBe(403)
      const [entry] = await house.sql<{ kind: string; actor_kind: string }>(
        'select kind, actor_kind from audit where act = $1 order by at desc limit 1',
        [`people.${act}`],
      )
      expect(entry).toEqual({ kind: 'refusal', actor_kind: 'token' })
    }
  })

  test('acts at the API with the rights of its roles', async () => {
    const token = await issue()
    const shown = await program(token, units)
    expect(shown.status).toBe(200)
    expect(await shown.json()).toMatchObject({ departments: [{ name: 'デジタル社会推進局' }, { name: '総務部' }] })

    const added = await program(token, '/api/v1/people/add-unit', {
      kind: 'department',
      name: '道の部',
      from: '2026-04-01',
    })
    expect(added.status).toBe(200)
    const { unit } = (await added.json()) as { unit: string }
    expect(await (await administrator.get(`/console/administration/units/${unit}`)).text()).toContain('道の部')
    const [trace] = await house.sql<{ actor_kind: string; actor: string }>(
      "select actor_kind, actor from audit where act = 'people.add-unit' order by at desc, id desc limit 1",
    )
    expect(trace?.actor_kind).toBe('token')
    const wrong = await program(token, '/api/v1/people/add-unit', { kind: 'department', name: '', from: 'いつか' })
    expect(wrong.status).toBe(422)
    expect(wrong.headers.get('content-type')).toContain('application/problem+json')
  })

  test('is worth nothing outside of its scopes', async () => {
    const reading = await issue({ scopes: ['people:read'] })
    expect((await program(reading, units)).status).toBe(200)
    const writing = await program(reading, '/api/v1/people/add-unit', {
      kind: 'department',
      name: 'x',
      from: '2026-04-01',
    })
    expect(writing.status).toBe(403)
    const reviewing = await issue({ roles: ['reviewer'], confirmed: '', scopes: ['people:write'] })
    expect((await program(reviewing, units)).status).toBe(403)
  })

  test('expires, is revoked, and is refused in both cases', async () => {
    const name = '取り消すもの'
    const token = await issue({ name })
    expect((await program(token, units)).status).toBe(200)
    expect((await administrator.post(`${list}/${await idOf(name)}/revoke`)).status).toBe(303)
    expect((await program(token, units)).status).toBe(401)
    expect((await administrator.post(`${list}/${await idOf(name)}/revoke`)).status).toBe(409)

    const old = '期限が切れるもの'
    const short = await issue({ name: old })
    await house.sql("update api_token set expires_at = now() - interval '1 second' where name = $1", [old])
    expect((await program(short, units)).status).toBe(401)
    expect(await (await administrator.get(list)).text()).toContain('期限切れ')
  })

  test('of another office opens nothing here', async () => {
    const theirs = await issue({ name: '三重の連携' }, await house.as('administrator', 'mie'))
    expect((await program(theirs, units, undefined, 'mie')).status).toBe(200)
    expect((await program(theirs, units)).status).toBe(401)
    const id = await idOf('三重の連携')
    expect((await administrator.get(`${list}/${id}/revoke`)).status).toBe(404)
    expect((await administrator.post(`${list}/${id}/revoke`)).status).toBe(404)
    expect((await program(theirs, units, undefined, 'mie')).status).toBe(200)
  })

  test('can’t make another token, nor give its issuer a role', async () => {
    const token = await issue()
    expect((await program(token, '/api/v1/people/issue-token', {})).status).toBe(404)
    const role = { person: administrator.id, role: 'auditor', place: 'office', reason: '自分に' }
    expect((await program(token, '/api/v1/people/grant-role', role)).status).toBe(403)
  })
})

test('the API never looks at cookies', async () => {
  const asked = await administrator.get(units)
  expect(asked.status).toBe(401)
  expect((await program('attaka_unknownunknownunknownunknown', units)).status).toBe(401)
})

describe('the form', () => {
  test('gives the role of administrator only when that was confirmed', async () => {
    const page = await ask({ confirmed: '' })
    const html = await page.text()
    expect(page.status).toBe(422)
    expect(html).toContain('管理者の役割を与えるときは、ここにチェックを入れてください')
    expect(html).toMatch(/value="administrator"[^>]*checked/)
    expect(html).toMatch(/value="people:write"[^>]*checked/)
  })

  test('takes no day in the past and none beyond a year', async () => {
    expect((await ask(until(-1))).status).toBe(422)
    expect((await ask(until(366))).status).toBe(422)
    expect((await ask(until(364))).status).toBe(200)
  })

  test('takes only roles and modules that there are', async () => {
    expect((await ask({ roles: ['king'] })).status).toBe(422)
    expect((await ask({ scopes: ['castle:write'] })).status).toBe(422)
    const html = await (await administrator.post(`${list}/new`, { name: '' })).text()
    for (const sentence of [
      '名前を入力してください',
      '役割を選んでください',
      '使える範囲を選んでください',
      '日付を入力してください',
    ]) {
      expect(html).toContain(sentence)
    }
  })

  test('sent twice makes one token', async () => {
    const twice = await Promise.all([ask({ name: '二度押し' }), ask({ name: '二度押し' })])
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('without its token is refused', async () => {
    const forged = await administrator.send(`${list}/new`, { method: 'POST', body: new URLSearchParams({ name: 'x' }) })
    expect(forged.status).toBe(403)
  })
})

test('an administrator gets no right to decide or to audit by way of a token', async () => {
  const page = await ask({ roles: ['approver', 'auditor'] })
  expect(page.status).toBe(422)
  expect(await page.text()).toContain('ご自分が持っている場合だけ')
})

test('a token decides no longer than whoever issued it may', async () => {
  const role = [administrator.id]
  await house.sql(
    `insert into role_grant (tenant, id, person, role, granted_at, granted_by)
     values ('attaka', gen_random_uuid(), $1, 'approver', now(), 'test')`,
    role,
  )
  const token = await issue({ roles: ['approver'], scopes: ['procedures:write'], name: '決裁の連携' })
  const queue = '/api/v1/procedures/queue'
  expect((await program(token, queue)).status).toBe(200)
  await house.sql("update role_grant set revoked_at = now() where role = 'approver' and person = $1", role)
  expect((await program(token, queue)).status).toBe(403)
})

test('a token administers no longer than whoever issued it may', async () => {
  const token = await issue({ name: '前の管理者の連携' })
  const other = await house.as('reviewer')
  const give = () =>
    program(token, '/api/v1/people/grant-role', {
      person: other.id,
      role: 'plan-editor',
      place: 'office',
      reason: '連携',
    })
  const relieved = (at: string | null) =>
    house.sql("update role_grant set revoked_at = $1 where role = 'administrator' and person = $2", [
      at,
      administrator.id,
    ])
  await relieved('2026-01-01')
  expect((await give()).status).toBe(403)
  expect((await program(token, units)).status).toBe(403)
  await relieved(null)
  expect((await give()).status).toBe(200)
})

test('nobody decides by a program what they filed themselves', async () => {
  await house.sql(
    `insert into role_grant (tenant, id, person, role, granted_at, granted_by)
     values ('attaka', gen_random_uuid(), $1, 'approver', now(), 'test')`,
    [administrator.id],
  )
  const token = await issue({ roles: ['approver'], scopes: ['procedures:write'], name: '自分の決裁' })
  const [filing] = await house.sql<{ id: string }>(
    `insert into draft (tenant, id, form, version, owner, answers, loose, revision, started_at, saved_at)
     select 'attaka', gen_random_uuid(), form, version, $1, '{}', '{}', 0, now(), now() from form_version where tenant = 'attaka' limit 1
     returning id`,
    [administrator.id],
  )
  await house.sql(
    `insert into filing (tenant, id, number, procedure, draft, form, version, state, applicant, edition, arrived_at)
     select 'attaka', $1, 'R8-SELF-SELF', p.id, d.id, d.form, d.version, 'reviewing', $2, 1, now()
     from draft d join procedure p on p.tenant = d.tenant and p.form = d.form where d.id = $1`,
    [filing?.id, administrator.id],
  )
  const decision = { id: filing?.id, outcome: 'approved', reason: '' }
  expect((await program(token, '/api/v1/procedures/decide', decision)).status).toBe(403)
  expect(await house.sql("select state from filing where number = 'R8-SELF-SELF'")).toEqual([{ state: 'reviewing' }])
})

test('a token ends with whoever issued it', async () => {
  const token = await issue()
  expect((await program(token, units)).status).toBe(200)
  await house.sql('update person set disabled_at = now() where tenant = $1 and id = $2', ['attaka', administrator.id])
  expect((await program(token, units)).status).toBe(401)
  await house.sql('update person set disabled_at = null where tenant = $1 and id = $2', ['attaka', administrator.id])
})

test('staff without the role are refused', async () => {
  const reviewer = await house.as('reviewer')
  expect((await reviewer.get(list)).status).toBe(403)
  expect((await ask({}, reviewer)).status).toBe(403)
})

test('a visitor is asked to sign in', async () => {
  const visitor = { ...house.browser(), id: '' }
  expect((await visitor.get(list)).status).toBe(401)
  expect((await ask({}, visitor)).status).toBe(401)
})
