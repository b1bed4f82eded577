import nodemailer from 'nodemailer'

export type Mail = {
  /** Of the outbox entry; becomes the Message-ID, so that mail systems can tell a repeated delivery. a-z, 0-9, hyphen. */
  id: string
  /** One address, without a name. */
  to: string
  /** One line. */
  subject: string
  /** The whole message; always sent, whether or not there is HTML. */
  text: string
  html?: string
}

export type Mailer = {
  /** Hands one mail to the SMTP server. Throws MailFailed. */
  send(mail: Mail): Promise<{ accepted: boolean; response: string }>
  /** Ends what is under way; later sends fail as temporary. */
  close(): void
}

export type MailerOptions = {
  /** Whom mail comes from. */
  from: { name: string; address: string }
  /** Time without a word from the server; default 30 s. */
  timeoutMs?: number
  /** Time for a mail in all; default 2 minutes. */
  totalMs?: number
}

/**
 * A mail that was not taken. Permanent: this mail or this address will not work, another try is useless. Temporary: try
 * again later. It carries no cause and no text of the server, which repeats addresses.
 */
export class MailFailed extends Error {
  readonly kind: 'permanent' | 'temporary'
  /** The server's status, such as `550 5.1.1`, or a short word. */
  readonly reason: string
  constructor(kind: 'permanent' | 'temporary', reason: string) {
    super(`mail not sent: ${kind} (${reason})`)
    this.name = 'MailFailed'
    this.kind = kind
    this.reason = reason
  }
}

/**
 * A mailer for `smtp://user:password@host:587` or `smtps://…`. STARTTLS is used where offered; `?requireTLS=true` in the
 * address insists on it. After a timeout a mail may have been delivered nevertheless (RFC 5321, 4.5.3.2): the next try
 * has the same Message-ID.
 */
export function mailer(smtpUrl: string, { from, timeoutMs = 30_000, totalMs = 120_000 }: MailerOptions): Mailer {
  const domain = from.address.split('@').at(-1)
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const closing = new AbortController()

  return {
    async send({ id, to, subject, text, html }) {
      if (!/^[a-z0-9-]{1,100}$/.test(id)) throw new MailFailed('permanent', 'id')
      if (!isAddress(to)) throw new MailFailed('permanent', 'address')
      if (!isLine(subject)) throw new MailFailed('permanent', 'subject')
      try {
        const sent = await transport.sendMail({
          messageId: `<${id}@${domain}>`,
          from,
          to: { name: '', address: to },
          envelope: { from: from.address, to: [to] },
          subject,
          text,
          ...(html ? { html } : {}),
          // Base64 for header words and bodies: old readers break multi-byte text in quoted-printable.
          textEncoding: 'base64',
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': 'ja' },
          signal: AbortSignal.any([closing.signal, AbortSignal.timeout(totalMs)]),
        })
        return { accepted: sent.accepted.length === 1, response: withoutAddresses(sent.response) }
      } catch (error) {
        throw failureOf(error as SmtpError)
      }
    },

    close() {
      closing.abort()
      transport.close()
    },
  }
}

type SmtpError = { code?: string; command?: string; responseCode?: number; response?: string }

function failureOf({ code, command, responseCode, response }: SmtpError): MailFailed {
  if (!responseCode) {
    // Without a word from the server: the library refused the address or the size by itself, or the network failed.
    const ours = code === 'EENVELOPE' || code === 'EMESSAGE'
    return new MailFailed(ours ? 'permanent' : 'temporary', code ?? 'unknown')
  }
  // A refusal of us (greeting, sign-in, sender) says nothing about the mail: an operator can mend it.
  const aboutMail = command === 'RCPT TO' || command === 'DATA'
  const permanent = aboutMail && responseCode >= 500 && responseCode !== 530
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1]
  return new MailFailed(permanent ? 'permanent' : 'temporary', [responseCode, enhanced].filter(Boolean).join(' '))
}

/**
 * One address that stays one address in a header and in a command. Not stricter than what Japanese mobile carriers once
 * gave out: dots in a row and before the @, which nodemailer puts in quotes (RFC 5321, 4.1.2).
 */
function isAddress(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[^\p{C}\p{Z}\p{P}\p{S}]+[-.]+)*[^\p{C}\p{Z}\p{P}\p{S}]+$/iu.test(text)
  )
}

const isLine = (text: string) =>
  text !== '' && text.length <= 500 && text.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)

const withoutAddresses = (response: string) => response.replace(/\S*@\S*/g, '…').slice(0, 200)
