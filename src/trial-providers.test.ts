import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Outside } from '#core/outside.ts'
import { trialAccounts, trialCards } from '#modules/sign-in/index.ts'
import { readConfig } from './config.ts'
import { openOutside } from './outside.ts'
import { trialProviders } from './trial-providers.ts'

// The bundled providers and our own clients there: both ends as they are shipped.

const secret = 'a secret for tests only, longer than 32 bytes'
let server: Server
let base = ''
let outside: Outside

beforeAll(async () => {
  server = createServer((request, response) => {
    if (!answered(request, response)) response.end('elsewhere')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  base = `http://localhost:${port}`
  const answered = trialProviders(secret, base, ['attaka', 'mie'])
  outside = openOutside({ config: readConfig({}), secret, base, port: () => port, tenants: () => [] })
})
afterAll(() => {
  server.closeAllConnections()
  return new Promise((done) => server.close(done))
})

/** A browser without a mind: follows redirects with its cookies, and picks a person on the page. */
async function walk(url: string, person: string): Promise<URL> {
  const jar = new Map<string, string>()
  const go = async (to: string, init: RequestInit = {}): Promise<{ at: string; html: string }> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(to, { ...init, redirect: 'manual', headers: { cookie } })
    for (const one of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? []
      jar.set(name, value)
    }
    const next = answer.headers.get('location')
    if (!next) return { at: to, html: await answer.text() }
    const target = new URL(next, to).href
    return target.includes('/sign-in/back') ? { at: target, html: '' } : go(target)
  }
  const page = await go(url)
  expect(page.html).toContain('本物の認証ではありません')
  const { at } = await go(page.at, { method: 'POST', body: new URLSearchParams({ person }) })
  return new URL(at)
}

async function signIn(tenant: string, provider: string, person: string) {
  const { url, flow } = await outside.signIn.begin(tenant, provider, '/sign-in/back')
  return outside.signIn.finish(tenant, await walk(url, person), flow)
}

test('every tenant has the three, under clients of its own', async () => {
  expect(outside.providers('mie').map(({ profile }) => profile)).toEqual(['office', 'card', 'gbizid'])
  const clientOf = async (tenant: string, name: string) =>
    new URL((await outside.signIn.begin(tenant, name, '/sign-in/back')).url).searchParams.get('client_id')
  for (const name of ['trial', 'card', 'gbizid']) {
    expect(await clientOf('mie', name)).not.toBe(await clientOf('attaka', name))
  }
  expect(outside.keys('mie', 'card')?.keys).toHaveLength(1)
  expect(outside.keys('mie', 'card')).not.toEqual(outside.keys('attaka', 'card'))
  expect(JSON.stringify(outside.keys('mie', 'card'))).not.toContain('"d"')
  expect(outside.keys('mie', 'gbizid')).toBeNull()
})

test.each(trialCards.map(({ subject, name }) => [name, subject]))('%s shows a card', async (name, subject) => {
  const person = await signIn('attaka', 'card', subject)
  expect(person).toMatchObject({ issuer: 'urn:attaka:trial-provider:card', profile: 'card', name, business: null })
  expect(person.attributes?.birthdate).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(person.attributes?.address).toContain('あったか県')
})

test('a card is known by another name in every tenant, and always by the same there', async () => {
  const subject = trialCards[0]?.subject ?? ''
  const [here, again, there] = [
    await signIn('attaka', 'card', subject),
    await signIn('attaka', 'card', subject),
    await signIn('mie', 'card', subject),
  ]
  expect(here.subject).toBe(again.subject)
  expect(here.subject).not.toBe(there.subject)
  expect(here.subject).not.toContain(subject)
})

test.each(trialAccounts.map(({ subject }) => subject))('%s comes with a GビズID account', async (subject) => {
  const { business, profile } = await signIn('attaka', 'gbizid', subject)
  expect(profile).toBe('gbizid')
  const kind = subject === 'gbizid-agent' || subject === 'gbizid-sole' ? 'prime' : subject.split('-')[1]
  expect(business?.account).toBe(kind)
  expect(business?.company === null).toBe(subject === 'gbizid-sole')
  expect(business?.delegations).toHaveLength(subject === 'gbizid-agent' ? 1 : 0)
})

test('staff come as before', async () => {
  expect(await signIn('mie', 'trial', 'reviewer')).toMatchObject({
    issuer: 'urn:attaka:trial-provider',
    subject: 'reviewer',
    profile: 'office',
  })
})

test('a production house has none of them', () => {
  const config = { ...readConfig({}), mode: 'production' as const, smtpUrl: 'smtp://mail.example.jp' }
  const real = openOutside({ config, secret, base, port: () => 0, tenants: () => [] })
  expect(real.providers('attaka')).toEqual([])
  expect(real.keys('attaka', 'card')).toBeNull()
})
