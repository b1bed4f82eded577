import { setImmediate as turn } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packed } from './pack.ts'

let packer: Worker | undefined
process.on('worker', (worker) => {
  packer = worker
})

const unpacked = async (text: string) => gunzipSync(await packed(text)).toString()

test('whatever is packed together, everybody gets their own text back', async () => {
  const text = fc.string({ unit: fc.constantFrom('あ', 'a', '𠮷', '<', '\n'), maxLength: 50 })
  const long = text.map((some) => some + '長い文。'.repeat(3_000))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(text, long), { minLength: 1, maxLength: 20 }), async (texts) => {
      expect(await Promise.all(texts.map(unpacked))).toEqual(texts)
    }),
    { numRuns: 60 },
  )
})

test('who packs may end in the middle: everybody is answered, and the next crowd as well', async () => {
  for (let n = 0; n < 4; n++) {
    const texts = Array.from({ length: 16 }, (_, one) => `${n} ${one} ${'文'.repeat(20_000)}`)
    const answers = Promise.all(texts.map(unpacked))
    await turn()
    const ended = packer
    await ended?.terminate()
    expect(await answers).toEqual(texts)
    await Promise.all(texts.map(unpacked))
    expect(packer).not.toBe(ended)
  }
})
