import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '../chance.ts'
import type { Ready } from './drafts.ts'
import { addressOf, openVisitor, pagesOf, procedurePath, tenantPath, type Visitor } from './visitor.ts'
import { type Answer, ask } from './wire.ts'

/** What the visitors know: the other side of what the database holds. */
export type Ledger = {
  /** Marks every name of this run. */
  prefix: string
  /** Names whose filing was sent at least once. */
  submitted: Set<string>
  /** By name, the receipt numbers whose 303 was received to the end. One, if all is well. */
  acknowledged: Map<string, Set<string>>
  /** How many answers there were of each status or failure. */
  answers: Map<string, number>
  /** What should never happen, in words. */
  faults: string[]
}

export type Load = {
  ledger: Ledger
  /** Fulfilled at the next time that a form is on its way (`submitting`), or a receipt number has come (`acknowledged`). */
  next(event: 'submitting' | 'acknowledged', withinMs?: number): Promise<void>
  /** Lets every visitor come to an end, and waits for it. */
  stop(): Promise<void>
}

type LoadOptions = {
  base: string
  clients: number
  chance: Chance
  prefix: string
  /** Besides them, so many who only press: each files one complete draft after the other. */
  batch?: number
  drafts?(names: readonly string[]): Promise<Ready[]>
}

/** Begins: so many visitors at a time, each a new person with an address and a browser of their own. */
export function startLoad(given: LoadOptions): Load {
  const { base, clients, chance, prefix, batch = 0, drafts } = given
  const ledger: Ledger = { prefix, submitted: new Set(), acknowledged: new Map(), answers: new Map(), faults: [] }
  const events = new EventEmitter().setMaxListeners(0)
  let stopping = false
  let count = 0

  const client = async () => {
    while (!stopping) {
      const name = `${prefix}${++count}`
      const visitor = openVisitor(base, addressOf(count))
      try {
        await fileOnce({ visitor, name, ledger, chance, said: (event) => events.emit(event) })
      } catch (error) {
        blame(ledger, `${name}: ${(error as Error).message}`)
        await sleep(200)
      }
    }
  }
  const presser = async () => {
    while (!stopping && drafts) {
      const names = Array.from({ length: 50 }, () => `${prefix}${++count}`)
      const ready = await drafts(names).catch(() => [])
      if (ready.length === 0) await sleep(200)
      for (const draft of ready) {
        if (stopping) break
        await press({
          base,
          draft,
          from: addressOf(++addresses),
          ledger,
          chance,
          said: (event) => events.emit(event),
        }).catch((error) => blame(ledger, `${draft.name}: ${(error as Error).message}`))
      }
    }
  }
  let addresses = 0
  const all = Promise.all([...Array.from({ length: clients }, client), ...Array.from({ length: batch }, presser)])
  return {
    ledger,
    async next(event, withinMs = 40_000) {
      const faultsBefore = ledger.faults.length
      await once(events, event, { signal: AbortSignal.timeout(withinMs) }).catch(() => {
        const since = ledger.faults.slice(faultsBefore).slice(-3).join('; ')
        throw new Error(`no visitor got as far as "${event}" in ${withinMs / 1000} s: ${since}`)
      })
    },
    async stop() {
      stopping = true
      await all
    },
  }
}

type Filing = {
  visitor: Visitor
  name: string
  ledger: Ledger
  chance: Chance
  said(event: 'submitting' | 'acknowledged'): void
}

/** One person's way: the page of the procedure, every page of the form, the check, the receipt. */
async function fileOnce({ visitor, name, ledger, chance, said }: Filing) {
  const patient = patience(ledger)
  await patient(() => visitor.get(procedurePath), 200)
  const begun = await patient(() => visitor.post(`${procedurePath}/begin`), 303)
  const draft = begun.headers.location ?? ''
  for (const [page, fields] of pagesOf(name)) await patient(() => visitor.post(`${draft}/${page}`, fields), 303)

  ledger.submitted.add(name)
  const submit = async () => {
    const answer = await visitor.post(`${draft}/_check`, {}, { sent: () => said('submitting') })
    if (answer.status === 303) acknowledge(ledger, name, answer)
    if (answer.status === 303) said('acknowledged')
    return answer
  }
  // Some give up at the first failure and never learn what became of it; some press twice; the others press again.
  const habit = chance.below(1)
  if (habit < 0.1) {
    note(ledger, await submit().catch(failure))
    return
  }
  if (habit < 0.4)
    void submit().then(
      (answer) => note(ledger, answer),
      (error) => note(ledger, failure(error)),
    )
  const receipt = (await patient(submit, 303)).headers.location ?? ''
  if (habit < 0.7) return
  const page = await patient(() => visitor.get(receipt), 200)
  if (!page.body.includes(numberIn(receipt))) throw new Error(`the receipt page doesn't show ${receipt}`)
  // Whoever opens the form again is led to the receipt.
  acknowledge(ledger, name, await patient(() => visitor.get(draft), 303))
}

type Press = Omit<Filing, 'visitor' | 'name'> & { base: string; from: string; draft: Ready }

/** Files a complete draft: one in ten presses twice. */
async function press({ base, from, draft: { name, path, cookie, csrf }, ledger, chance, said }: Press) {
  ledger.submitted.add(name)
  const once = async () => {
    const form = new URLSearchParams({ _csrf: csrf })
    const answer = await ask({ base, from, path, form, headers: { cookie }, sent: () => said('submitting') })
    if (answer.status === 303) {
      acknowledge(ledger, name, answer)
      said('acknowledged')
    }
    return answer
  }
  if (chance.often(0.1)) {
    void once().then(
      (answer) => note(ledger, answer),
      (error) => note(ledger, failure(error)),
    )
  }
  await patience(ledger)(once, 303)
}

const numberIn = (location: string) => location.split('/').at(-1) ?? ''

function acknowledge({ acknowledged }: Ledger, name: string, { headers }: Answer) {
  const location = headers.location ?? ''
  if (!location.startsWith(`${tenantPath}/filings/`)) throw new Error(`a filing led to ${location}`)
  acknowledged.set(name, (acknowledged.get(name) ?? new Set()).add(numberIn(location)))
}

/** Repeats a step while the application is away, as people do, and takes only the expected status for an answer. */
const patience = (ledger: Ledger) => async (step: () => Promise<Answer>, status: number) => {
  const deadline = Date.now() + 90_000
  for (;;) {
    const answer = await step().catch(failure)
    note(ledger, answer)
    if ('status' in answer && answer.status === status) return answer
    if ('status' in answer && answer.status !== 503) {
      throw new Error(`${answer.status} instead of ${status}: ${textOf(answer.body).slice(0, 300)}`)
    }
    if (Date.now() > deadline) throw new Error('no answer in 90 s of trying')
    await sleep(150)
  }
}

const failure = (error: NodeJS.ErrnoException) => ({ code: error.code ?? error.message })

function note(ledger: Ledger, answer: Answer | { code: string }) {
  const kind = 'status' in answer ? String(answer.status) : answer.code
  ledger.answers.set(kind, (ledger.answers.get(kind) ?? 0) + 1)
  if ('status' in answer && answer.status === 503) for (const lack of unhelpful(answer)) blame(ledger, lack)
}

/** Writes down a fault; the same one once, and no endless list of them. */
export function blame({ faults }: Ledger, fault: string) {
  if (faults.length < 200 && !faults.includes(fault)) faults.push(fault)
}

/** What a 503 lacks for the person who sees it. */
export function unhelpful({ headers, body }: Answer): string[] {
  const lacks = [
    ...(Number(headers['retry-after']) > 0 ? [] : ['a Retry-After']),
    ...(/^text\/html|problem\+json/.test(headers['content-type'] ?? '') ? [] : ['a page']),
    ...(/もう一度|away/.test(body) ? [] : ['what to do now']),
  ]
  return lacks.map((what) => `a 503 without ${what}`)
}

const textOf = (html: string) =>
  html
    .replace(/^[\s\S]*<main/, '<main')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
