import { createHash, randomBytes } from 'node:crypto'
import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knownTypes } from './content-type.ts'
import { FileRefused, receiveFile } from './receive.ts'

const everything = Object.keys(knownTypes)
const [pdfType, docxType, xlsxType] = ['pdf', 'docx', 'xlsx'].map(
  (ending) => everything.find((type) => knownTypes[type]!.includes(ending))!,
)

async function* stream(content: Uint8Array | string, chunkBytes = 1000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content)
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
}

/** What the sink kept, as a storage would: nothing if the body threw. */
async function receive(
  content: Uint8Array | string | AsyncIterable<Uint8Array>,
  name = '',
  accept: readonly string[] = everything,
  maxBytes = 1e6,
) {
  const source = typeof content === 'string' || content instanceof Uint8Array ? stream(content) : content
  let kept: Buffer | null = null
  const sink = async (body: AsyncIterable<Uint8Array>) => {
    const parts: Uint8Array[] = []
    for await (const chunk of body) parts.push(chunk)
    kept = Buffer.concat(parts)
  }
  try {
    return {
      kept,
      ...(await receiveFile(source, { maxBytes, accept, name }, sink)),
      fault: null,
      bytes: kept as Buffer | null,
    }
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    expect(kept).toBeNull()
    return { type: null, fault: error.fault, bytes: undefined }
  }
}

const refused = (fault: string) => ({ type: null, fault, bytes: undefined })

// Small real files.
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const jpeg = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.alloc(64, 1),
  Buffer.from('ffd9', 'hex'),
])
const heic = Buffer.concat([
  Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
  Buffer.from('\0\0\0\x08mdat', 'latin1'),
])
const png = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  pngChunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')),
  pngChunk('IDAT', deflateSync(Buffer.from([0, 0]))),
  pngChunk('IEND', Buffer.alloc(0)),
])
const shiftJis = Buffer.from('8e4f8f648ca781408740fbfc0d0a', 'hex') // 三重県　①髙

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A ZIP archive; `claim` is the unpacked size that its table of contents claims for every entry. */
function zip(
  files: Record<string, Uint8Array | string>,
  { claim, flags = 0 }: { claim?: number; flags?: number } = {},
): Buffer {
  const locals: Buffer[] = []
  const table: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const data = Buffer.from(content)
    const packed = deflateRawSync(data)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claim ?? data.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    table.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, rest, Buffer.from(name)]))
    locals.push(local)
    at += local.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(table.length, 8)
  end.writeUInt16LE(table.length, 10)
  end.writeUInt32LE(Buffer.concat(table).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...table, end])
}

const office = (main: string, more: Record<string, string> = {}) => ({
  '[Content_Types].xml': '<Types/>',
  [main]: '<x/>',
  ...more,
})
const docx = zip(office('word/document.xml'))
const xlsx = zip(office('xl/workbook.xml'))

describe('a file that is what it says', () => {
  test.each([
    ['案内.pdf', pdf, pdfType],
    ['写真.JPG', jpeg, 'image/jpeg'],
    ['図.png', png, 'image/png'],
    ['IMG_0001.HEIC', heic, 'image/heic'],
    ['様式.docx', docx, docxType],
    ['一覧.xlsx', xlsx, xlsxType],
    ['発表.pptx', zip(office('ppt/presentation.xml')), everything.find((type) => type.includes('presentationml'))],
    ['ひとこと.txt', '葛\u{E0100}城の𠮷田です\r\n', 'text/plain'],
    ['一覧.csv', '\ufeff名前,数\r\n津市,1\r\n', 'text/csv'],
    ['BMIの記録.csv', 'BMI,22\n', 'text/csv'],
  ])('%s is received with its size, hash and type', async (name, content, type) => {
    const bytes = Buffer.from(content)
    const result = await receive(bytes, name)
    expect(result).toMatchObject({ type, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    expect(result.bytes?.equals(bytes)).toBe(true)
    expect(await receive(bytes, '名前だけ')).toMatchObject({ fault: null })
  })

  test('text tells how it is written, wherever the chunks are cut', async () => {
    for (const cut of [1, 2, 3, 1000]) {
      expect(await receive(stream(shiftJis, cut), 'a.csv')).toMatchObject({ type: 'text/csv', charset: 'shift_jis' })
      expect(await receive(stream('三重県①𠮷', cut), 'a.txt')).toMatchObject({ type: 'text/plain', charset: 'utf-8' })
    }
    expect(await receive('a,b', 'a.csv', ['text/csv'])).toMatchObject({ type: 'text/csv' })
    expect(await receive('a,b', 'a', ['text/csv'])).toMatchObject({ type: 'text/csv' })
  })

  test('a PDF with a tail of HTML is a PDF', async () => {
    const polyglot = Buffer.concat([pdf, Buffer.from('<html><script>alert(1)</script></html>')])
    expect(await receive(polyglot, 'a.pdf')).toMatchObject({ type: pdfType })
    expect(await receive(polyglot, 'a.html')).toEqual(refused('wrong-type'))
    expect(await receive(polyglot, 'a.txt')).toEqual(refused('wrong-type'))
  })
})

describe('a file that is refused', () => {
  test.each([
    ['写真.png', jpeg],
    ['写真.jpg.exe', jpeg],
    ['様式.xlsx', docx],
    ['a.docm', docx],
    ['a.pdf', 'これは文書ではありません'],
    ['a.txt', png],
    ['a.js', 'alert(1)'],
    ['a.bat', '@echo off'],
    ['a.pdf', Buffer.concat([Buffer.from('x'), pdf])],
  ])('%s, because the content is something else', async (name, content) => {
    expect(await receive(content, name)).toEqual(refused('wrong-type'))
  })

  test.each([
    ['a page', '<!DOCTYPE html><title>x</title>'],
    ['a page after white space', '\ufeff \r\n<HTML>'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a drawing after XML', '<?xml version="1.0"?><svg/>'],
    ['a comment and a page', '<!-- x --><html>'],
    ['a script inside a text', 'hello\n<script>alert(1)</script>'],
    ['a shell script', '#!/bin/sh\nrm -rf /'],
    ['PHP', '<?php system("id");'],
    ['PostScript', '%!PS-Adobe-3.0'],
    ['a batch file', '@echo off\r\n'],
    ['a page in a mail', 'MIME-Version: 1.0\r\nContent-Type: text/html\r\n'],
    ['RTF', '{\\rtf1\\ansi}'],
    ['a program', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1')],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
    ['an old Office file', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])],
    ['UTF-16', Buffer.from('\ufeff三重県', 'utf16le')],
    ['text with a NUL far behind', `${'a'.repeat(10_000)}\0`],
    ['broken UTF-8 far behind', Buffer.concat([Buffer.from('三'.repeat(5000)), Buffer.from([0xe4, 0xff])])],
    ['text cut inside a character', Buffer.from('ああ').subarray(0, 5)],
  ])('%s, whatever its name', async (_, content) => {
    for (const name of ['a.txt', 'a.csv', 'a.pdf', 'a.docx', 'a'])
      expect(await receive(content, name)).toEqual(refused('wrong-type'))
  })

  test('because the place does not take this type', async () => {
    expect(await receive(pdf, 'a.pdf', ['image/png'])).toEqual(refused('wrong-type'))
    expect(await receive('a,b', 'a.csv', ['text/plain'])).toEqual(refused('wrong-type'))
    expect(await receive(docx, 'a.docx', ['image/png'])).toEqual(refused('wrong-type'))
    expect(await receive(docx, 'a.docx', [xlsxType!])).toEqual(refused('wrong-type'))
  })

  test('because nothing is in it', async () => {
    expect(await receive('', 'a.txt')).toEqual(refused('empty'))
    expect(await receive(stream(''), '')).toEqual(refused('empty'))
  })

  test('because the sender broke off, and nothing is kept', async () => {
    async function* broken() {
      yield pdf
      throw new Error('socket hang up')
    }
    expect(await receive(broken(), 'a.pdf')).toEqual(refused('cut'))
    const web = new ReadableStream<Uint8Array>({
      start: (c) => c.enqueue(pdf),
      pull: (c) => c.error(new Error('gone')),
    })
    expect(await receive(web, 'a.pdf')).toEqual(refused('cut'))
  })
})

describe('a file over the limit', () => {
  test('is received up to the last allowed byte', async () => {
    expect(await receive('a'.repeat(5000), 'a.txt', everything, 5000)).toMatchObject({ size: 5000 })
    expect(await receive('a'.repeat(5001), 'a.txt', everything, 5000)).toEqual(refused('too-large'))
    expect(await receive('a'.repeat(51), 'a.txt', everything, 50)).toEqual(refused('too-large'))
  })

  test('is stopped at once, and the sender is told to stop', async () => {
    let sent = 0
    let cancelled = false
    const cancel = () => {
      cancelled = true
    }
    const endless = new ReadableStream<Uint8Array>(
      { pull: (c) => c.enqueue(Buffer.alloc(1000, 97).fill(++sent, 0, 0)), cancel },
      { highWaterMark: 0 },
    )
    expect(await receive(endless, 'a.txt', everything, 10_000)).toEqual(refused('too-large'))
    expect({ sent, cancelled }).toEqual({ sent: 11, cancelled: true })
  })
})

describe('an archive', () => {
  test('that would unpack to a mountain is refused without unpacking', async () => {
    const bomb = zip(office('word/document.xml'), { claim: 400 * 1024 * 1024 })
    expect(await receive(bomb, 'a.docx')).toEqual(refused('too-large'))
    const many = zip(
      office('xl/workbook.xml', Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`f${i}`, '']))),
    )
    expect(await receive(many, 'a.xlsx', everything, 1e7)).toEqual(refused('too-large'))
  })

  test.each([
    ['no Office file', zip({ 'a.txt': 'x' })],
    ['two Office files', zip(office('word/document.xml', { 'xl/workbook.xml': '' }))],
    ['with macros', zip(office('word/document.xml', { 'word/vbaProject.bin': 'x' }))],
    ['encrypted', zip(office('word/document.xml'), { flags: 1 })],
    ['cut', docx.subarray(0, -10)],
    ['with something after it', Buffer.concat([docx, Buffer.from('<script>')])],
    ['with a table that is not there', Buffer.concat([Buffer.from('PK\x03\x04'), docx.subarray(-22)])],
  ])('%s is refused', async (_, content) => {
    expect(await receive(content, 'a.docx')).toEqual(refused('wrong-type'))
  })

  test('of several megabytes is recognised by its end', async () => {
    const large = zip(
      office('word/document.xml', { 'word/media/image1.png': randomBytes(3_000_000).toString('latin1') }),
    )
    expect(await receive(stream(large, 65_536), 'a.docx', everything, 1e7)).toMatchObject({ type: docxType })
  })
})

test('any bytes are received or refused, never an error', async () => {
  const starts = [
    pdf,
    jpeg,
    heic,
    png,
    docx,
    shiftJis,
    Buffer.from('ID3'),
    Buffer.from('\x1f\x8b\x08'),
    Buffer.from('II*\0'),
    Buffer.alloc(0),
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...starts),
      fc.nat(80),
      fc.uint8Array({ maxLength: 300 }),
      async (start, cut, rest) => {
        const bytes = Buffer.concat([start.subarray(0, cut), rest])
        const { fault, type } = await receive(bytes, 'a.txt')
        expect(fault === null ? type : fault).toMatch(/^(?:text\/plain|wrong-type|too-large|empty)$/)
      },
    ),
    { numRuns: 1000 },
  )
})

test('a sink that fails is not taken for a bad file, and one that stops early not for success', async () => {
  const disk = new Error('disk full')
  const options = { maxBytes: 1e6, accept: everything }
  await expect(receiveFile(stream(pdf), options, async () => Promise.reject(disk))).rejects.toBe(disk)
  await expect(receiveFile(stream(pdf), options, async () => {})).rejects.toThrow('did not read')
  await expect(receiveFile(stream(pdf), { ...options, accept: ['image/svg+xml'] }, async () => {})).rejects.toThrow(
    RangeError,
  )
})
