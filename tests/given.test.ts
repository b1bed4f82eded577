import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readGivenBytes, readGivenJson, readGivenText, WrongGiven } from '../tools/operate/given.ts'
import { root } from './source.ts'

const folder = mkdtempSync(join(tmpdir(), 'given-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** What is said of a file, without its name. */
function refusal(read: () => unknown) {
  try {
    read()
  } catch (error) {
    if (error instanceof WrongGiven) return error.faults.map(({ path, code, en }) => `${path} ${code}: ${en}`)
    throw error
  }
  return null
}

describe('a file that a command is given', () => {
  test('is read to the byte, as text without its mark, and as JSON', () => {
    const path = file('good.json', '\ufeff{"名前": "津"}')
    expect(Buffer.from(readGivenBytes(path)).toString()).toBe('\ufeff{"名前": "津"}')
    expect(readGivenText(path)).toBe('{"名前": "津"}')
    expect(readGivenJson(path)).toEqual({ 名前: '津' })
    expect(readGivenBytes(file('large', Buffer.alloc(3_000_001, 7))).length).toBe(3_000_001)
  })

  test('may have exactly as many bytes as are read, and not one more', () => {
    const path = file('ten', '0123456789')
    expect(readGivenText(path, 10)).toBe('0123456789')
    expect(refusal(() => readGivenBytes(path, 9))).toEqual([' too-large: is too large: at most 9 bytes are read'])
  })

  test('is refused by a sentence where it is not there, a folder, or no text', () => {
    mkdirSync(join(folder, 'inner'))
    for (const path of [join(folder, 'nowhere'), join(folder, 'inner')])
      expect(refusal(() => readGivenBytes(path))?.join()).toMatch(/^ unreadable: can't be read: E(NOENT|ISDIR)/)
    const bytes = file('bytes', Buffer.from([0xff, 0xfe, 0]))
    expect(refusal(() => readGivenJson(bytes))).toEqual([' no-text: is not text in UTF-8'])
  })

  test('is refused where its JSON breaks off, or says a thing twice, of which a parser would keep the last', () => {
    expect(refusal(() => readGivenJson(file('cut', '{"a":\n  [1,')))).toEqual([
      ' no-json: is no JSON: it breaks off at line 2, column 6',
    ])
    expect(refusal(() => readGivenJson(file('twice', '{"a": 1, "b": {"c": 1, "c": 2}, "a": 2}')))).toEqual([
      'b.c twice: stands there twice',
      'a twice: stands there twice',
    ])
    const deep = file('deep', '['.repeat(100_000) + ']'.repeat(100_000))
    expect(refusal(() => readGivenJson(deep)) ?? []).toSatisfy((said: string[]) =>
      said.every((one) => /no-json/.test(one)),
    )
  })
})

describe('a command', () => {
  const form = (input: string, ...args: string[]) =>
    spawnSync(process.execPath, ['tools/node.mjs', 'form', ...args], { cwd: root, encoding: 'utf8', input })
  const definition = '{"title":"A","pages":[{"id":"p","title":"P","fields":[{"id":"f","kind":"yes-no","label":"F"}]}]}'

  test('reads its standard input where the file is "-", and says of it what it says of a file', () => {
    const good = form(definition, 'check', '-')
    expect({ status: good.status, ...JSON.parse(good.stdout) }).toMatchObject({ status: 0, ok: true })
    const bad = form(definition.slice(0, -1), 'check', '-')
    expect(bad.status).toBe(2)
    expect(JSON.parse(bad.stdout).faults).toMatchObject([{ file: '標準入力 (stdin)', path: '', code: 'no-json' }])
  })

  test('ends with 2 where it was called wrongly', () => {
    const { status, stdout, stderr } = form('', 'weigh', '-')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^Usage: /)
  })
})
