import { Worker } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'

/** Pages are small: a window of their size costs less to set up than the usual one, and packs them as well. */
const packing = { level: 3, windowBits: 14, memLevel: 7 }

/** So long a text must not keep the others waiting. */
const long = 8_000

type Asked = { text: string; resolve(packed: Uint8Array<ArrayBuffer>): void; reject(error: unknown): void }

/** What is to be packed when this turn of the loop is over. */
let turn: Asked[] = []
/** What another thread is packing, or is about to: what it was told by one message each. */
let orders: Asked[][] = []
let packer: Worker | null = null

/**
 * A text by gzip. One alone is packed here, before another thread would have been told of it; a long one, and all that are
 * to be packed in one turn of the loop, by another thread, told of all of them at once.
 */
export function packed(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    if (turn.length === 0) setImmediate(pack)
    turn.push({ text, resolve, reject })
  })
}

function pack() {
  const asked = turn
  turn = []
  const [only] = asked
  if (asked.length === 1 && only && only.text.length < long) return packHere(only)
  try {
    packer ??= open()
    packer.postMessage(asked.map(({ text }) => text))
    packer.ref()
    orders.push(asked)
  } catch {
    for (const one of asked) packHere(one)
  }
}

function packHere({ text, resolve, reject }: Asked) {
  try {
    resolve(new Uint8Array(gzipSync(text, packing)))
  } catch (error) {
    reject(error)
  }
}

/** Answers come in the order of what was asked. */
function open(): Worker {
  const worker = new Worker(program, { eval: true, workerData: packing, execArgv: [], env: {} })
  worker.on('message', (all: Uint8Array<ArrayBuffer>[]) => {
    const asked = orders.shift() as Asked[]
    // Who waits for nothing keeps nobody from ending.
    if (orders.length === 0) worker.unref()
    for (const [n, one] of asked.entries()) one.resolve(all[n] as Uint8Array<ArrayBuffer>)
  })
  // Where it can't be had, or ends: what it was asked is packed here, and the next crowd gets another.
  worker.on('error', () => undefined)
  worker.on('exit', () => {
    const left = orders.flat()
    orders = []
    packer = null
    for (const one of left) packHere(one)
  })
  return worker
}

const program = `
const { parentPort, workerData } = require('node:worker_threads')
const { gzipSync } = require('node:zlib')
parentPort.on('message', (texts) => {
  const all = texts.map((text) => new Uint8Array(gzipSync(text, workerData)))
  parentPort.postMessage(all, all.map(({ buffer }) => buffer))
})`
