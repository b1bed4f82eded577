import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from '@playwright/test'

/**
 * Chromium as distributions install it; first the one without a window, which does the journeys in little more than half
 * the time. Not chromium-browser: on Ubuntu that is a script that asks for a snap.
 */
const installed = ['chromium-headless-shell', 'chromium', 'google-chrome-stable', 'google-chrome']

/** The machine's browser for the journeys. Null if there is none: then it is the one that Playwright has downloaded. */
export const installedChromium = (): string | null =>
  installed.map((name) => `/usr/bin/${name}`).find((path) => existsSync(path)) ?? null

const findChromium = () => installedChromium() ?? [chromium.executablePath()].find((path) => existsSync(path)) ?? null

/**
 * Finds a Chromium, or installs one: Debian's package as root, else Playwright's own.
 * @throws one sentence when neither works
 */
export function ensureChromium(): string {
  const found = findChromium()
  if (found) return found
  console.log('No Chromium was found; one is being installed for the browser journeys.')
  const root = process.getuid?.() === 0
  if (root && isDebian()) {
    run('apt-get', ['update', '-q'])
    // Debian has the first since its twelfth release.
    for (const name of ['chromium-headless-shell', 'chromium'])
      if (!findChromium()) run('apt-get', ['install', '-q', '-y', '--no-install-recommends', name])
  }
  if (!findChromium()) {
    const cli = join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js')
    run(process.execPath, [cli, 'install', ...(root ? ['--with-deps'] : []), 'chromium'])
  }
  const now = findChromium()
  if (now) return now
  throw new Error(
    'No Chromium could be installed: install the package "chromium" of your distribution (or run "npx playwright install --with-deps chromium"), then try again.',
  )
}

const isDebian = () => existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))

const run = (program: string, args: string[]) =>
  spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })

if (import.meta.main) {
  try {
    ensureChromium()
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
