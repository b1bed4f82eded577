import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Witness } from '#core/outside.ts'
import { folderStorage } from '../storage/folder.ts'
import { folderWitness } from './folder.ts'
import { storageWitness } from './storage.ts'

const folder = mkdtempSync(join(tmpdir(), 'attaka-witness-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function gathered(lines: AsyncIterable<string>) {
  const found: string[] = []
  for await (const line of lines) found.push(line)
  return found
}

let count = 0
const kinds: Record<string, (place: string) => Witness> = {
  'in a folder': (place) => folderWitness(place),
  'in an object store': (place) => storageWitness('store', folderStorage(place)),
}

describe.each(Object.keys(kinds))('a witness %s', (kind) => {
  let place: string
  let witness: Witness
  beforeEach(() => {
    place = join(folder, `${++count}`)
    witness = kinds[kind]!(place)
  })

  const all = async (of = witness, tenant = 'mie') => gathered(of.lines(tenant))
  const line = (n: number) => `{"kind":"checkpoint","number":${n}}`
  const at = (text: string) => new Date(text)
  const now = () => new Date()

  test('knows nothing at first', async () => {
    expect(await witness.last('mie')).toBeNull()
    expect(await all()).toEqual([])
  })

  test('remembers lines in their order, day after day, each tenant’s apart', async () => {
    for (let n = 1; n <= 5; n++) await witness.keep('mie', line(n), at(`2026-11-0${n}T00:00:00Z`))
    await witness.keep('mie', line(6), now())
    await witness.keep('mie', line(7), now())
    await witness.keep('tsu', line(99), now())
    expect(await all()).toEqual([1, 2, 3, 4, 5, 6, 7].map(line))
    expect(await witness.last('mie')).toBe(line(7))
    expect(await all(witness, 'tsu')).toEqual([line(99)])
    // Another process, or the next start.
    const other = kinds[kind]!(place)
    expect(await other.last('mie')).toBe(line(7))
    await other.keep('mie', line(8), now())
    expect(await all()).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(line))
  })

  test('finds its last line after a long silence', async () => {
    await witness.keep('mie', line(1), at('2020-02-29T12:00:00Z'))
    expect(await kinds[kind]!(place).last('mie')).toBe(line(1))
  })

  test('keeps the order when the clock is set back', async () => {
    await witness.keep('mie', line(1), at('2026-11-20T00:00:00Z'))
    await kinds[kind]!(place).keep('mie', line(2), at('2026-11-01T00:00:00Z'))
    await witness.keep('mie', line(3), at('2026-11-02T00:00:00Z'))
    expect(await all()).toEqual([1, 2, 3].map(line))
  })
})

test('half a line that a crash left in a folder is passed over, and swallows nothing', async () => {
  const place = join(folder, 'crashed')
  const witness = folderWitness(place)
  await witness.keep('mie', '{"number":1}', new Date('2026-11-01T00:00:00Z'))
  appendFileSync(join(place, 'mie', '2026-11-01.jsonl'), '{"number":2,"ro')
  expect(await witness.last('mie')).toBe('{"number":1}')
  await witness.keep('mie', '{"number":2}', new Date('2026-11-01T00:00:01Z'))
  expect(await gathered(witness.lines('mie'))).toEqual(['{"number":1}', '{"number":2,"ro', '{"number":2}'])
  expect(await witness.last('mie')).toBe('{"number":2}')
})
