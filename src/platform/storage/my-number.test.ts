import { describe, expect, test } from 'vitest'
import { FileRefused, receiveFile } from './receive.ts'

const accept = ['text/plain', 'text/csv', 'application/pdf']

/** What becomes of a file that arrives in pieces of so many bytes: its fault, or null. */
async function fault(content: Uint8Array, chunkBytes: number, name = 'memo.txt'): Promise<string | null> {
  async function* pieces() {
    for (let at = 0; at < content.length; at += chunkBytes) yield content.subarray(at, at + chunkBytes)
  }
  let kept = false
  try {
    await receiveFile(pieces(), { maxBytes: 1e6, accept, name }, async (body) => {
      for await (const _ of body);
      kept = true
    })
    return null
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    expect(kept).toBe(false)
    return error.fault
  }
}

const filler = '住民票の写しを添えます。\n'.repeat(600)
const bytes = (text: string) => Buffer.from(text)
// 番号：１２３４ ５６７８ ９０１８ in Shift_JIS.
const shiftJis = Buffer.from(
  '94d48d86 8146 8250825182528253 20 8254825582568257 20 8258824f82508257'.replaceAll(' 20 ', '20').replaceAll(' ', ''),
  'hex',
)

describe('a text with what looks like an マイナンバー', () => {
  test.each([
    ['plain', bytes(`番号 123456789018 です`)],
    ['full-width and spaced', bytes('１２３４　５６７８　９０１８')],
    ['hyphenated', bytes('1234-5678-9018')],
    ['far behind the beginning', bytes(`${filler}1234-5678-9018\n${filler}`)],
    ['at the very end', bytes(`${filler}123456789018`)],
    ['in Shift_JIS', shiftJis],
  ])('is not received: %s', async (_, content) => {
    for (const size of [1, 7, 997, 65_536]) expect(await fault(content, size), `pieces of ${size}`).toBe('my-number')
  })

  test('is not received in a cell of a table', async () => {
    expect(await fault(bytes('氏名,番号\n花子,1234 5678 9018\n'), 5, 'list.csv')).toBe('my-number')
  })
})

describe('a text with other numbers', () => {
  test.each([
    ['a 法人番号', '法人番号 8000000000001'],
    ['a 法人番号 with its first twelve digits alone in one piece', `${'x'.repeat(500)}1234567890180`],
    ['columns of short numbers', '2026\t1234\t5678\n1234\t5678\t9018\n'],
    ['lines of short numbers', '1234\n5678\n9018\n'],
    ['telephone numbers', '059-224-2000 090-1234-5678'],
  ])('is received: %s', async (_, text) => {
    for (const size of [1, 12, 512, 65_536]) expect(await fault(bytes(text), size), `pieces of ${size}`).toBe(null)
  })
})
