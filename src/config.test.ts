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
