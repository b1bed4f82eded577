import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const production = {
  MODE: 'production',
  BASE_URL: 'https://dx.pref.example.jp',
  DATABASE_URL: 'postgres://app@db/attaka',
  SMTP_URL: 'smtp://mail.example.jp',
  MAIL_FROM: 'no-reply@pref.example.jp',
  SECRET_KEY: 'qL3v9sT2mXw8cR5yHn1bJk6dPz4fGa7uEoKiWt0x',
  IDENTITY_PROVIDERS: JSON.stringify([
    { tenant: 'mie', name: 'office', label: '庁内', issuer: 'https://idp.example.jp', clientId: 'attaka' },
  ]),
}

test('without any value it is a trial on port 3000', () => {
  expect(readConfig({})).toMatchObject({ port: 3000, mode: 'trial', surface: 'both', database: null })
})

describe('a wrong value stops the start with one sentence that names it', () => {
  test.each([
    [{ PORT: 'eighty' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ BASE_URL: 'dx.pref.example.jp' }, 'BASE_URL'],
    [{ MODE: 'test' }, 'MODE'],
    [{ SURFACE: 'all' }, 'SURFACE'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://app@db/attaka' }, 'MODE'],
    [{ BASE_URL: 'https://dx.pref.example.jp' }, 'MODE'],
    [{ MODE: 'trial', DATABASE_URL: 'postgres://app@db/attaka' }, 'DATABASE_OWNER_URL'],
    [{ S3_BUCKET: 'files' }, 'S3_ACCESS_KEY_ID'],
    [{ IDENTITY_PROVIDERS: '{' }, 'IDENTITY_PROVIDERS'],
    [{ IDENTITY_PROVIDERS: '[{"name":"x"}]' }, 'IDENTITY_PROVIDERS'],
    [{ SECRET_KEY: 'short' }, 'SECRET_KEY'],
    [{ PROXY_HOPS: '-1' }, 'PROXY_HOPS'],
    [{ MAIL_FROM: 'あったか県' }, 'MAIL_FROM'],
  ])('%j', (given, name) => {
    expect(() => readConfig(given)).toThrow(name)
  })
})

describe('production', () => {
  test('starts when everything is there', () => {
    expect(readConfig(production)).toMatchObject({ mode: 'production', database: { ownerUrl: null } })
  })

  test.each([
    ['BASE_URL', 'http://dx.pref.example.jp'],
    ['BASE_URL', undefined],
    ['DATABASE_URL', undefined],
    ['SMTP_URL', undefined],
    ['SECRET_KEY', undefined],
    ['SECRET_KEY', 'change-me-change-me-change-me-change-me'],
    ['SECRET_KEY', 'a'.repeat(40)],
    ['MAIL_FROM', undefined],
    ['IDENTITY_PROVIDERS', undefined],
    ['IDENTITY_PROVIDERS', JSON.stringify([{ ...JSON.parse(production.IDENTITY_PROVIDERS)[0], issuer: 'http://idp' }])],
  ])('refuses %s = %s', (name, value) => {
    expect(() => readConfig({ ...production, [name]: value })).toThrow(name)
  })
})

describe('a tenant’s providers', () => {
  const given = (...providers: Record<string, unknown>[]) =>
    readConfig({
      IDENTITY_PROVIDERS: JSON.stringify(
        providers.map((one) => ({
          tenant: 'mie',
          name: one.profile ?? 'office',
          label: 'x',
          issuer: 'https://idp.example.jp',
          clientId: 'c',
          ...one,
        })),
      ),
    }).providers
  const key = { kty: 'RSA', kid: 'k', n: 'n', e: 'AQAB', d: 'd' }

  test('ask as their guides say, unless the settings say otherwise', () => {
    expect(given({ profile: 'card', keys: [key] })[0]).toMatchObject({
      scope: 'openid name address birthdate gender',
      acrValues: 'aal3 crl',
      acr: ['aal3 crl'],
    })
    expect(given({ profile: 'gbizid', clientSecret: 's' })[0]).toMatchObject({
      scope: 'openid profile user',
      acr: null,
    })
    expect(given({})[0]).toMatchObject({ profile: 'office', scope: 'openid profile email', acr: null, metadata: null })
    const other = given({
      profile: 'card',
      keys: [key],
      acrValues: 'aal3 ocsp',
      acr: ['aal3'],
      scope: 'openid name',
    })[0]
    expect(other).toMatchObject({ acrValues: 'aal3 ocsp', acr: ['aal3'], scope: 'openid name' })
    const endpoints = {
      authorization_endpoint: 'https://idp.example.jp/auth',
      token_endpoint: 'https://idp.example.jp/token',
      jwks_uri: 'https://idp.example.jp/certs',
    }
    expect(given({ endpoints })[0]?.metadata).toEqual({ issuer: 'https://idp.example.jp', ...endpoints })
  })

  test.each([
    ['a card without keys', { profile: 'card' }],
    ['GビズID without a secret', { profile: 'gbizid' }],
    ['two keys of one name', { profile: 'card', keys: [key, key] }],
    ['a public key', { profile: 'card', keys: [{ ...key, d: undefined }] }],
    ['an unknown profile', { profile: 'face' }],
    ['an unknown type of account', { profile: 'gbizid', clientSecret: 's', accounts: { '1': 'king' } }],
    ['a misspelt name', { clientsecret: 's' }],
    ['half of the endpoints', { endpoints: { token_endpoint: 'https://idp.example.jp/token' } }],
  ])('with %s stop the start', (_, provider) => {
    expect(() => given(provider)).toThrow('IDENTITY_PROVIDERS')
  })

  test('of one name stop the start', () => {
    expect(() => given({}, {})).toThrow('IDENTITY_PROVIDERS')
    expect(given({}, { tenant: 'attaka' })).toHaveLength(2)
  })

  test('for residents alone are no way in for staff in production', () => {
    const only = [
      {
        tenant: 'mie',
        name: 'card',
        label: 'x',
        profile: 'card',
        issuer: 'https://a.example',
        clientId: 'c',
        keys: [key],
      },
    ]
    expect(() => readConfig({ ...production, IDENTITY_PROVIDERS: JSON.stringify(only) })).toThrow('IDENTITY_PROVIDERS')
    expect(
      readConfig({ ...production, SURFACE: 'public', IDENTITY_PROVIDERS: JSON.stringify(only) }).providers,
    ).toHaveLength(1)
  })
})
