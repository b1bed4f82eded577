import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from './figure.ts'

/** The whole command on files of known sizes, process start included; memory is the most that its process ever held. */
export const bench: Bench = {
  name: 'matching',
  async run(report) {
    const folder = mkdtempSync(join(tmpdir(), 'matching-'))
    // Bundles the tool, which would otherwise count for the first problem.
    await command(['tools/node.mjs', 'match'])
    try {
      for (const { name, aim, ...sizes } of problems) {
        const path = join(folder, `${name}.json`)
        writeFileSync(path, JSON.stringify(problemOf(sizes)))
        const { seconds, mebibytes, out } = await command([join('dist', 'tools', 'match', 'match.js'), path])
        const { status, proven } = JSON.parse(out)
        const met = seconds <= aim && proven === true
        const size = `${sizes.cases} × ${sizes.experts}, ${sizes.what}: ${status}${proven ? ', proven' : ''}`
        report({ name, size, value: seconds, unit: 's', aim: `proven within ${aim} s`, met })
        report({
          name: `${name}, memory`,
          size,
          value: mebibytes,
          unit: 'MiB',
          aim: 'within 1 GiB',
          met: mebibytes <= 1024,
        })

        const result = join(folder, `${name}.result.json`)
        writeFileSync(result, out)
        const checked = await command([join('dist', 'tools', 'match', 'match.js'), '--check', path, result])
        const { verdict } = JSON.parse(checked.out)
        const aimed = { aim: 'verified in all it says', met: verdict === 'right' }
        report({ name: `${name}, check`, size, value: checked.seconds, unit: 's', ...aimed })
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

type Sizes = {
  cases: number
  experts: number
  need: [number, number]
  min: number
  max: number
  density?: number
  balance?: boolean
  what: string
}

const conference = { cases: 118, experts: 177, aim: 20 }
const problems: (Sizes & { name: string; aim: number })[] = [
  { name: 'desk', cases: 40, experts: 60, need: [2, 2], min: 0, max: 3, aim: 1, what: '2 wanted' },
  {
    name: 'desk, balanced',
    cases: 40,
    experts: 60,
    need: [3, 3],
    min: 0,
    max: 4,
    balance: true,
    aim: 5,
    what: '3 wanted, 3 rules with prices',
  },
  ...[0, 1, 2].map((min) => ({
    ...conference,
    name: `conference, at least ${min}`,
    need: [3, 3] as [number, number],
    min,
    max: 4,
    what: '3 wanted',
  })),
  ...[0, 1, 2].map((min) => ({
    ...conference,
    name: `mixed, at least ${min}`,
    need: [1, 3] as [number, number],
    min,
    max: 4,
    what: '1 to 3 wanted',
  })),
  { name: 'conference, tight', ...conference, need: [3, 3], min: 2, max: 2, what: '3 wanted, every place taken' },
  {
    name: 'large',
    cases: 2000,
    experts: 1000,
    need: [1, 3],
    min: 1,
    max: 6,
    density: 0.03,
    aim: 120,
    what: '1 to 3 wanted, 3 in 100 pairs possible',
  },
]

/** Conference-like scores: cosines of topics, with noise, to four digits. The same sizes give the same problem. */
function problemOf({ cases, experts, need: [least, most], min, max, density = 0.98, balance }: Sizes) {
  const next = random(cases * 1000 + experts + min)
  const vector = () => {
    const raw = Array.from({ length: 24 }, () => (-Math.log(1 - next())) ** 3)
    const length = Math.hypot(...raw)
    return raw.map((one) => one / length)
  }
  const wanted = Array.from({ length: cases }, vector)
  const offered = Array.from({ length: experts }, vector)
  const score = (one: readonly number[], other: readonly number[]) =>
    next() > density
      ? null
      : Math.round(1e4 * one.reduce((sum, x, at) => sum + x * other[at]!, 0) * (0.75 + 0.25 * next())) / 1e4
  return {
    scores: wanted.map((one) => offered.map((other) => score(one, other))),
    cases: wanted.map(() => ({ need: least + Math.floor(next() * (most - least + 1)) })),
    experts: offered.map(() => ({
      min,
      max,
      groups: [next() < 0.4 ? 'f' : 'm', ['30s', '40s', '50s'][Math.floor(next() * 3)]],
    })),
    conflicts: [],
    pins: [],
    balance: balance
      ? [
          { per: 'case', group: 'f', min: 1, max: 2 },
          { per: 'case', group: '30s', max: 2 },
          { per: 'all', group: '50s', min: 25 },
        ]
      : [],
  }
}

/** Mulberry32: small, seeded, good enough for test data. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function command(args: string[]): Promise<{ seconds: number; mebibytes: number; out: string }> {
  return new Promise((done, fail) => {
    const since = performance.now()
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    let out = ''
    let peak = 0
    const look = () => {
      peak = Math.max(peak, peakOf(child.pid))
    }
    const watch = setInterval(look, 20)
    child.stdout.on('data', (part) => {
      look()
      out += part
    })
    child.on('error', fail)
    child.on('close', () => {
      clearInterval(watch)
      done({ seconds: (performance.now() - since) / 1000, mebibytes: peak, out })
    })
  })
}

/** The most that a process has held so far, in MiB, as Linux counts it; 0 once it has ended. */
function peakOf(pid: number | undefined): number {
  try {
    const [, kibibytes = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kibibytes) / 1024
  } catch {
    return 0
  }
}
