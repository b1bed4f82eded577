import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { fontFiles } from './documents/fonts.ts'
import { anyOf, coda, prelude } from './documents/frame.ts'
import type { Glyphs } from './documents/glyphs.ts'
import { missingGlyphs, printableData } from './documents/glyphs.ts'
import workerSource from './documents/worker.cjs?raw'

export { missingGlyphs }

export type DocumentRequest = {
  /** A Typst template of ours. It finds what it prints as `inputs` and must set the document's title. */
  source: string
  /** Anything that JSON can carry. It never becomes markup. */
  inputs: unknown
  /** Written into the PDF as its date of creation, if the template asks for it (`date: auto`). */
  createdAt?: Date
}

/** `missing`: what could not be printed as written (「U+1F600」); the document says so on its last page. */
export type Rendered = { pdf: Uint8Array; missing: string[] }

type Answer = { id: number; pdf: Uint8Array; error?: undefined } | { id: number; error: string }
type Waiting = { resolve(pdf: Uint8Array): void; reject(error: Error): void; timer: NodeJS.Timeout }

/** A template that needs longer than this is broken; its thread is given up. */
const longest = 30_000

let thread: Worker | undefined
let last = 0
const waiting = new Map<number, Waiting>()

/**
 * Draws a tagged PDF (PDF/UA-1, Japanese, fonts embedded) by Typst in a thread of its own: 0.3 s for the first document, then a few tens
 * of milliseconds. No network and no fonts of the machine are used. Rejects with the compiler's sentence where the template is at fault.
 */
export async function renderDocument({ source, inputs, createdAt }: DocumentRequest): Promise<Rendered> {
  const unprintable = missingGlyphs(source)
  if (unprintable.length > 0)
    throw new Error(`the template holds characters that no font has: ${unprintable.join(', ')}`)

  const glyphs: Glyphs = { missing: [], basic: [], second: [] }
  const printed = printableData(inputs, glyphs)
  const pdf = await ask({
    source: prelude + source + coda,
    inputs: { inputs: JSON.stringify(printed), glyphs: JSON.stringify({ ...glyphs, second: anyOf(glyphs.second) }) },
    createdAt: createdAt ? Math.floor(createdAt.getTime() / 1000) : null,
  })
  return { pdf, missing: [...glyphs.missing, ...glyphs.basic.map((one) => one.codes)] }
}

/** Ends the thread; waiting documents are rejected. The next document starts another. For a graceful stop. */
export async function closeDocuments(): Promise<void> {
  const ending = thread
  giveUp(new Error('documents are closed'))
  await ending?.terminate()
}

function ask(request: {
  source: string
  inputs: Record<string, string>
  createdAt: number | null
}): Promise<Uint8Array> {
  thread ??= start()
  const worker = thread
  const id = ++last
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      giveUp(new Error(`the document was not ready after ${longest / 1000} s`))
      worker.terminate()
    }, longest)
    waiting.set(id, { resolve, reject, timer })
    // A waiting document keeps the process alive, an idle thread doesn't.
    worker.ref()
    worker.postMessage({ id, ...request })
  })
}

function start(): Worker {
  const require = createRequire(import.meta.url)
  const compiler = require.resolve('@myriaddreamin/typst-ts-node-compiler')
  const fonts = fontFiles()
  // The thread's program travels as text, so that the bundled server needs no file beside it.
  const worker = new Worker(workerSource, {
    eval: true,
    name: 'documents',
    workerData: { compiler, fonts, workspace: dirname(fonts[0] as string) },
  })
  worker.on('message', (answer: Answer) => {
    const one = waiting.get(answer.id)
    if (!one) return
    waiting.delete(answer.id)
    clearTimeout(one.timer)
    if (waiting.size === 0) worker.unref()
    if (answer.error === undefined) one.resolve(answer.pdf)
    else one.reject(new Error(`the document could not be drawn: ${answer.error}`))
  })
  worker.on('error', (error) => {
    if (worker === thread) giveUp(error instanceof Error ? error : new Error(String(error)))
  })
  worker.on('exit', () => {
    if (worker === thread) giveUp(new Error('the documents thread ended'))
  })
  worker.unref()
  return worker
}

function giveUp(error: Error) {
  thread = undefined
  const rejected = [...waiting.values()]
  waiting.clear()
  for (const one of rejected) {
    clearTimeout(one.timer)
    one.reject(error)
  }
}
