/** Mail addresses, telephone numbers and web addresses, as typed on Japanese keyboards. */
import type { Outcome, Posted } from './outcome.ts'
import { line } from './typing.ts'

/** Whether a host name can be one, by the browser's and Node's own rules for international names (UTS #46). */
function isDomain(domain: string): boolean {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || !domain.includes('.')) return false
  let ascii: string
  try {
    ascii = new URL(`http://${domain}/`).hostname
  } catch {
    return false
  }
  const labels = ascii.split('.')
  // A last label of digits is an IP address; nobody's mailbox.
  return labels.every((l) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(l)) && !/^[0-9]*$/.test(labels.at(-1)!)
}

/**
 * A mail address, practically: one @, a domain that can exist (also 例え.jp), and before it what mail systems here have
 * really given out, also dots that RFC 5321 forbids (`a..b.@docomo.ne.jp`). Quoted names, comments and anything that
 * could start another header or address are refused. Whether mail arrives, only sending tells.
 */
export function readMail(label: string, posted: Posted): Outcome {
  const read = line(label, posted, 1000)
  if ('error' in read) return read
  const text = read.text.replace(/^mailto:/i, '')
  if (text === '') return {}
  const example = '例：hanako@example.jp'
  const at = text.lastIndexOf('@')
  if (at < 0) return { error: `${label}に「@」を入れて入力してください。${example}` }
  const [local, domain] = [text.slice(0, at), text.slice(at + 1).replace(/[。．]/g, '.')]
  if (/[\s,;]/.test(text)) return { error: `${label}を1つだけ、空白を入れずに入力してください。${example}` }
  if (local.includes('@')) return { error: `${label}の「@」を1つだけにしてください。${example}` }
  if (local === '') return { error: `${label}の「@」の前を入力してください。${example}` }
  if (domain === '') return { error: `${label}の「@」の後ろを入力してください。${example}` }
  if (!/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/.test(local)) {
    return { error: `${label}の「@」の前を半角の英数字と記号で入力してください。${example}` }
  }
  if (!isDomain(domain) || text.length > 254) {
    return { error: `${label}の「@」の後ろを確かめてください。${example}` }
  }
  return { answer: `${local}@${domain}` }
}

/**
 * A telephone number with half-width digits and the hyphens that were typed: ten or eleven digits from 0 (総務省
 * 電気通信番号計画), or + and a country's number of at most fifteen digits (ITU-T E.164).
 */
export function readPhone(label: string, posted: Posted): Outcome {
  const read = line(label, posted, 200)
  if ('error' in read) return read
  const text = read.text
    .replace(/[\p{Dash_Punctuation}\u2212\u30fc\uff70.()（）\s]+/gu, '-')
    .replace(/^-|-$/g, '')
    .replace(/^\+-/, '+')
  if (text === '') return read.text === '' ? {} : { error: `${label}を数字で入力してください。例：059-224-2000` }
  if (!/^\+?[0-9-]+$/.test(text)) return { error: `${label}を数字とハイフンで入力してください。例：059-224-2000` }
  const digits = text.replace(/[^0-9]/g, '')
  if (text.startsWith('+')) {
    if (digits.length >= 7 && digits.length <= 15 && !digits.startsWith('0')) return { answer: text }
    return { error: `${label}を国番号から入力してください。例：+81-59-224-2000` }
  }
  if (!digits.startsWith('0')) return { error: `${label}を市外局番から入力してください。例：059-224-2000` }
  if (digits.length !== 10 && digits.length !== 11) {
    return { error: `${label}を10けたか11けたの数字で入力してください。例：059-224-2000` }
  }
  return { answer: text }
}

/** A web address of http or https, as browsers understand it, without user name and password. */
export function readUrl(label: string, posted: Posted): Outcome {
  const read = line(label, posted, 2000)
  if ('error' in read) return read
  if (read.text === '') return {}
  const error = `${label}を https:// から入力してください。例：https://www.example.jp/`
  if (/\s/.test(read.text) || !/^https?:\/\//i.test(read.text)) return { error }
  try {
    const url = new URL(read.text)
    if (url.username || url.password || !isDomain(url.hostname)) return { error }
    // What browsers would ask for: reading it again gives the same.
    return { answer: url.href }
  } catch {
    return { error }
  }
}
