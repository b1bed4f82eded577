import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashToken, newCode, newToken, sealer } from './sealing.ts'

const secret = 'a secret of the house, long enough for it'
const house = sealer(secret)

describe('sealing', () => {
  test('opens what it sealed, any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(house.open('draft', house.seal('draft', text))).toBe(text.toWellFormed())
      }),
    )
    expect(house.open('draft', house.seal('draft', '葛\u{E0100}城の𠮷田さん'))).toBe('葛\u{E0100}城の𠮷田さん')
  })

  test('never gives the same sealed text twice and does not show the text', () => {
    expect(house.seal('draft', '津市')).not.toBe(house.seal('draft', '津市'))
    expect(Buffer.from(house.seal('draft', 'open text').slice(3), 'base64url').toString()).not.toContain('open text')
  })

  test('refuses every change of a character, every cut and every addition', () => {
    const sealed = house.seal('draft', '住所：津市広明町13番地')
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A'
      expect(house.open('draft', sealed.slice(0, at) + other + sealed.slice(at + 1))).toBeNull()
      expect(house.open('draft', sealed.slice(0, at))).toBeNull()
      expect(house.open('draft', `${sealed.slice(0, at)} ${sealed.slice(at)}`)).toBeNull()
    }
    expect(house.open('draft', `${sealed}=`)).toBeNull()
    expect(house.open('draft', '')).toBeNull()
  })

  test('refuses another purpose and another secret', () => {
    const sealed = house.seal('draft', 'text')
    expect(house.open('session', sealed)).toBeNull()
    expect(sealer(`${secret}!`).open('draft', sealed)).toBeNull()
    expect(sealer(Buffer.from(secret)).open('draft', sealed)).toBe('text')
  })

  test('refuses a short secret', () => {
    expect(() => sealer('short')).toThrow(RangeError)
    expect(() => sealer(new Uint8Array(31))).toThrow(RangeError)
  })
})

describe('signing', () => {
  test('knows its own signature for this purpose and text only', () => {
    const signature = house.sign('link', '/status/1')
    expect(house.verify('link', '/status/1', signature)).toBe(true)
    expect(house.verify('link', '/status/2', signature)).toBe(false)
    expect(house.verify('mail', '/status/1', signature)).toBe(false)
    expect(sealer(`${secret}!`).verify('link', '/status/1', signature)).toBe(false)
  })

  test('refuses every changed, cut or decorated signature', () => {
    const signature = house.sign('link', '/status/1')
    for (let at = 0; at < signature.length; at++) {
      const other = signature[at] === 'A' ? 'B' : 'A'
      expect(house.verify('link', '/status/1', signature.slice(0, at) + other + signature.slice(at + 1))).toBe(false)
    }
    for (const wrong of ['', signature.slice(1), `${signature}=`, ` ${signature}`, `${signature}A`])
      expect(house.verify('link', '/status/1', wrong)).toBe(false)
  })
})

describe('tokens and codes', () => {
  test('a token is 43 characters for addresses, and its hash is the SHA-256 of it', () => {
    expect(newToken()).toMatch(/^[\w-]{43}$/)
    expect(newToken()).not.toBe(newToken())
    expect(hashToken('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0') // FIPS 180-4, "abc"
  })

  test('codes have the digits asked for, leading zeros too, and every digit about equally often', () => {
    const counts = new Array(10).fill(0)
    for (let i = 0; i < 5000; i++) {
      const code = newCode()
      expect(code).toMatch(/^\d{6}$/)
      for (const digit of code) counts[Number(digit)]++
    }
    // 30,000 digits, 3,000 each; six standard deviations are about 310.
    for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(310)
    expect(newCode(8)).toMatch(/^\d{8}$/)
  })
})
