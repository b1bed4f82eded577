import type { AddressInfo } from 'node:net'
import { createServer, type Server as NetServer } from 'node:net'
import { domainToASCII } from 'node:url'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Mail, MailFailed, mailer } from './mail.ts'

// A real SMTP server; what it says is set by each test.

let server: SMTPServer
let url = ''
let taken: { from: string; to: string[]; raw: Buffer }[] = []
let say: {
  rcpt?: (turn: number) => Error | null
  data?: () => Error | null
  from?: () => Error | null
  auth?: boolean
} = {}
let turns = 0

const status = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })

beforeEach(async () => {
  taken = []
  say = {}
  turns = 0
  const options: SMTPServerOptions & { lenientAddressParsing: boolean } = {
    lenientAddressParsing: true, // otherwise it knows no quoted addresses
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    onAuth: (_, __, done) => done(status(535, '5.7.8 wrong password for secret@example.jp')),
    onMailFrom: (_, __, done) => done(say.from?.()),
    onRcptTo: (_, __, done) => done(say.rcpt?.(++turns)),
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part) => parts.push(part))
      stream.on('end', () => {
        const failure = say.data?.() ?? null
        const { mailFrom, rcptTo } = session.envelope
        if (!failure)
          taken.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map((r) => r.address),
            raw: Buffer.concat(parts),
          })
        done(failure)
      })
    },
  }
  server = new SMTPServer({ ...options, logger: false })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
})

afterEach(() => new Promise<void>((done) => server.close(done)))

const from = { name: '三重県 デジタル改革推進課', address: 'noreply@pref.example' }
const mail = (more: Partial<Mail> = {}): Mail => ({
  id: '0198-a',
  to: 'hanako@tsu.example',
  subject: '件名',
  text: '本文',
  ...more,
})
const send = (more: Partial<Mail> = {}, at = url) => mailer(at, { from, timeoutMs: 200 }).send(mail(more))
const failed = (kind: string, reason: string) =>
  expect.objectContaining({ name: 'MailFailed', kind, reason, message: `mail not sent: ${kind} (${reason})` })

describe('a mail', () => {
  test('arrives with its Japanese as it was written', async () => {
    const subject = `${'【三重県】ＤＸ相談会のお申し込みを受け付けました（受付番号 2026-000123）　'.repeat(4)}葛\u{E0100}城の𠮷田様 👨‍👩‍👧`
    const text = `葛\u{E0100}城の𠮷田様\n\nお申し込みを受け付けました。👍\n.\n. 点で始まる行\nFrom 行\n${'長い行'.repeat(500)}\n`
    const result = await send({ subject, text, html: '<p lang="ja">葛\u{E0100}城の𠮷田様</p>' })
    expect(result.accepted).toBe(true)
    expect(result.response).toMatch(/^250 /)

    expect(taken).toHaveLength(1)
    expect(taken[0]).toMatchObject({ from: 'noreply@pref.example', to: ['hanako@tsu.example'] })
    const parsed = await PostalMime.parse(taken[0]!.raw)
    expect(parsed.subject).toBe(subject)
    expect(parsed.text?.replace(/\r\n/g, '\n').trimEnd()).toBe(text.trimEnd())
    expect(parsed.html).toContain('葛\u{E0100}城の𠮷田様')
    expect(parsed.from).toEqual(from)
    expect(parsed.to).toEqual([{ name: '', address: 'hanako@tsu.example' }])
    expect(parsed.messageId).toBe('<0198-a@pref.example>')
    const headers = Object.fromEntries(parsed.headers.map(({ key, value }) => [key, value]))
    expect(headers).toMatchObject({
      'auto-submitted': 'auto-generated',
      'mime-version': '1.0',
      'content-language': 'ja',
    })
    expect(Number.isNaN(Date.parse(parsed.date ?? ''))).toBe(false)
  })

  test('is made of short ASCII lines, and every word of its header is whole text by itself', async () => {
    await send({ subject: `葛\u{E0100}𠮷👍`.repeat(40), text: '三'.repeat(2000) })
    const raw = taken[0]!.raw.toString('latin1')
    expect(raw).toMatch(/^[\x20-\x7e\r\n\t]*$/)
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78)
    const words = [...raw.matchAll(/=\?utf-8\?b\?([^?]+)\?=/gi)].map(([, word]) => Buffer.from(word!, 'base64'))
    expect(words.length).toBeGreaterThan(5)
    for (const word of words) expect(() => new TextDecoder('utf-8', { fatal: true }).decode(word)).not.toThrow()
    expect(raw).toContain('Content-Transfer-Encoding: base64')
    expect(raw).toContain('Content-Type: text/plain; charset=utf-8')
  })

  test('reaches the addresses that mobile carriers gave out', async () => {
    for (const [to, written] of [
      ['a..b@docomo.example', '"a..b"@docomo.example'],
      ['abc.@docomo.example', '"abc."@docomo.example'],
      ["o'neil+x@example.jp", "o'neil+x@example.jp"],
    ] as const) {
      await send({ to })
      expect(taken.at(-1)?.to).toEqual([written])
      expect((await PostalMime.parse(taken.at(-1)!.raw)).to).toEqual([{ name: '', address: written }])
    }
  })
})

test('a Japanese domain goes by its ASCII name', async () => {
  await send({ to: 'a@三重.example' })
  expect(taken[0]?.raw.toString()).toContain(`To: a@${domainToASCII('三重.example')}\r\n`)
})

describe('a mail that would smuggle something in', () => {
  test.each([
    'a@example.jp\r\nBcc: b@example.jp',
    'a@example.jp\nBcc: b@example.jp',
    'a@example.jp, b@example.jp',
    'a@example.jp;b@example.jp',
    'a@example.jp>\r\nRCPT TO:<b@example.jp',
    '<a@example.jp>',
    'A <a@example.jp>',
    '"a b"@example.jp',
    'a@example.jp b',
    'a@b@example.jp',
    'a@example.jp\u2028',
    'a(b)@example.jp',
    'a',
    '@example.jp',
    'a@',
    '',
    `${'a'.repeat(64)}@${'b'.repeat(250)}`,
  ])('to %j is not sent', async (to) => {
    await expect(send({ to })).rejects.toEqual(failed('permanent', 'address'))
    expect(taken).toEqual([])
  })

  test.each(['a\r\nBcc: b@example.jp', 'a\nb', 'a\rb', 'a\0b', 'a\u2028b', 'a\u0085b', '\ud800', '', 'a'.repeat(501)])(
    'in the subject %j is not sent',
    async (subject) => {
      await expect(send({ subject })).rejects.toEqual(failed('permanent', 'subject'))
      expect(taken).toEqual([])
    },
  )

  test('in the id is not sent, and in the text it stays text', async () => {
    for (const id of ['', 'a b', 'a>\r\nX: y', 'A'.repeat(101)])
      await expect(send({ id })).rejects.toEqual(failed('permanent', 'id'))
    await send({ text: 'a\r\n.\r\nMAIL FROM:<evil@example.jp>\r\nBcc: b@example.jp' })
    expect(taken).toHaveLength(1)
    expect((await PostalMime.parse(taken[0]!.raw)).bcc).toBeUndefined()
  })
})

describe('a mail that is not taken', () => {
  test('for now, is temporary, and taken at the next try', async () => {
    say.rcpt = (turn) => (turn === 1 ? status(421, '4.3.2 service shutting down for hanako@tsu.example') : null)
    await expect(send()).rejects.toEqual(failed('temporary', '421 4.3.2'))
    expect((await send()).accepted).toBe(true)
    expect(taken).toHaveLength(1)
  })

  test.each<[string, string, string, typeof say]>([
    ['an unknown address', 'permanent', '550 5.1.1', { rcpt: () => status(550, '5.1.1 <hanako@tsu.example> unknown') }],
    ['a full mailbox', 'temporary', '452', { rcpt: () => status(452, 'full') }],
    ['a refused content', 'permanent', '554 5.7.1', { data: () => status(554, '5.7.1 spam') }],
    ['greylisting', 'temporary', '451 4.7.1', { data: () => status(451, '4.7.1 later') }],
    ['a sender that is not allowed', 'temporary', '553', { from: () => status(553, 'sender not allowed') }],
    ['a recipient only after sign-in', 'temporary', '530', { rcpt: () => status(530, 'sign in first') }],
  ])('%s: %s (%s)', async (_, kind, reason, answers) => {
    say = answers
    const failure = await send().catch((error) => error)
    expect(failure).toEqual(failed(kind, reason))
    expect(failure).toBeInstanceOf(MailFailed)
    expect(JSON.stringify({ ...failure, text: String(failure), stack: failure.stack })).not.toMatch(/hanako|secret/)
    expect(failure.cause).toBeUndefined()
  })

  test('because our password is wrong: temporary, since an operator can mend it', async () => {
    const withPassword = url.replace('//', '//user:secret@')
    await expect(send({}, withPassword)).rejects.toEqual(failed('temporary', '535 5.7.8'))
  })

  test('because nobody answers there: temporary', async () => {
    await expect(send({}, 'smtp://127.0.0.1:1')).rejects.toEqual(failed('temporary', 'ESOCKET'))
    await expect(send({}, 'smtp://nowhere.invalid')).rejects.toMatchObject({ kind: 'temporary' })
  })

  test('because TLS is insisted on and not offered: temporary', async () => {
    await expect(send({}, `${url}?requireTLS=true`)).rejects.toMatchObject({ kind: 'temporary' })
    expect(taken).toEqual([])
  })
})

describe('a server that stalls', () => {
  let silent: NetServer
  let address = ''
  let greeting: string | null = null

  beforeEach(async () => {
    silent = createServer((socket) => {
      socket.on('error', () => {}).resume()
      if (greeting) socket.write(greeting)
    })
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
    address = `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`
  })
  afterEach(() => new Promise<unknown>((done) => silent.close(done)))

  test('before or after its greeting is given up in time: temporary', async () => {
    for (greeting of [null, '220 here\r\n']) {
      await expect(send({}, address)).rejects.toEqual(failed('temporary', 'ETIMEDOUT'))
    }
  })

  test('or only trickles is given up after the total time: temporary', async () => {
    greeting = '220 here\r\n'
    const slow = mailer(address, { from, timeoutMs: 10_000, totalMs: 100 })
    await expect(slow.send(mail())).rejects.toEqual(failed('temporary', 'EABORT'))
  })

  test('is left when we close', async () => {
    const post = mailer(address, { from, timeoutMs: 10_000 })
    const sending = post.send(mail())
    post.close()
    await expect(sending).rejects.toEqual(failed('temporary', 'EABORT'))
    await expect(post.send(mail())).rejects.toMatchObject({ kind: 'temporary' })
  })
})
