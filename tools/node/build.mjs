// Builds the application when its sources have changed since the last time.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asked, root, runNode } from './run.mjs'

const dist = join(root, 'dist')
const stamp = join(dist, 'built-from')
const bundle = join(root, 'tools', 'node', 'bundle.mjs')

/** What a build is made from; a change in any of these makes another. */
const sources = ['src', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json', 'tools/node/bundle.mjs']

/** Builds unless what is there is of the present sources. @returns {Promise<number>} exit code */
export const ensureBuilt = async () => (isBuiltFrom(fingerprint()) ? 0 : build())

const isBuiltFrom = (print, mark = stamp) => existsSync(mark) && readFileSync(mark, 'utf8') === print

/**
 * Builds beside what is there and puts it in place at the end, so that a build that is killed leaves nothing half done.
 * @returns {Promise<number>} exit code
 */
export async function build() {
  const from = fingerprint()
  const before = isBuiltFrom(from)
  const draft = join(dist, `new-${process.pid}`)
  removeDrafts()
  const code = await runNode([bundle, 'app', draft])
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true })
    return code
  }
  // Somebody who started at the same instant may have been quicker, and may be running it already.
  if (before || !isBuiltFrom(from)) {
    rmSync(stamp, { force: true })
    for (const part of ['client', 'server']) replace(join(draft, part), join(dist, part))
    writeFileSync(stamp, from)
  }
  rmSync(draft, { recursive: true, force: true })
  return 0
}

/**
 * Runs one of tools/*.ts, bundled like the server, since it may import everything that the server may; bundled again when sources have changed.
 * @returns {Promise<number>} exit code
 */
export async function runTool(name, file, args) {
  const out = join(dist, 'tools', name)
  // Bundling takes a second, which whoever calls a tool again and again would pay each time.
  const from = fingerprint([...sources, 'tools'])
  const mark = join(out, 'built-from')
  if (!isBuiltFrom(from, mark)) {
    removeDrafts()
    // Bundled beside what is there: the same tool may be running already.
    const draft = join(dist, `new-${process.pid}`)
    const code = await runNode([bundle, 'tool', file, draft])
    if (code !== 0 || asked.toStop) return code || 130
    writeFileSync(join(draft, 'built-from'), from)
    mkdirSync(join(dist, 'tools'), { recursive: true })
    if (!isBuiltFrom(from, mark)) replace(draft, out)
    rmSync(draft, { recursive: true, force: true })
  }
  // A soak has its own idea of a Ctrl-C, and of a second one.
  return runNode(['--enable-source-maps', join(out, `${name}.js`), ...args], { passInterrupt: name !== 'soak' })
}

function fingerprint(of = sources) {
  const hash = createHash('sha256')
  for (const source of of) {
    const path = join(root, source)
    const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true }).sort() : ['']
    for (const file of files) {
      // Nothing there: taken away between the two looks, or an editor's link that leads nowhere.
      const there = statSync(join(path, file), { throwIfNoEntry: false })
      if (there) hash.update(`${source}/${file} ${there.size} ${there.mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

function replace(draft, place) {
  rmSync(place, { recursive: true, force: true })
  renameSync(draft, place)
}

/** Those of builds that were killed. */
function removeDrafts() {
  mkdirSync(dist, { recursive: true })
  for (const name of readdirSync(dist)) {
    const pid = /^new-(\d+)$/.exec(name)?.[1]
    if (pid && !existsSync(`/proc/${pid}`)) rmSync(join(dist, name), { recursive: true, force: true })
  }
}
