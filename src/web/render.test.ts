import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { typed } from '../../tests/typed.ts'
import { placeOf } from './places.ts'
import { localPath } from './render.ts'

describe('a path that somebody gave us', () => {
  const site = 'https://attaka.example.jp'

  test.each([
    ['/my', '/my'],
    ['/my?page=2#x', '/my?page=2#x'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['\\\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/\t/evil.example', '/'],
    ['/\n/evil.example', '/'],
    ['/\r\nset-cookie: a=b', '/'],
    ['/a\0b', '/'],
    ['', '/'],
    [null, '/'],
    [undefined, '/'],
    ['/procedures?q=相談 会', '/procedures?q=%E7%9B%B8%E8%AB%87%20%E4%BC%9A'],
    ['/\ud842', '/%EF%BF%BD'],
  ])('%j leads to %s', (given, expected) => {
    expect(localPath(given)).toBe(expected)
  })

  test('never leads to another site, nor into another header, whatever it is', () => {
    const path = fc.oneof(
      typed,
      typed.map((text) => `/${text}`),
      fc.webUrl(),
      fc.webUrl().map((url) => url.replace(/^https?:/, '')),
    )
    fc.assert(
      fc.property(path, (text) => {
        const local = localPath(text)
        for (const base of ['', '/mie']) {
          const led = new URL(base + local, `${site}/somewhere`)
          expect(led.origin).toBe(site)
        }
        // What a header can carry, and nothing that ends it.
        expect(local).toMatch(/^[\x21-\x7e]+$/)
      }),
      { numRuns: 5_000 },
    )
  })

  test('that is one of ours is left alone', () => {
    const own = fc
      .array(fc.stringMatching(/^[a-z0-9-]{1,8}$/), { minLength: 1, maxLength: 4 })
      .map((parts) => `/${parts.join('/')}`)
    fc.assert(
      fc.property(own, (path) => {
        expect(localPath(path)).toBe(path)
      }),
    )
  })
})

describe('the place of a request', () => {
  const tenant = (id: string, hosts: string[]) => ({
    tenant: id,
    hosts,
    name: id,
    kind: 'prefecture' as const,
    parent: null,
    fictional: true,
    key_colour: 'green',
    contact_office: null,
    contact_phone: null,
    contact_mail: null,
    contact_hours: null,
  })
  const tenants = [tenant('mie', ['mie.example.jp']), tenant('attaka', [])]

  test('is one tenant at most, and never one whose name doesn’t stand there', () => {
    const path = fc.oneof(
      fc.webPath(),
      typed.map((text) => `/${text}`),
      fc.constantFrom('/mie', '/mie/', '/mie/x', '/miexyz', '//mie/x', '/MIE/x', '/attaka/mie/x'),
    )
    const host = fc.constantFrom(
      'localhost:3000',
      'mie.example.jp',
      'MIE.example.jp',
      'mie.example.jp.evil.example',
      'evil.example',
    )
    fc.assert(
      fc.property(host, path, fc.boolean(), (at, rest, byPath) => {
        const url = new URL(`http://${at}${rest}`)
        const place = placeOf(url, tenants, byPath)
        expect(place.base + place.path === url.pathname || `${place.base}/` === `${url.pathname}/`).toBe(true)
        if (url.hostname === 'mie.example.jp') {
          if (place.tenant) expect(place).toMatchObject({ tenant: 'mie', base: '' })
        } else if (place.tenant) {
          expect(byPath).toBe(true)
          expect(url.pathname.split('/')[1]).toBe(place.tenant)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
