import { checkChanges } from './changes.ts'
import { placesOf, type Scale, scaleFor } from './decimals.ts'
import { faultsOf } from './feasible.ts'
import { type Instance, listAt, numberAt, pairAt, parsed, readInstance } from './files.ts'
import { boundBy, mostOf, type Prices, TooMuch } from './proofs.ts'

/**
 * Checks a result of `match` against its file. Shares no code with the solver: own reading, own exact arithmetic, and proofs by weak duality, so that a
 * fault of the solver can't hide itself here. It solves nothing.
 */
export type Checked = {
  /** False: something that the result says is not so. */
  right: boolean
  wrong: string[]
  /** What is certain now. */
  verified: string[]
  /** What the result says and its certificate does not prove; it may be so nevertheless. */
  unverified: string[]
}

type Json = Record<string, unknown>

/** Throws Unreadable where one of the two can't be read. */
export function check(file: string, result: string): Checked {
  const instance = readInstance(file)
  const claims = parsed(result, 'the result')
  const found: Omit<Checked, 'right'> = { wrong: [], verified: [], unverified: [] }
  const { status, proven } = claims
  if (status === 'infeasible') infeasible(instance, claims, found)
  else if (status === 'optimal' || status === 'feasible') feasible(instance, claims, found)
  else found.wrong.push('status: is none of optimal, feasible, infeasible')
  if (typeof proven !== 'boolean') found.wrong.push('proven: is neither true nor false')
  if (status === 'optimal' && proven !== true) found.wrong.push('proven: an optimal result is proven')
  if (status === 'feasible' && proven === true) found.wrong.push('status: what is proven is optimal')
  return { right: found.wrong.length === 0, ...found }
}

function infeasible(instance: Instance, claims: Json, { wrong, verified, unverified }: Omit<Checked, 'right'>): void {
  if (listAt(claims, 'pairs', []).length > 0) wrong.push('pairs: an infeasible problem has none')
  const changes = checkChanges(instance, claims)
  wrong.push(...changes.wrong)
  if (changes.does) verified.push('relax: with this change there is a feasible assignment')
  else if (changes.wrong.length === 0) unverified.push(`relax: ${changes.why}`)
  if (changes.smallest) verified.push('infeasible, and no smaller change would do')
  else if (changes.does) unverified.push(`no smaller change would do: ${changes.why}`)
}

function feasible(instance: Instance, claims: Json, found: Omit<Checked, 'right'>): void {
  const { wrong, verified } = found
  const pairs = listAt(claims, 'pairs').map((pair, at) => pairAt(pair, `pairs[${at}]`))
  const faults = faultsOf(instance, pairs)
  wrong.push(...faults)
  if (faults.length > 0) return
  verified.push('pairs: a feasible assignment')

  const certificate = (claims.certificate ?? {}) as Json
  const [ofWorst, ofTotal] = [proofAt(certificate.worst), proofAt(certificate.total)]
  const slack = claims.resolution === undefined ? 0 : numberAt(claims.resolution, 'resolution')
  const scores = instance.scores.flat().filter((score) => score !== null)
  const largest = scores.reduce((most, score) => Math.max(most, score), 0)
  if (slack < 0 || slack > largest * 1.001e-9)
    wrong.push('resolution: is coarser than a billionth of the largest score')
  const prices = [ofWorst, ofTotal].flatMap(({ experts, balance }) =>
    [...experts, ...balance].map(([, price]) => price),
  )
  const scale = scaleFor([...scores, ...prices, slack])
  const units = instance.need.map(() => 0n)
  for (const [one, expert] of pairs) units[one]! += scale.of(instance.scores[one]![expert]!)
  const worst = units.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))[0] ?? 0n
  const total = units.reduce((sum, one) => sum + one, 0n)

  const bounds = (claims.bounds ?? {}) as Json
  for (const [name, exact] of [
    ['worst', worst],
    ['total', total],
  ] as const) {
    const value = Number(scale.shown(exact))
    const near = (one: number) => Math.abs(one - value) <= 1e-12 * Math.max(1, Math.abs(value))
    const [claimed, bound] = [numberAt(claims[name], name), numberAt(bounds[name], `bounds.${name}`)]
    if (near(claimed)) verified.push(`${name}: the pairs make ${scale.shown(exact)}`)
    else wrong.push(`${name}: is ${claimed}, but the pairs make ${scale.shown(exact)}`)
    if (bound < value && !near(bound)) wrong.push(`bounds.${name}: is below what the pairs make`)
    if (claims.proven === true && !near(bound)) wrong.push(`bounds.${name}: what is proven has its bound at the value`)
  }
  if (wrong.length > 0) return
  // Sums of scores are multiples of their smallest place: what is less than that above is not above.
  const step = scale.of(
    slack === 0 ? Number(`1e-${scores.reduce((most, score) => Math.max(most, placesOf(score)), 0)}`) : slack,
  )
  const own = { instance, scale, worst, total, step, rough: slack === 0 ? 0n : scale.of(slack) }
  prove(found, 'no assignment has a greater worst', () => provesWorst(own, ofWorst))
  prove(found, 'no assignment with this worst has a greater total', () => provesTotal(own, ofTotal, pairs.length))
}

type Proof = Prices & { kind: unknown; case: unknown }

function proofAt(value: unknown): Proof {
  const proof = (value ?? {}) as Json
  const listed = (key: string) =>
    listAt(proof, key, []).map((one, at) => {
      const [place, price] = Array.isArray(one) ? one : []
      return [numberAt(place, `certificate.${key}[${at}][0]`), numberAt(price, `certificate.${key}[${at}][1]`)] as const
    })
  return { kind: proof.kind, case: proof.case, experts: listed('experts'), balance: listed('balance') }
}

/** Null: proven; else why not. */
function prove({ verified, unverified }: Omit<Checked, 'right'>, claim: string, proof: () => string | null): void {
  try {
    const doubt = proof()
    if (doubt === null) verified.push(claim)
    else unverified.push(`${claim}: ${doubt}`)
  } catch (error) {
    if (!(error instanceof TooMuch || error instanceof RangeError)) throw error
    unverified.push(`${claim}: ${error.message}`)
  }
}

type Own = {
  instance: Instance
  scale: Scale
  worst: bigint
  total: bigint
  /** Greater by less than this is not greater. */
  step: bigint
  /** How far each score may have been rounded when it was solved. */
  rough: bigint
}

const mostNeeded = ({ need }: Instance) => need.reduce((most, one) => Math.max(most, one), 1)

function provesWorst({ instance, scale, worst, step, rough }: Own, proof: Proof): string | null {
  const { need } = instance
  const room = rough * BigInt(2 * mostNeeded(instance) + 2)
  if (need.length === 0) return null
  if (proof.kind === 'case') {
    const one = Number(proof.case)
    if (!Number.isSafeInteger(one) || one < 0 || one >= need.length)
      return 'the certificate names a case that is not there'
    const most = mostOf(instance, scale, one, (_, score) => score, 0n)
    if (most === null || most <= worst + room) return null
    return `case ${one} alone could get ${scale.shown(most)}`
  }
  if (proof.kind !== 'prices') return 'it rests on the solver’s search'
  const beyond = worst + (rough === 0n ? step : room)
  const bound = boundBy(instance, scale, proof, beyond, 'nothing')
  if (bound === null || bound < 0n) return null
  return 'the prices of the certificate don’t add up to a contradiction'
}

function provesTotal({ instance, scale, worst, total, step, rough }: Own, proof: Proof, pairs: number): string | null {
  const room = rough * BigInt(2 * pairs + 2)
  const level = worst + rough * BigInt(mostNeeded(instance) + 1)
  const bound = boundBy(instance, scale, proof, level, 'score')
  if (bound === null || bound < total + step + room) return null
  return `by the prices of the certificate it could be ${scale.shown(bound)}${proof.kind === 'search' ? '; the rest rests on the solver’s search' : ''}`
}
