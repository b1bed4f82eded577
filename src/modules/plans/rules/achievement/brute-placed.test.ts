import { expect, test } from 'vitest'
import { chance } from '../../../../../tests/chance.ts'
import { answerFile } from './answer-file.ts'
import { abs, add, div, eq, type F, f, lt, mul, ONE, sub, toInteger, written, ZERO } from './second-fractions.ts'

/**
 * The other seven methods against the second engine, written from docs/achievement.md alone: those that place an actual, that weigh parts,
 * or that add points.
 */

type Part = { weight: F; value: F | null }
type Span = { low: F | null; lowOpen: boolean; high: F | null; highOpen: boolean }
type Case = {
  method: string
  direction: 'up' | 'down'
  A: F | null
  B: F | null
  T: F | null
  final: F | null
  E: F | null
  years: { base: number | null; target: number | null; final: number | null; actual: number | null }
  span: Span | null
  parts: Part[] | null
  policy: F[]
  worst: boolean
  band: F | null
  outside: boolean
  digits: number
  rounding: string
  display: 'rate' | 'percent'
  cap: F | null
  variant: 'inverse' | 'mirror' | null
}
type Found = { state: string; value?: F | null; met?: boolean | null; shown?: string | null; grade?: string | null }

const better = (c: Case, a: F, b: F) => (c.direction === 'up' ? lt(b, a) : lt(a, b))
const reach = (c: Case, a: F, b: F) => !better(c, b, a)
const gain = (c: Case, a: F, b: F) => (c.direction === 'up' ? sub(a, b) : sub(b, a))
const smallest = (list: F[]) => list.reduce((least, one) => (lt(one, least) ? one : least))
const sum = (list: F[]) => list.reduce(add, ZERO)
const units = (c: Case, value: F) =>
  toInteger(mul(value, f(10n ** BigInt(c.digits + (c.display === 'percent' ? 2 : 0)))), c.rounding)
const printed = (c: Case, count: bigint) => written(count, c.digits) + (c.display === 'percent' ? '%' : '')

function rate(c: Case, value: F, met: boolean | null): Found {
  const one = units(c, ONE)
  const own = units(c, value)
  let count = own
  if (met === false && own >= one) count = one - 1n
  else if (c.cap && own > units(c, c.cap)) count = units(c, c.cap)
  else if (lt(value, ZERO)) count = 0n
  return { state: 'value', value, met, shown: printed(c, count), grade: null }
}

/** What was due in the year, and whether it is only the year's own target. */
function due(c: Case): { E: F; ownTarget: boolean } | null {
  if (c.E) return { E: c.E, ownTarget: false }
  const { base, target, final, actual } = c.years
  if (!c.final && c.T && (target === null || target === actual)) return { E: c.T, ownTarget: true }
  const [goal, last] = c.final ? [c.final, final] : [c.T, target]
  if (!c.B || !goal || base === null || last === null || actual === null || last <= base || actual < base) return null
  const passed = f(BigInt(Math.min(actual, last) - base), BigInt(last - base))
  return { E: add(c.B, mul(sub(goal, c.B), passed)), ownTarget: false }
}

function expectedBand(c: Case): Found {
  const goal = c.final ?? c.T
  if (!c.A) return { state: goal ? 'noActual' : 'neither' }
  if (!goal) return { state: 'noTarget' }
  const met = reach(c, c.A, goal)
  if (!c.B) return { state: 'noBaseline', met }
  if (eq(goal, c.B)) return { state: 'notApplicable', met }
  if (better(c, c.B, goal)) return { state: 'contraryTarget', met }
  const pace = due(c)
  const place = pace && better(c, pace.E, c.B) ? div(sub(c.A, c.B), sub(pace.E, c.B)) : null
  const says = (grade: string): Found => ({ state: 'value', value: place, met, grade, shown: grade })
  if (met) return says('目標値以上')
  if (!better(c, c.A, c.B)) return says('基準値以下')
  if (!place) return { state: 'noExpected', met }
  const w = c.band ?? f(3n, 10n)
  return says(lt(add(ONE, w), place) ? 'A' : lt(place, sub(ONE, w)) ? 'C' : 'B')
}

function surveyBand(c: Case): Found {
  if (!c.A) return { state: c.B ? 'noActual' : 'neither' }
  if (!c.B) return { state: 'noBaseline' }
  const met = c.T ? reach(c, c.A, c.T) : null
  const change = gain(c, c.A, c.B)
  const band = c.band ?? f(3n)
  const moved = lt(band, abs(change)) || (c.outside && eq(band, abs(change)))
  const pace = due(c)
  const E = pace && !pace.ownTarget ? pace.E : null
  const improved = lt(ZERO, change)
  const onPace = E ? better(c, E, c.B) && reach(c, c.A, E) : moved && improved
  const grade = met || onPace ? 'a' : !moved || improved ? 'b' : 'c'
  return { state: 'value', value: change, met, grade, shown: grade }
}

function weighed(c: Case): Found {
  const parts = c.parts ?? []
  const known = parts.filter((part): part is { weight: F; value: F } => part.value !== null)
  const weight = sum(known.map((part) => part.weight))
  if (eq(weight, ZERO)) return { state: 'noParts' }
  const value = c.worst
    ? smallest(known.map((part) => part.value))
    : div(sum(known.map((part) => mul(part.weight, part.value))), weight)
  const done = !lt(value, ONE)
  return rate(c, value, done && known.length < parts.length ? null : done)
}

function range(c: Case): Found {
  const span: Span | null =
    c.span ??
    (c.T && {
      low: c.direction === 'up' ? c.T : null,
      lowOpen: false,
      high: c.direction === 'down' ? c.T : null,
      highOpen: false,
    })
  if (!c.A) return { state: span ? 'noActual' : 'neither' }
  if (!span) return { state: 'noTarget' }
  const share = (small: F, large: F): Found =>
    lt(small, ZERO) || !lt(ZERO, large) ? { state: 'notApplicable', met: false } : rate(c, div(small, large), false)
  const { low, high } = span
  if (low && (lt(c.A, low) || (span.lowOpen && eq(c.A, low)))) return share(c.A, low)
  if (high && (lt(high, c.A) || (span.highOpen && eq(c.A, high)))) return share(high, c.A)
  return rate(c, ONE, true)
}

function improve(c: Case): Found {
  if (!c.A) return { state: c.B ? 'noActual' : 'neither' }
  if (!c.B) return { state: 'noBaseline' }
  const change = sub(c.A, c.B)
  const count = units(c, change)
  const grade = better(c, c.A, c.B) ? '改善' : eq(c.A, c.B) ? '横ばい' : '悪化'
  return {
    state: 'value',
    value: change,
    met: grade === '改善',
    grade,
    shown: (count > 0n ? '+' : '') + printed(c, count),
  }
}

/** The rate by which a single indicator earns its points: a fraction, 'unbounded', or why there is none. */
function rateForPoints(c: Case): Found | { rate: F | 'unbounded'; met: boolean } {
  const { A, B, T } = c
  if (!A) return { state: T ? 'noActual' : 'neither' }
  if (!T) return { state: 'noTarget' }
  const met = reach(c, A, T)
  const negative = [A, T, ...(B ? [B] : [])].some((one) => lt(one, ZERO))
  if (c.direction === 'up') return negative || eq(T, ZERO) ? { state: 'notApplicable', met } : { rate: div(A, T), met }
  if (negative) return { state: 'notApplicable', met }
  if (eq(T, ZERO)) return { rate: met ? ONE : B && lt(ZERO, B) ? div(sub(B, A), B) : ZERO, met }
  if (c.variant === 'mirror') return { rate: sub(f(2n), div(A, T)), met }
  return { rate: eq(A, ZERO) ? 'unbounded' : div(T, A), met }
}

function points(c: Case): Found {
  const earned = (of: F | 'unbounded') =>
    of === 'unbounded' ? 7 : 1 + [5n, 6n, 7n, 8n, 9n, 10n].filter((tenths) => !lt(of, f(tenths, 10n))).length
  const single = c.parts ? null : rateForPoints(c)
  if (single && 'state' in single) return single
  const known = (c.parts ?? []).flatMap(({ value }) => (value ? [{ rate: value, met: !lt(value, ONE) }] : []))
  const rated = single ? [single] : known
  if (rated.length === 0) return { state: 'noParts' }
  const whole = !c.parts || known.length === c.parts.length
  const total = sum([...rated.map((one) => f(BigInt(earned(one.rate)))), ...c.policy])
  const bands: [string, bigint][] = [
    ['18〜16', 16n],
    ['15〜13', 13n],
    ['12〜11', 11n],
    ['10以下', -(10n ** 9n)],
  ]
  const grade = c.policy.length > 0 && whole ? (bands.find(([, min]) => !lt(total, f(min)))?.[0] ?? null) : null
  const all = rated.every(({ met }) => met)
  return { state: 'value', value: total, met: all && !whole ? null : all, grade, shown: decimal(total) }
}

const engine: Record<string, (c: Case) => Found> = {
  expectedBand,
  surveyBand,
  milestone: weighed,
  rollup: weighed,
  range,
  improve,
  points,
}

/** A fraction of thousandths without trailing zeros. */
function decimal(x: F): string {
  const text = written(x[0] * (1000n / x[1]), 3)
  return text.replace(/\.?0+$/, '')
}

const modes = ['half-up', 'half-down', 'half-even', 'down', 'up', 'floor', 'ceiling']

function instance(method: string, random: () => number): Case {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const integer = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  // Small whole numbers meet each other, 0 and bounds; halves of a digit meet roundings.
  const known = (): F => {
    const kind = random()
    if (kind < 0.5) return f(BigInt(integer(-3, 8)))
    return kind < 0.75 ? f(BigInt(integer(-20, 120)), 10n) : f(BigInt(integer(-500, 2500)), 1000n)
  }
  const figure = (missing: number): F | null => (random() < missing ? null : known())
  const year = () => (random() < 0.12 ? null : integer(2019, 2024))
  const positive = (): F => f(BigInt(integer(0, 4)), pick([1n, 2n, 10n]))
  const spanOf = (): Span => {
    const [a, b] = [known(), known()]
    const [low, high] = lt(a, b) ? [a, b] : [b, a]
    const open = () => !eq(low, high) && random() < 0.4
    const which = random()
    return {
      low: which < 0.2 ? null : low,
      lowOpen: open(),
      high: which > 0.8 ? null : high,
      highOpen: open(),
    }
  }
  const rates = (): F | null =>
    pick([null, ONE, ZERO, f(BigInt(integer(-2, 13)), 10n), f(BigInt(integer(450, 1100)), 1000n)])
  const weighs = method === 'milestone' || method === 'rollup'
  return {
    method,
    direction: pick(['up', 'down'] as const),
    A: figure(0.08),
    B: figure(0.12),
    T: figure(0.12),
    final: random() < 0.25 ? known() : null,
    E: random() < 0.3 ? known() : null,
    years: { base: year(), target: year(), final: year(), actual: year() },
    span: method === 'range' && random() < 0.7 ? spanOf() : null,
    parts:
      weighs || (method === 'points' && random() < 0.5)
        ? Array.from({ length: integer(1, 4) }, () => ({ weight: random() < 0.5 ? ONE : positive(), value: rates() }))
        : null,
    policy: random() < 0.6 ? Array.from({ length: integer(1, 4) }, () => f(BigInt(integer(1, 3)))) : [],
    worst: weighs && random() < 0.3,
    band: random() < 0.4 ? positive() : null,
    outside: random() < 0.4,
    digits: integer(0, 3),
    rounding: pick(modes),
    display: pick(['rate', 'percent'] as const),
    cap: pick([null, ONE, f(3n, 2n)]),
    variant: pick([null, 'inverse', 'mirror'] as const),
  }
}

const text = (x: F | null) => x && decimal(x)

function asked(c: Case) {
  const { span } = c
  const target = span
    ? {
        ...(span.low && { [span.lowOpen ? 'above' : 'min']: text(span.low) }),
        ...(span.high && { [span.highOpen ? 'below' : 'max']: text(span.high) }),
        year: c.years.target,
      }
    : { value: text(c.T), year: c.years.target }
  return {
    method: c.method,
    direction: c.direction,
    baseline: { value: text(c.B), year: c.years.base },
    target,
    finalTarget: c.final && { value: text(c.final), year: c.years.final },
    actual: { value: text(c.A), year: c.years.actual },
    expected: text(c.E),
    parts: c.parts?.map(({ weight, value }) => ({ weight: text(weight), value: text(value) })) ?? null,
    policy: c.policy.map(text),
    combine: c.worst ? 'worst' : 'mean',
    band: text(c.band),
    bandEdge: c.outside ? 'outside' : 'inside',
    digits: c.digits,
    rounding: c.rounding,
    display: c.display,
    cap: text(c.cap),
    variant: c.variant,
  }
}

type Printed = {
  state: string
  value: string | null
  fraction?: string
  met: boolean | null
  shown: string | null
  grade: string | null
}

function exactOf({ value, fraction }: Printed): F | null {
  if (value === null) return null
  if (fraction !== undefined) {
    const [n = '', d = '1'] = fraction.split('/')
    return f(BigInt(n), BigInt(d))
  }
  const [whole = '', part = ''] = value.split('.')
  return f(BigInt(whole + part), 10n ** BigInt(part.length))
}

test.each(
  Object.entries({
    expectedBand: ['noBaseline', 'noActual', 'noTarget', 'neither', 'notApplicable', 'contraryTarget', 'noExpected'],
    surveyBand: ['noBaseline', 'noActual', 'neither'],
    milestone: ['noParts'],
    rollup: ['noParts'],
    range: ['noActual', 'noTarget', 'neither', 'notApplicable'],
    improve: ['noBaseline', 'noActual', 'neither'],
    points: ['noParts', 'noActual', 'noTarget', 'neither', 'notApplicable'],
  }),
)('2,000 random instances of %s have the answers of an independent engine', (method, states) => {
  const luck = chance(`placed ${method}`)
  const random = () => luck.below(1)
  const cases = Array.from({ length: 2000 }, () => instance(method, random))
  const pieces: string[] = []
  expect(answerFile(JSON.stringify(cases.map(asked)), false, (piece) => pieces.push(piece))).toEqual([])
  const answers = JSON.parse(pieces.join('')) as Printed[]
  const differing = cases.flatMap((c, index) => {
    const [mine, theirs] = [engine[method]!(c), answers[index] as Printed]
    const value = exactOf(theirs)
    const wrong = [
      mine.state !== theirs.state && 'state',
      mine.met !== undefined && mine.met !== theirs.met && 'met',
      mine.value !== undefined && !(mine.value && value ? eq(mine.value, value) : mine.value === value) && 'value',
      (mine.shown ?? null) !== theirs.shown && 'shown',
      (mine.grade ?? null) !== theirs.grade && 'grade',
    ].filter(Boolean)
    return wrong.length > 0
      ? [{ wrong, asked: asked(c), mine: JSON.stringify(mine, (_, x) => (typeof x === 'bigint' ? `${x}` : x)), theirs }]
      : []
  })
  expect(differing.slice(0, 2)).toEqual([])
  // Instances that all end in one state would prove little.
  for (const state of ['value', ...states])
    expect(answers.filter((one) => one.state === state).length, state).toBeGreaterThan(2)
})
