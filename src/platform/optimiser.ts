import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { LinearModel, ModelChange, OpenModel, Optimiser, Outcome, SolveOptions } from '#core/optimisation.ts'
import workerSource from './optimiser/worker.cjs?raw'

type Answer = { number: number; answer?: unknown; error?: string }
type Waiting = { resolve(answer: unknown): void; reject(error: Error): void }

/**
 * HiGHS (https://highs.dev, by npm `highs`, WebAssembly, one core) in a thread of its own. Everything that is opened from one optimiser shares
 * its thread and waits for its turn. Closing it ends a running computation at once; what waits is rejected. An idle one keeps no process alive.
 */
export function openOptimiser(): Optimiser & { close(): Promise<void> } {
  // The thread's program travels as text, so that the bundled server needs no file beside it.
  const worker = new Worker(workerSource, {
    eval: true,
    name: 'optimiser',
    workerData: { highs: createRequire(import.meta.url).resolve('highs') },
  })
  const waiting = new Map<number, Waiting>()
  let ended: Error | undefined
  let last = 0

  const end = (error: Error) => {
    ended ??= error
    for (const one of waiting.values()) one.reject(ended)
    waiting.clear()
  }
  worker.on('message', ({ number, answer, error }: Answer) => {
    const one = waiting.get(number)
    waiting.delete(number)
    if (waiting.size === 0) worker.unref()
    if (error === undefined) one?.resolve(answer)
    else one?.reject(new Error(`the optimiser: ${error}`))
  })
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => end(new Error('the optimiser is closed')))
  worker.unref()

  const ask = <T>(call: string, input: object) =>
    new Promise<T>((resolve, reject) => {
      if (ended) return reject(ended)
      const number = ++last
      waiting.set(number, { resolve: resolve as Waiting['resolve'], reject })
      worker.ref()
      worker.postMessage({ number, call, ...input })
    })

  return {
    async open(model: LinearModel): Promise<OpenModel> {
      const id = await ask<number>('open', { model })
      return {
        change: (change: ModelChange) => ask<void>('change', { id, change }),
        solve: (options: SolveOptions = {}) => ask<Outcome>('solve', { id, options }),
        close: () => ask<void>('close', { id }),
      }
    },
    async close() {
      end(new Error('the optimiser is closed'))
      await worker.terminate()
    },
  }
}
