import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again and again until something is so. @throws after the deadline, with what was waited for */
export async function until<T>(what: string, ask: () => Promise<T> | T, withinMs = 30_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > deadline) throw new Error(`waited ${withinMs / 1000} s in vain for ${what}`)
    await sleep(50)
  }
}
