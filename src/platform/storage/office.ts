/** The end of an archive that is kept to be read: its table of contents has to fit. */
const tailBytes = 1024 * 1024
const entryLimit = 10_000
const unpackedLimit = 512 * 1024 * 1024

const mainParts: Record<string, string> = {
  'word/document.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'xl/workbook.xml': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'ppt/presentation.xml': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
}

/**
 * Recognises Word, Excel and PowerPoint files (OOXML) by the table of contents at the end of the ZIP archive
 * (PKWARE APPNOTE 4.3.12, 4.3.16); nothing is ever unpacked. `end` gives the media type, 'too-large' if it would unpack
 * to more than 512 MiB or has more than 10,000 parts, and null for any other, encrypted, damaged or macro-bearing file.
 */
export function officeTypeOf() {
  const tail: Uint8Array[] = []
  let held = 0
  let size = 0
  return {
    see(chunk: Uint8Array): void {
      size += chunk.length
      held += chunk.length
      tail.push(chunk)
      while (held - tail[0]!.length >= tailBytes) held -= tail.shift()!.length
    },
    end: (): string | 'too-large' | null => typeOf(Buffer.concat(tail), size),
  }
}

function typeOf(tail: Buffer, size: number): string | 'too-large' | null {
  const table = findTable(tail, size)
  if (!table) return null
  if (table.count > entryLimit) return 'too-large'

  const names = new Set<string>()
  let unpacked = 0
  let at = table.at
  for (let i = 0; i < table.count; i++) {
    if (at + 46 > table.end || tail.readUInt32LE(at) !== 0x02014b50) return null
    if (tail.readUInt16LE(at + 8) & 1) return null // encrypted
    unpacked += tail.readUInt32LE(at + 24)
    const nameEnd = at + 46 + tail.readUInt16LE(at + 28)
    if (nameEnd > table.end) return null
    names.add(tail.toString('latin1', at + 46, nameEnd).toLowerCase())
    at = nameEnd + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32)
  }
  if (at !== table.end) return null
  if (unpacked > unpackedLimit) return 'too-large'

  const found = Object.keys(mainParts).filter((name) => names.has(name))
  const macros = [...names].some((name) => /(?:^|\/)vba|\.bas$|macrosheets\/|activex\//.test(name))
  return names.has('[content_types].xml') && found.length === 1 && !macros ? mainParts[found[0]!]! : null
}

/** Where the table of contents lies, if it ends exactly where the archive's end record begins and nothing follows. */
function findTable(tail: Buffer, size: number) {
  const end = tail.length - 22 // a comment after the record is allowed by ZIP, written by no office program
  if (end < 0 || tail.readUInt32LE(end) !== 0x06054b50 || tail.readUInt16LE(end + 20) !== 0) return null
  const count = tail.readUInt16LE(end + 10)
  const length = tail.readUInt32LE(end + 12)
  const at = end - length
  const startsInFile = tail.readUInt32LE(end + 16)
  if (at < 0 || startsInFile !== size - 22 - length) return null
  return { at, end, count }
}
