import { fileTypeFromBuffer } from 'file-type'
import { officeTypeOf } from './office.ts'
import { looksActive, textWatch } from './text-watch.ts'

/** What may be received at all, and the endings that such a file's name may have. No type that a browser could run. */
export const knownTypes: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/png': ['png'],
  'image/heic': ['heic', 'heif'],
  'text/plain': ['txt', 'text', 'md', 'log'],
  'text/csv': ['csv'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
}

/** What the content says: its media type, and for text how it is written. */
export type Content = { type: string; charset: 'utf-8' | 'shift_jis' | null }

/** Why content that is of a known type is not received all the same: it unpacks to too much; it holds an 個人番号. */
export type ContentFault = 'too-large' | 'my-number'

/** Looks at a file that passes by, without keeping it. */
export type ContentWatch = {
  /** Whether the head alone already rules out every accepted type. */
  hopeless: boolean
  see(chunk: Uint8Array): void
  /** After the last chunk: what it is, null if nothing we know, or what is wrong with it. */
  end(): Content | ContentFault | null
}

/** How many bytes of the head decide; enough for every signature and for a look at a text's beginning. */
export const headBytes = 4100

const binaries: Record<string, string> = {
  'application/pdf': 'application/pdf',
  'image/jpeg': 'image/jpeg',
  'image/png': 'image/png',
  'image/heic': 'image/heic',
  'image/heif': 'image/heic', // the same container; iPhones write either brand
}

/**
 * Watches content that begins with `head` (its first `headBytes` bytes, or all). `accept` are media types;
 * `ending` is that of the announced name, in lower case, or null. Text is plain text or CSV as the ending says.
 */
export async function watchContent(
  head: Uint8Array,
  accept: readonly string[],
  ending: string | null,
): Promise<ContentWatch> {
  // A ZIP archive is not handed to a detector that would unpack it.
  if (startsWith(head, 'PK\x03\x04')) {
    const watch = officeTypeOf()
    const offices = accept.some((type) => type.startsWith('application/vnd.openxmlformats-'))
    return { hopeless: !offices, see: watch.see, end: () => asContent(watch.end()) }
  }

  const binary = binaries[(await fileTypeFromBuffer(head))?.mime ?? '']
  if (binary) return { hopeless: !accept.includes(binary), see() {}, end: () => ({ type: binary, charset: null }) }

  const type = textType(accept, ending)
  if (!type || looksActive(head)) return { hopeless: true, see() {}, end: () => null }
  const watch = textWatch()
  return {
    hopeless: !textWatch().see(head),
    see: watch.see,
    end() {
      const charset = watch.end()
      if (!charset) return null
      return watch.myNumber(charset) ? 'my-number' : { type, charset }
    },
  }
}

/** The ending of a file name in lower case, without the dot; null if it has none. */
export function endingOf(name: string): string | null {
  return /[^.]\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? null
}

const asContent = (found: string | null): Content | 'too-large' | null =>
  found === null || found === 'too-large' ? found : { type: found, charset: null }

function textType(accept: readonly string[], ending: string | null): string | null {
  const texts = ['text/plain', 'text/csv'].filter((type) => accept.includes(type))
  return texts.find((type) => ending !== null && knownTypes[type]?.includes(ending)) ?? texts[0] ?? null
}

const startsWith = (bytes: Uint8Array, magic: string) =>
  Buffer.from(bytes.subarray(0, magic.length)).equals(Buffer.from(magic, 'latin1'))
