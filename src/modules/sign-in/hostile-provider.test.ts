import { exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Claims,
  json,
  type Lie,
  openHostileProvider,
  type TokenRequest,
  verifyAssertion,
} from '../../../tests/hostile-provider.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { readConfig } from '../../config.ts'
import { openOutside } from '../../outside.ts'

// The shipped doors against a provider that lies: what must not be believed leaves no session, and a page that helps.

let house: TestHouse
let liar: Awaited<ReturnType<typeof openHostileProvider>>
type Browser = ReturnType<TestHouse['browser']>

const secret = 'a secret with : and % that must be encoded'

const rsaKey = async (kid: string) => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid }
}

const ours: Record<string, JWK & { kid: string }> = {}

/** Opens the doors as the settings say: our clients at the office's provider, デジタル認証アプリ and GビズID. */
function settings(keys: readonly JWK[], patience?: number) {
  const provider = (name: string, more: Claims) => ({
    tenant: 'attaka',
    name,
    label: name,
    profile: name,
    issuer: liar.issuerOf(name),
    clientId: `client-${name}`,
    ...more,
  })
  const config = readConfig({
    IDENTITY_PROVIDERS: JSON.stringify([
      provider('office', { clientSecret: secret }),
      provider('card', { keys }),
      provider('gbizid', { clientSecret: secret }),
    ]),
  })
  const base = 'http://localhost:3000'
  const doors = openOutside({
    config,
    secret: 'x'.repeat(40),
    base,
    port: () => 0,
    tenants: () => house.tenants(),
    ...(patience && { patience }),
  })
  Object.assign(house.outside, { signIn: doors.signIn, providers: doors.providers, keys: doors.keys })
}

beforeAll(async () => {
  house = await openHouse()
  liar = await openHostileProvider()
  ours.first = await rsaKey('first')
  ours.second = await rsaKey('second')
  settings([ours.first])
})
afterAll(() => liar.close())

/** Doors of their own for one test: nothing is remembered of the provider, and afterwards nothing of the test. */
async function freshly<T>(work: () => Promise<T>, patience?: number): Promise<T> {
  settings([ours.first!], patience)
  try {
    return await work()
  } finally {
    settings([ours.first!])
  }
}

const cardHolder = (more: Claims = {}) => ({
  sub: 'pairwise-1',
  acr: 'aal3 crl',
  name: '日向 花子',
  address: 'あったか県ひだまり市',
  birthdate: '19850514',
  gender: '2',
  ...more,
})
const account = (more: Claims = {}) => ({
  sub: 'gbiz-1',
  account_type: '2',
  corp_type: '1',
  corporate_number: '8000000000001',
  name: '株式会社ひだまり製作所',
  user_last_nm: '日和',
  user_first_nm: 'みのる',
  ...more,
})
const member = (more: Claims = {}) => ({ sub: 'office-1', name: '職員', ...more })

type Provider = 'office' | 'card' | 'gbizid'
const honest: Record<Provider, (more?: Claims) => Claims> = { office: member, card: cardHolder, gbizid: account }

/** Leaves for the provider and gives what comes back in the browser's address. */
async function leave(browser: Browser, provider: Provider) {
  const away = await browser.get(`/sign-in/with/${provider}`)
  return { away, query: away.status === 303 ? liar.authorise(away.headers.get('location') ?? '') : null }
}

const comeBack = (browser: Browser, query: URLSearchParams) => browser.get(`/sign-in/back?${query}`)

async function signIn(provider: Provider, person: Claims = honest[provider](), lie: Lie = {}) {
  liar.play(person, lie)
  const browser = house.browser()
  const { away, query } = await leave(browser, provider)
  return { browser, answer: query ? await comeBack(browser, query) : away }
}

const sessions = async () => Number((await house.sql('select count(*) as count from session'))[0]?.count)
const faults = async () =>
  (
    await house.sql<{ fault: string }>(
      `select subjects -> 1 ->> 'id' as fault from audit where act = 'people.note-failed-sign-in' order by at, id`,
    )
  ).map(({ fault }) => fault)

/** What the token endpoint was last asked with. */
function tokenRequest(): TokenRequest {
  const request = liar.asked.find(({ path }) => path === '/token')?.token
  if (!request) throw new Error('no token was asked for')
  return request
}

/** Refused: a page that helps, nobody signed in, a word in the trail and nothing of what the provider said. */
async function expectRefused(work: () => Promise<{ browser: Browser; answer: Response }>, fault: string | null) {
  const [before, noted] = [await sessions(), await faults()]
  const { browser, answer } = await work()
  expect(answer.status).toBe(400)
  const html = await answer.text()
  expect(html).toContain('サインインできませんでした')
  expect(html).toContain('はじめからやり直してください')
  expect(html).toContain('/sign-in/with/card')
  expect(html).not.toMatch(/日向|偽名|8000000000001/)
  expect(await sessions()).toBe(before)
  expect((await browser.get('/my')).status).toBe(401)
  expect((await faults()).slice(noted.length)).toEqual(fault === null ? [] : [fault])
}

const now = () => Math.floor(Date.now() / 1000)

describe.each<Provider>(['office', 'card', 'gbizid'])('the provider “%s”', (provider) => {
  test('is believed when it tells the truth', async () => {
    const { browser, answer } = await signIn(provider)
    expect(answer.status, await answer.clone().text()).toBe(303)
    expect((await browser.get('/my')).status).toBe(200)
  })

  test.each<[string, string, Lie]>([
    ['another nonce', 'nonce', { claims: (all) => ({ ...all, nonce: 'other' }) }],
    ['no nonce', 'response', { claims: ({ nonce: _, ...all }) => all }],
    ['another issuer', 'issuer', { claims: (all) => ({ ...all, iss: 'https://evil.example' }) }],
    ['another audience', 'audience', { claims: (all) => ({ ...all, aud: 'other' }) }],
    ['several audiences', 'audience', { claims: (all) => ({ ...all, aud: [all.aud, 'other'], azp: all.aud }) }],
    ['another party', 'audience', { claims: (all) => ({ ...all, azp: 'other' }) }],
    ['a token that is over', 'expired', { claims: (all) => ({ ...all, iat: now() - 900, exp: now() - 600 }) }],
    ['a token from the future', 'expired', { claims: (all) => ({ ...all, iat: now() + 900, exp: now() + 990 }) }],
    ['a token that nobody signed', 'algorithm', { token: async (claims) => new UnsecuredJWT(claims).encode() }],
    [
      'a token signed with its public key as a secret',
      'algorithm',
      {
        token: (claims, { jwk }) =>
          new SignJWT(claims)
            .setProtectedHeader({ alg: 'HS256', kid: jwk.kid! })
            .sign(Buffer.from(JSON.stringify(jwk))),
      },
    ],
    [
      'a token signed with a key that nobody knows',
      'signature',
      {
        token: async (claims) =>
          new SignJWT(claims)
            .setProtectedHeader({ alg: 'ES256', kid: 'unknown' })
            .sign((await generateKeyPair('ES256')).privateKey),
      },
    ],
    [
      'a token signed with another key under the same name',
      'signature',
      {
        token: async (claims, { jwk }) =>
          new SignJWT(claims)
            .setProtectedHeader({ alg: 'ES256', kid: jwk.kid! })
            .sign((await generateKeyPair('ES256')).privateKey),
      },
    ],
    ['userinfo about somebody else', 'subject', { userinfo: (all) => json({ ...all, sub: 'somebody', name: '偽名' }) }],
    ['ten megabytes of userinfo', 'too-large', { userinfo: (all) => json({ ...all, much: 'x'.repeat(10_000_000) }) }],
    ['a token endpoint that breaks', 'response', { tokenAnswer: () => ({ status: 500, body: '<html>' }) }],
    [
      'a token endpoint that leads to plain http',
      'response',
      { tokenAnswer: () => ({ status: 302, headers: { location: 'http://evil.example/token' }, body: '' }) },
    ],
  ])('is not believed with %s', (_, fault, lie) =>
    expectRefused(() => signIn(provider, honest[provider](), lie), fault),
  )

  test('is not waited for when its token endpoint stalls', () =>
    freshly(async () => {
      const lie: Lie = { tokenAnswer: () => ({ body: 'never' }) }
      await expectRefused(() => signIn(provider, honest[provider](), lie), 'timeout')
    }, 400))

  test('is not followed to plain http', () =>
    freshly(async () => {
      const lie: Lie = { metadata: (all) => ({ ...all, authorization_endpoint: 'http://evil.example/auth' }) }
      await expectRefused(() => signIn(provider, honest[provider](), lie), 'insecure')
    }))

  test('a code works once, and a state once', async () => {
    liar.play(honest[provider]())
    const browser = house.browser()
    const { query } = await leave(browser, provider)
    expect((await comeBack(browser, query!)).status).toBe(303)
    await browser.post('/sign-out')
    await expectRefused(async () => ({ browser, answer: await comeBack(browser, query!) }), null)

    // The used code in a flow of its own.
    const fresh = house.browser()
    const next = await leave(fresh, provider)
    next.query!.set('code', query!.get('code')!)
    await expectRefused(async () => ({ browser: fresh, answer: await comeBack(fresh, next.query!) }), 'code')
  })

  test('an answer belongs to the browser that left', async () => {
    liar.play(honest[provider]())
    const { query } = await leave(house.browser(), provider)
    const other = house.browser()
    await expectRefused(async () => ({ browser: other, answer: await comeBack(other, query!) }), null)
  })

  test('another provider’s answer is not taken for its own (mix-up)', async () => {
    liar.play(honest[provider]())
    const other = provider === 'card' ? 'gbizid' : 'card'
    for (const iss of [liar.issuerOf(other), null]) {
      const browser = house.browser()
      const { query } = await leave(browser, provider)
      const elsewhere = await leave(house.browser(), other)
      query!.set('code', elsewhere.query!.get('code')!)
      if (iss) query!.set('iss', iss)
      else query!.delete('iss')
      await expectRefused(async () => ({ browser, answer: await comeBack(browser, query!) }), 'issuer')
      expect(liar.asked.map(({ path }) => path)).not.toContain('/token')
    }
  })
})

describe('デジタル認証アプリ', () => {
  test.each([
    ['less than was asked for', { acr: 'aal2 crl' }],
    ['no check of revocation', { acr: 'aal3' }],
    ['nothing', { acr: undefined }],
  ])('is refused when it proves %s', (_, more) => expectRefused(() => signIn('card', cardHolder(more)), 'acr'))

  test.each([
    ['no name', { name: '' }],
    ['a day that never was', { birthdate: '19850231' }],
    ['broken text', { address: 'あ\u0000い' }],
  ])('is refused when the card says %s', (_, more) => expectRefused(() => signIn('card', cardHolder(more)), 'claims'))

  test('is asked as its guide says, and we prove ourselves with a key that we publish', async () => {
    liar.play(cardHolder())
    const browser = house.browser()
    const away = new URL((await browser.get('/sign-in/with/card')).headers.get('location') ?? '')
    expect(Object.fromEntries(away.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'client-card',
      scope: 'openid name address birthdate gender',
      acr_values: 'aal3 crl',
      code_challenge_method: 'S256',
      redirect_uri: 'http://localhost:3000/attaka/sign-in/back',
    })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(away.searchParams.get(name)).toMatch(/^[\w-]{43}$/)
    await comeBack(browser, liar.authorise(away.href))
    const request = tokenRequest()
    expect(request.authorization).toBeUndefined()
    const published = (await (await house.browser().get('/sign-in/keys/card')).json()) as { keys: JWK[] }
    const endpoint = `${liar.issuerOf('card')}/token`
    const { header, payload } = await verifyAssertion(request, published, endpoint)
    expect(header).toMatchObject({ alg: 'RS256', kid: 'first' })
    expect(payload).toMatchObject({ iss: 'client-card', sub: 'client-card', aud: endpoint })
    expect(payload.exp! - payload.iat!).toBe(300)
    expect(payload.jti).toMatch(/^[\w-]{20,}$/)
    expect(published.keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']])
  })

  test('goes on while our key changes: both are published, the first signs', async () => {
    for (const [keys, signs, all] of [
      [['first', 'second'], 'first', ['first', 'second']],
      [['second', 'first'], 'second', ['second', 'first']],
      [['second'], 'second', ['second']],
    ] as const) {
      settings(keys.map((kid) => ours[kid]!))
      const { answer } = await signIn('card')
      expect(answer.status).toBe(303)
      const published = (await (await house.browser().get('/sign-in/keys/card')).json()) as { keys: JWK[] }
      expect(published.keys.map(({ kid }) => kid)).toEqual(all)
      const request = tokenRequest()
      const { header } = await verifyAssertion(request, published, `${liar.issuerOf('card')}/token`)
      expect(header.kid).toBe(signs)
    }
    settings([ours.first!])
  })
})

describe('GビズID', () => {
  test('is asked with a scope and our secret in the header, never in the body', async () => {
    liar.play(account())
    const browser = house.browser()
    const away = new URL((await browser.get('/sign-in/with/gbizid')).headers.get('location') ?? '')
    expect(away.searchParams.get('scope')).toBe('openid profile user')
    await comeBack(browser, liar.authorise(away.href))
    const { form, authorization } = tokenRequest()
    expect(authorization).toMatch(/^Basic /)
    expect(form.has('client_secret')).toBe(false)
    expect([...form.values()].join(' ')).not.toContain(secret)
  })

  test.each([
    ['a 法人番号 with a wrong check digit', { corporate_number: '1000000000001' }],
    ['a company without a number', { corporate_number: undefined }],
    ['a number of other length', { corporate_number: '80000000000012' }],
    ['a type of account that nobody knows', { account_type: '7' }],
    ['no type of account', { account_type: undefined }],
    ['a sole proprietor with a 法人番号', { corp_type: '2' }],
  ])('is refused when it says %s', (_, more) => expectRefused(() => signIn('gbizid', account(more)), 'claims'))

  test('whose identity check was a self-assertion is an entry account, whatever it calls itself', async () => {
    const verified = { verified_claims: { verification: { assurance_level: 'ial1' }, claims: {} } }
    await signIn('gbizid', account({ sub: 'gbiz-ial1', ...verified }))
    const [row] = await house.sql(`select m.account from company_member m join sign_in s on s.id = m.sign_in
      where s.subject = 'gbiz-ial1' and m.until is null`)
    expect(row).toEqual({ account: 'entry' })
  })

  test('that entrusts a company with a wrong number entrusts nobody', async () => {
    const delegation_info = [
      { corporate_number: '1000000000001', name: '偽の会社' },
      { corporate_number: '7000000000002', name: '行政書士法人こもれび' },
    ]
    await signIn('gbizid', account({ sub: 'gbiz-delegated', delegation_info }))
    const rows = await house.sql(`select p.name from mandate m join person p on p.id = m.principal
      join sign_in s on s.person = m.agent where s.subject = 'gbiz-delegated'`)
    expect(rows).toEqual([{ name: '行政書士法人こもれび' }])
  })
})

describe('the provider’s own key', () => {
  const jwksAsked = () => liar.asked.filter(({ path }) => path === '/jwks').length

  test('may change at any moment: the new one is asked for once, and kept', async () => {
    await signIn('card')
    await signIn('card')
    expect(jwksAsked()).toBe(0)
    await liar.rotate()
    const { answer } = await signIn('card')
    expect(answer.status).toBe(303)
    expect(jwksAsked()).toBe(1)
    await signIn('card')
    expect(jwksAsked()).toBe(0)
  })

  test('that is unknown is asked for once, not again and again', async () => {
    await signIn('card')
    const stranger: Lie = {
      token: async (claims) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'ES256', kid: 'unknown' })
          .sign((await generateKeyPair('ES256')).privateKey),
    }
    await expectRefused(() => signIn('card', cardHolder(), stranger), 'signature')
    expect(jwksAsked()).toBe(1)
  })
})

test('what we prove ourselves with can be read nowhere', async () => {
  const administrator = await house.as('administrator')
  const pages = ['groups', 'groups/new', 'settings', 'people', 'people/new', 'tokens'].map(
    (at) => `/console/administration/${at}`,
  )
  for (const path of [...pages, '/sign-in', '/my/account', '/sign-in/keys/card']) {
    const html = await (await administrator.get(path)).text()
    expect(html, path).not.toContain(secret)
    expect(html, path).not.toContain(String(ours.first?.d))
  }
})
