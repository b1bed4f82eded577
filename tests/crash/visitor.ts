import type { Agent } from 'node:http'
import { workdayAhead } from '../days.ts'
import { type Answer, ask, type Question } from './wire.ts'

/** One person at one browser: an address, a cookie jar, and the form token that the last page gave. */
export type Visitor = ReturnType<typeof openVisitor>

/** `base` may be asked anew for each request: behind a balancer every one may go to another process. */
export function openVisitor(base: string | (() => string), from: string, agent?: Agent) {
  const jar = new Map<string, string>()
  let token = ''
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

  async function send(question: Pick<Question, 'path' | 'form' | 'sent' | 'holdForm'>): Promise<Answer> {
    const cookie = cookies()
    const answer = await ask({
      base: typeof base === 'string' ? base : base(),
      from,
      ...(agent && { agent }),
      ...(cookie && { headers: { cookie } }),
      ...question,
    })
    for (const given of answer.cookies) {
      const [, name = '', value = ''] = given.match(/^([^=]+)=([^;]*)/) ?? []
      if (/Max-Age=0/i.test(given)) jar.delete(name)
      else jar.set(name, value)
    }
    token = answer.body.match(/name="_csrf" value="([^"]+)"/)?.[1] ?? token
    return answer
  }

  return {
    /** What the browser sends along. */
    cookie: cookies,
    get: (path: string) => send({ path }),
    /** Posts a form with the token of the page on which it stands. */
    post(path: string, fields: Record<string, string> = {}, how: Pick<Question, 'sent' | 'holdForm'> = {}) {
      return send({ path, form: new URLSearchParams({ _csrf: token, ...fields }), ...how })
    },
  }
}

/** A loopback address for the n-th visitor; Linux takes all of 127/8 as its own. */
export const addressOf = (n: number) => `127.${16 + ((n >> 14) % 200)}.${(n >> 7) & 127}.${1 + (n & 127)}`

/** The pages of the procedure's form, as `filled in` by somebody of that name. */
export const pagesOf = (name: string): [page: string, fields: Record<string, string>][] => [
  ['session', { way: 'online', ...workdayAhead().typed, day: workdayAhead().iso }],
  ['contact', { name, mail: `${name}@example.jp`, phone: '' }],
  ['matter', { field: 'data', detail: `台帳が紙です。（${name}）` }],
]

export const tenantPath = '/attaka'
export const procedurePath = `${tenantPath}/procedures/dx-consultation-event`
