import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Completes package-lock.json: a registry that lacks the builds of a package for other systems lets npm leave them out of
 * the lock, and `npm ci` then refuses it. Their entries say for which system they are; npm fetches them nowhere else.
 */

type Entry = {
  version: string
  optionalDependencies?: Record<string, string>
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
}

const file = 'package-lock.json'
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Entry> }

const find = (name: string, parts: Record<string, RegExp>) =>
  Object.entries(parts).flatMap(([value, pattern]) => (pattern.test(name) ? [value] : []))

let added = 0
for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  if (path === '') continue
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (lock.packages[`node_modules/${name}`]) continue
    const os = find(name, { android: /android/, darwin: /darwin/, win32: /win32/, linux: /linux/ })
    const cpu = find(name, { arm64: /arm64/, arm: /-arm-/, x64: /x64/ })
    if (os.length !== 1 || cpu.length !== 1) throw new Error(`${name}: not a build for one system; it has to be there.`)
    const libc = find(name, { musl: /musl/, glibc: /gnu/ })
    const system = { os, cpu, ...(os[0] === 'linux' && libc.length > 0 && { libc }) }
    lock.packages[`node_modules/${name}`] = { version, ...system, ...(dev && { dev }), optional: true }
    added++
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
lock.packages = Object.fromEntries(sorted)
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added === 0 ? 'package-lock.json is complete.' : `package-lock.json: ${added} entries added.`)
