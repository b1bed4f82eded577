import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from './source.ts'

const folder = mkdtempSync(join(tmpdir(), 'achieve-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** `npm run -s achieve -- FILE …`, as npm starts it. */
function achieve(content: string | Buffer, ...options: string[]) {
  const file = join(folder, 'asked.json')
  writeFileSync(file, content)
  return run(file, ...options)
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/node.mjs', 'achieve', ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const asked = { method: 'ratio', direction: 'up', target: '50.0', actual: '47.4' }

test('the command answers one object with one, and a list with a list', () => {
  const single = achieve(JSON.stringify(asked))
  expect(single).toMatchObject({ status: 0, stderr: '' })
  expect(JSON.parse(single.stdout)).toMatchObject({ shown: '0.95', explanation: '47.4 ÷ 50.0 = 0.948, shown as 0.95' })

  const list = achieve(JSON.stringify([asked, { ...asked, actual: 50 }]))
  expect(JSON.parse(list.stdout)).toMatchObject([{ shown: '0.95' }, { shown: '1.00' }])
})

test('the command prints every method side by side', () => {
  const { status, stdout } = achieve(
    JSON.stringify({ direction: 'up', target: '50.0', actual: '47.4' }),
    '--all-methods',
  )
  expect(status).toBe(0)
  expect(JSON.parse(stdout).methods).toHaveLength(17)
})

test('the command names every fault by its path, ends with 2 and prints nothing', () => {
  const { status, stdout, stderr } = achieve(
    JSON.stringify([asked, { ...asked, target: { value: 'x' }, actual: '1e999999' }]),
  )
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr.split('\n').map((line) => line.split(':')[0])).toEqual(['[1].target.value', '[1].actual', ''])
})

test('of very many faults the command names the first hundred and counts the rest', () => {
  const { status, stderr } = achieve(JSON.stringify(Array.from({ length: 250 }, () => ({ ...asked, actual: 'x' }))))
  expect(status).toBe(2)
  const lines = stderr.trimEnd().split('\n')
  expect(lines).toHaveLength(101)
  expect(lines.at(-1)).toBe('ほかに150か所あります。')
})

test.each<[string, () => ReturnType<typeof run>]>([
  ['no file', () => run()],
  ['a file that isn’t there', () => run(join(folder, 'nowhere.json'))],
  ['a folder', () => run(folder)],
  ['bytes that are no text', () => achieve(Buffer.from([0xff, 0xfe, 0x00]))],
  ['an option that it doesn’t know', () => achieve('[]', '--alle')],
  ['JSON that breaks off', () => achieve('[{"method":')],
])('the command refuses %s by a sentence', (_, refused) => {
  const { status, stdout, stderr } = refused()
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr.length).toBeGreaterThan(10)
  expect(stderr).not.toContain('    at ')
})
