import type { Ctx } from '#web/context.ts'
import type { IncomingFile, Typed } from '#web/input.ts'
import { receiveUpload } from './actions/receive-upload.ts'
import type { Limits } from './limits.ts'
import { faultSentence } from './pages/sentences.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

type Errors = Readonly<Record<string, string>>

export const wordsOf = (c: Ctx) => (c.var.shell.language === 'en' ? en : ja)

/** Kept beside what was typed, not in it: nobody can post a sentence of ours, and a faulty file loses nothing typed. */
const faults = new WeakMap<Typed, Errors>()

/**
 * For `submitForm`'s `receive`: takes a file that travels with a form. Its token stands in the field's place; what is
 * wrong with a file is told by `uploadFaults`, so that the rest of the form is read all the same.
 */
export async function takeUpload(c: Ctx, file: IncomingFile, typed: Typed, limits: Limits): Promise<string | null> {
  const upload = await receiveUpload(c.var.scene, file, limits, { address: c.var.address })
  if (upload.ok) return upload.token
  const sentence = named(file.name, faultSentence(wordsOf(c), upload.fault, limits))
  faults.set(typed, { [file.field]: sentence, ...faults.get(typed) })
  return null
}

/** Which of several files it was. The browser part of `FileField` says the same. */
const named = (name: string, sentence: string) => `「${name.slice(0, 100)}」：${sentence}`

/** A sentence per field whose file was not taken. */
export const uploadFaults = (typed: Typed): Errors => faults.get(typed) ?? {}

/**
 * The tokens that a `FileField` sent: what was attached before or sent by its own upload, without what was taken back,
 * and what came with the form, in this order.
 */
export function tokensIn(typed: Typed, name: string): string[] {
  const removed = new Set(all(typed[`${name}.remove`]))
  const tokens = new Set([...all(typed[`${name}.token`]), ...all(typed[name])])
  return [...tokens].filter((token) => token !== '' && !removed.has(token)).slice(0, mostTokens)
}

/** One more than any field takes, so that it is still told that they are too many; each is looked up by its own. */
const mostTokens = 21

const all = (value: string | string[] | undefined): string[] => (value === undefined ? [] : [value].flat())
