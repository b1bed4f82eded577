import { expect, test } from 'vitest'
import { chance } from '../../../../../tests/chance.ts'
import { answerFile } from './answer-file.ts'
import { abs, add, div, eq, type F, f, lt, mul, ONE, sub, toInteger, written, ZERO } from './second-fractions.ts'

/**
 * The engine against a second, independent one: written from docs/achievement.md alone, on fractions of BigInt in lowest terms, with
 * rounding by comparing distances instead of reading digits. It shares no code with the first, and asks it by JSON as the command does.
 */

type Case = {
  method: string
  direction: 'up' | 'down'
  A: F | null
  B: F | null
  T: F | null
  E: F | null
  C: F | null
  years: [number | null, number | null, number | null]
  digits: number
  rounding: string
  display: 'rate' | 'percent'
  cap: F | null
  variant: 'inverse' | 'mirror' | null
  elapsed: number
}

type Found = { state: string; value?: F | null; met?: boolean | null; shown?: string | null; grade?: string | null }

const reach = (c: Case, a: F, b: F) => (c.direction === 'up' ? !lt(a, b) : !lt(b, a))
const better = (c: Case, a: F, b: F) => (c.direction === 'up' ? lt(b, a) : lt(a, b))

const bounds: Record<string, [string, F][]> = {
  mie: [
    ['A', ONE],
    ['B', f(85n, 100n)],
    ['C', f(70n, 100n)],
    ['D', f(-(10n ** 40n))],
  ],
  nagano: [
    ['A', ONE],
    ['B', f(8n, 10n)],
    ['C', f(-(10n ** 40n))],
  ],
  ibaraki: [
    ['A', ONE],
    ['B+', f(8n, 10n)],
    ['B', f(5n, 10n)],
    ['C', f(-(10n ** 40n))],
  ],
  tama: [
    ['100%以上', ONE],
    ['60%以上100%未満', f(6n, 10n)],
    ['60%未満', f(-(10n ** 40n))],
  ],
}
const scaleOf: Record<string, string> = {
  ratio: 'mie',
  ratioDown: 'mie',
  progress: 'nagano',
  growth: 'nagano',
  expectedRatio: 'ibaraki',
  elapsedShare: 'tama',
}
function letter(method: string, value: F): string | null {
  if (method === 'okr')
    return !lt(value, f(7n, 10n))
      ? 'green'
      : !lt(value, f(4n, 10n)) && !lt(f(6n, 10n), value)
        ? 'yellow'
        : !lt(f(3n, 10n), value)
          ? 'red'
          : null
  return bounds[scaleOf[method] ?? '']?.find(([, min]) => !lt(value, min))?.[0] ?? null
}

function rated(c: Case, value: F, met: boolean, graded: F | null = value): Found {
  const unit = 10n ** BigInt(c.digits + (c.display === 'percent' ? 2 : 0))
  const round = (x: F) => toInteger(mul(x, f(unit)), c.rounding)
  let count = round(value)
  if (!met && count >= unit) count = unit - 1n
  else if (c.cap !== null && count > round(c.cap)) count = round(c.cap)
  else if (value[0] < 0n) count = 0n
  return {
    state: 'value',
    value,
    met,
    shown: written(count, c.digits) + (c.display === 'percent' ? '%' : ''),
    grade: graded && letter(c.method, graded),
  }
}

function zeroTarget(c: Case, A: F): Found {
  if (A[0] === 0n) return rated(c, ONE, true)
  return rated(c, c.B && c.B[0] > 0n ? div(sub(c.B, A), c.B) : ZERO, false)
}

function divided(c: Case, A: F, T: F, variant: string, met: boolean): Found {
  if (variant === 'mirror') return rated(c, div(sub(mul(f(2n), T), A), T), met)
  return A[0] === 0n ? { state: 'unbounded', value: null, met: true } : rated(c, div(T, A), met)
}

function falling(c: Case, A: F, T: F): Found {
  if (T[0] < 0n || A[0] < 0n || (c.B && c.B[0] < 0n)) return { state: 'notApplicable', met: !lt(T, A) }
  return T[0] === 0n ? zeroTarget(c, A) : divided(c, A, T, c.variant ?? 'inverse', !lt(T, A))
}

function kept(c: Case, A: F, T: F): Found {
  if (reach(c, A, T)) return rated(c, ONE, true)
  if (T[0] === 0n && c.direction === 'down') return zeroTarget(c, A)
  if (T[0] <= 0n || A[0] < 0n) return { state: 'notApplicable', met: false }
  return c.direction === 'down' ? divided(c, A, T, c.variant ?? 'inverse', false) : rated(c, div(A, T), false)
}

function ratioUp(c: Case, A: F, T: F): Found {
  const met = reach(c, A, T)
  if (T[0] <= 0n || A[0] < 0n || (c.B && c.B[0] < 0n)) return { state: 'notApplicable', met }
  return rated(c, div(A, T), met)
}

function progressed(c: Case, A: F, T: F): Found {
  if (!c.B) return { state: 'noBaseline', met: reach(c, A, T) }
  if (eq(c.B, T)) return kept(c, A, T)
  if (better(c, c.B, T)) return { state: 'contraryTarget', met: reach(c, A, T) }
  return rated(c, div(sub(A, c.B), sub(T, c.B)), reach(c, A, T))
}

function expectedOf(c: Case): F | 'unknown' {
  const [y0, yT, y] = c.years
  if (c.E) return c.E
  if (c.T && (yT === null || yT === y)) return c.T
  if (!c.B || !c.T || y0 === null || yT === null || y === null || yT <= y0 || y < y0) return 'unknown'
  const share = y > yT ? ONE : f(BigInt(y - y0), BigInt(yT - y0))
  return add(c.B, mul(sub(c.T, c.B), share))
}

function solve(c: Case): Found {
  const { A, T, B } = c
  if (c.method === 'maintain') {
    const goal = T ?? B
    if (!A) return { state: goal ? 'noActual' : 'neither' }
    return goal ? kept(c, A, goal) : { state: 'noTarget' }
  }
  if (c.method === 'expectedRatio') {
    const E = expectedOf(c)
    if (!A) return { state: c.T || c.E ? 'noActual' : 'neither' }
    if (E === 'unknown') return { state: !T ? 'noTarget' : !B ? 'noBaseline' : 'noExpected' }
    if (c.direction === 'down')
      return c.variant === null && E[0] !== 0n ? { state: 'notApplicable', met: !lt(E, A) } : falling(c, A, E)
    return E[0] <= 0n || A[0] < 0n ? { state: 'notApplicable', met: !lt(A, E) } : rated(c, div(A, E), !lt(A, E))
  }
  if (c.method === 'compare') {
    if (!A) return { state: T || B ? 'noActual' : 'neither', grade: '−' }
    if (T && reach(c, A, T)) return { state: 'value', met: true, grade: 'S', shown: 'S' }
    const met = T ? false : null
    if (!B) return { state: 'noBaseline', met, grade: '−' }
    const gain = c.direction === 'up' ? sub(A, B) : sub(B, A)
    const grade = gain[0] > 0n ? 'A' : !lt(mul(f(10n), gain), mul(f(-1n), abs(B))) ? 'B' : 'C'
    return { state: 'value', met, grade, shown: grade }
  }
  if (!A) return { state: T ? 'noActual' : 'neither' }
  if (!T) return { state: 'noTarget' }
  if (c.method === 'ratio') {
    if (c.direction === 'up') return ratioUp(c, A, T)
    return c.variant === null && T[0] !== 0n ? { state: 'notApplicable', met: reach(c, A, T) } : falling(c, A, T)
  }
  if (c.method === 'ratioDown')
    return c.direction === 'up' ? { state: 'notApplicable', met: reach(c, A, T) } : falling(c, A, T)
  if (c.method === 'progress') return progressed(c, A, T)
  if (c.method === 'okr') return !B && c.direction === 'up' ? ratioUp(c, A, T) : progressed(c, A, T)
  if (c.method === 'elapsedShare') {
    if (c.direction === 'down') return { state: 'notApplicable' }
    if (c.elapsed === 0) return { state: 'noExpected' }
    if (T[0] <= 0n || A[0] < 0n) return { state: 'notApplicable' }
    const value = div(A, mul(T, f(BigInt(Math.min(c.elapsed, 4)), 4n)))
    return rated(c, value, !lt(value, ONE))
  }
  // growth
  if (!B || !c.C) return { state: 'noBaseline' }
  if (B[0] <= 0n || c.C[0] <= 0n) return { state: 'notApplicable' }
  const [grown, due] = [sub(div(A, c.C), ONE), sub(div(T, B), ONE)]
  const met = reach(c, grown, due)
  const graded = better(c, due, ZERO) ? div(grown, due) : met ? ONE : null
  const unit = f(10n ** BigInt(c.digits + (c.display === 'percent' ? 2 : 0)))
  const round = (x: F) => toInteger(mul(x, unit), c.rounding)
  const [own, bar] = [round(grown), round(due)]
  const count = met ? own : c.direction === 'up' ? (own < bar ? own : bar - 1n) : own > bar ? own : bar + 1n
  const shown = `${count > 0n ? '+' : ''}${written(count, c.digits)}${c.display === 'percent' ? '%' : ''}`
  return { state: 'value', value: grown, met, shown, grade: graded && letter('growth', graded) }
}

const methods = [
  'ratio',
  'ratioDown',
  'progress',
  'expectedRatio',
  'elapsedShare',
  'compare',
  'okr',
  'maintain',
  'growth',
]
const modes = ['half-up', 'half-down', 'half-even', 'down', 'up', 'floor', 'ceiling']

function instance(random: () => number): Case {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const integer = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const figure = (missing = 0.06): F | null => {
    if (random() < missing) return null
    // Small numbers meet edges, thousandths meet roundings.
    const kind = random()
    if (kind < 0.4) return f(BigInt(integer(-4, 12)))
    return kind < 0.7 ? f(BigInt(integer(-20, 120)), 10n) : f(BigInt(integer(1, 2000)), 1000n)
  }
  const year = () => (random() < 0.1 ? null : integer(2019, 2024))
  return {
    method: pick(methods),
    direction: pick(['up', 'down'] as const),
    A: figure(),
    B: figure(0.15),
    T: figure(),
    E: random() < 0.4 ? figure(0) : null,
    C: figure(0.15),
    years: [year(), year(), year()],
    digits: integer(0, 3),
    rounding: pick(modes),
    display: pick(['rate', 'percent'] as const),
    cap: pick([null, ONE, f(3n, 2n)]),
    variant: pick([null, 'inverse', 'mirror'] as const),
    elapsed: integer(0, 6),
  }
}

const decimal = (x: F | null): string | null => {
  if (x === null) return null
  return written(x[0] * (1000n / x[1]), 3)
}
const fraction = ([n, d]: F) => (d === 1n ? `${n}` : `${n}/${d}`)

type Printed = {
  state: string
  value: string | null
  fraction?: string
  met: boolean | null
  shown: string | null
  grade: string | null
}

/** The printed value as a fraction. */
function exactOf({ value, fraction: exact }: Printed): string | null {
  if (value === null || exact !== undefined) return exact ?? null
  const [units = '', part = ''] = value.split('.')
  return fraction(f(BigInt(units + part), 10n ** BigInt(part.length)))
}

test('20,000 random instances have the answers of an independent engine', () => {
  const luck = chance('2019-04-01')
  const random = () => luck.below(1)
  const cases = Array.from({ length: 20_000 }, () => instance(random))
  const asked = cases.map((c) => ({
    method: c.method,
    direction: c.direction,
    baseline: { year: c.years[0], value: decimal(c.B) },
    target: { year: c.years[1], value: decimal(c.T) },
    actual: { year: c.years[2], value: decimal(c.A) },
    expected: decimal(c.E),
    currentBaseline: decimal(c.C),
    digits: c.digits,
    rounding: c.rounding,
    display: c.display,
    cap: c.cap && decimal(c.cap),
    variant: c.variant,
    elapsed: c.elapsed,
    span: 4,
  }))
  const pieces: string[] = []
  expect(answerFile(JSON.stringify(asked), false, (piece) => pieces.push(piece))).toEqual([])
  const answers = JSON.parse(pieces.join('')) as Printed[]
  const differing = cases.flatMap((c, index) => {
    const [mine, theirs] = [solve(c), answers[index] as Printed]
    const wrong = [
      mine.state !== theirs.state && 'state',
      mine.met !== undefined && mine.met !== theirs.met && 'met',
      mine.value && fraction(mine.value) !== exactOf(theirs) && 'value',
      mine.shown !== undefined && mine.shown !== theirs.shown && 'shown',
      mine.grade !== undefined && mine.grade !== theirs.grade && 'grade',
    ].filter(Boolean)
    return wrong.length > 0
      ? [{ wrong, asked: asked[index], mine: { ...mine, value: mine.value && fraction(mine.value) }, theirs }]
      : []
  })
  expect(differing.slice(0, 3)).toEqual([])
  // The instances would prove little if they had no rates.
  const states = Map.groupBy(answers, ({ state }) => state)
  expect(states.get('value')?.length).toBeGreaterThan(8000)
  for (const state of [
    'unbounded',
    'noActual',
    'noTarget',
    'noBaseline',
    'noExpected',
    'neither',
    'contraryTarget',
    'notApplicable',
  ])
    expect(states.get(state)?.length, state).toBeGreaterThan(10)
})
