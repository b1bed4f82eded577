import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runAs, serverAccount } from './account.ts'
import { packagedBinaries, prepareBinaries } from './binaries.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attaka-test-'))
  chmodSync(folder, 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The package as npm unpacks it when install scripts are not allowed: without a single link. */
function unpacked() {
  const { native, version } = packagedBinaries()
  const copy = join(folder, 'checkout', 'native')
  cpSync(native, copy, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() })
  expect(existsSync(join(copy, 'lib', 'libicuuc.so.60'))).toBe(false)
  return { native: copy, version }
}

test('missing library links are made where the package lies', () => {
  const source = unpacked()
  const made = prepareBinaries(folder, serverAccount(), source)
  expect(made).toMatchObject({ copied: false, major: '18', postgres: join(source.native, 'bin', 'postgres') })
  expect(runAs(serverAccount(), made.initdb, ['--version']).ok).toBe(true)
})

test.runIf(process.getuid?.() === 0)('a package out of the server user’s reach is copied once', () => {
  const source = unpacked()
  chmodSync(join(folder, 'checkout'), 0o700)
  const place = join(folder, 'place')
  mkdirSync(place)
  const made = prepareBinaries(place, serverAccount(), source)
  expect(made).toMatchObject({ copied: true, postgres: join(place, `server-${source.version}`, 'bin', 'postgres') })
  expect(runAs(serverAccount(), made.initdb, ['--version']).ok).toBe(true)
  const { ino } = lstatSync(made.postgres)
  prepareBinaries(place, serverAccount(), source)
  expect(lstatSync(made.postgres).ino).toBe(ino)
})
