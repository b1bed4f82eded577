import { checkChanges } from './changes.ts'
import { placesOf, type Scale, scaleFor } from './decimals.ts'
import { faultsOf } from './feasible.ts'
import { type Instance, listAt, numberAt, pairAt, parsed, readInstance } from './files.ts'
import { boundBy, type Exact, mostOf, type Prices, TooMuch } from './proofs.ts'

/**
 * Checks a result of `match` against its file. Shares no code with the solver: own reading, own exact arithmetic, and proofs by weak duality, so that a
 * fault of the solver can't hide itself here. It solves nothing.
 */
export type Checked = {
  /** `wrong`: something that the result says is not so. `unproven`: nothing is wrong, but not all that it says is certain. */
  verdict: 'right' | 'unproven' | 'wrong'
  wrong: string[]
  /** What is certain now. */
  verified: string[]
  /** What the result says and its certificate does not prove; it may be so nevertheless. */
  unverified: string[]
}

type Found = Omit<Checked, 'verdict'>

type Json = Record<string, unknown>

/** Throws Unreadable where one of the two can't be read. */
export function check(file: string, result: string): Checked {
  const instance = readInstance(file)
  const claims = parsed(result, 'the result')
  const found: Found = { wrong: [], verified: [], unverified: [] }
  const { status, proven } = claims
  if (status === 'infeasible') infeasible(instance, claims, found)
  else if (status === 'optimal' || status === 'feasible') feasible(instance, claims, found)
  else found.wrong.push('status: is none of optimal, feasible, infeasible')
  if (typeof proven !== 'boolean') found.wrong.push('proven: is neither true nor false')
  if (status === 'optimal' && proven !== true) found.wrong.push('proven: an optimal result is proven')
  if (status === 'feasible' && proven === true) found.wrong.push('status: what is proven is optimal')
  const verdict = found.wrong.length > 0 ? 'wrong' : found.unverified.length > 0 ? 'unproven' : 'right'
  return { verdict, ...found }
}

function infeasible(instance: Instance, claims: Json, { wrong, verified, unverified }: Found): void {
  if (listAt(claims, 'pairs', []).length > 0) wrong.push('pairs: an infeasible problem has none')
  const changes = checkChanges(instance, claims)
  wrong.push(...changes.wrong)
  if (changes.does) verified.push('relax: with this change there is a feasible assignment')
  else if (changes.wrong.length === 0) unverified.push(`relax: ${changes.why}`)
  if (changes.smallest) verified.push('infeasible, and no smaller change would do')
  else if (changes.does) unverified.push(`no smaller change would do: ${changes.why}`)
}

function feasible(instance: Instance, claims: Json, found: Found): void {
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
  // Rounding may move no score by more than that: fractions of a coarse grid lie on it.
  const moved = (score: number) => Math.abs(score - Math.round(score / slack) * slack)
  if (slack < 0 || (slack > 0 && scores.some((score) => moved(score) > Math.max(largest * 0.501e-9, 1e-300))))
    wrong.push('resolution: moves a score by more than half a billionth of the largest')
  const prices = [ofWorst, ofTotal].flatMap(({ experts, balance }) =>
    [...experts, ...balance].map(([, price]) => price),
  )
  const scale = scaleFor([...scores, ...prices, slack])
  const units = instance.need.map(() => 0n)
  for (const [one, expert] of pairs) units[one]! += scale.of(instance.scores[one]![expert]!)
  const worst = leastOf(units)
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
  const places = scores.reduce((most, score) => Math.max(most, placesOf(score)), 0)
  const step = scale.of(slack === 0 ? Number(`1e-${places}`) : slack)
  // Scores of more digits than are taken exactly were rounded to the resolution; so they are here, and proofs are about these.
  const rounded = (score: bigint) => (slack === 0 ? score : ((2n * score + step) / (2n * step)) * step)
  const exact = instance.scores.map((line) => line.map((score) => (score === null ? null : rounded(scale.of(score)))))
  const sums = instance.need.map((_, one) =>
    pairs.reduce((sum, [a, b]) => (a === one ? sum + exact[one]![b]! : sum), 0n),
  )
  const own: Own = {
    instance,
    scale,
    exact,
    worst: leastOf(sums),
    total: sums.reduce((sum, one) => sum + one, 0n),
    step,
  }
  if (claims.proven !== true) return
  prove(found, 'no assignment has a greater worst', ofWorst, () => provesWorst(own, ofWorst))
  prove(found, 'no assignment with this worst has a greater total', ofTotal, () => provesTotal(own, ofTotal))
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

/**
 * `proof` answers null where it proves the claim, else why not. A certificate that says it proves and does not is wrong; one that says it rests on
 * the solver's search, or none at all, leaves the claim unproven.
 */
function prove(
  { wrong, verified, unverified }: Found,
  claim: string,
  { kind }: Proof,
  proof: () => string | null,
): void {
  const pretends = kind === 'case' || kind === 'prices'
  try {
    const doubt = proof()
    if (doubt === null) verified.push(claim)
    else if (pretends) wrong.push(`certificate: does not prove that ${claim}: ${doubt}`)
    else unverified.push(`${claim}: ${doubt}`)
  } catch (error) {
    if (error instanceof RangeError) wrong.push(`certificate: ${error.message}`)
    else if (error instanceof TooMuch) unverified.push(`${claim}: ${error.message}`)
    else throw error
  }
}

type Own = {
  instance: Instance
  scale: Scale
  exact: Exact
  worst: bigint
  total: bigint
  /** Greater by less than this is not greater. */
  step: bigint
}

const leastOf = (values: readonly bigint[]) => values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))[0] ?? 0n

function provesWorst({ instance, scale, exact, worst, step }: Own, proof: Proof): string | null {
  const { need } = instance
  if (need.length === 0) return null
  const alone = (one: number) => {
    const most = mostOf(instance, exact, one, (_, score) => score, 0n)
    return most === null || most <= worst ? null : `case ${one} alone could get ${scale.shown(most)}`
  }
  if (proof.kind === 'case') {
    const one = Number(proof.case)
    return need[one] === undefined ? 'it names a case that is not there' : alone(one)
  }
  // Whatever the certificate, one case that can get no more proves it.
  if (proof.kind !== 'prices')
    return need.some((_, one) => alone(one) === null) ? null : 'it rests on the solver’s search, or on nothing'
  const bound = boundBy(instance, scale, exact, proof, worst + step, 'nothing')
  return bound === null || bound < 0n ? null : 'its prices don’t add up to a contradiction'
}

function provesTotal({ instance, scale, exact, worst, total, step }: Own, proof: Proof): string | null {
  const bound = boundBy(instance, scale, exact, proof, worst, 'score')
  return bound === null || bound < total + step ? null : `by its prices it could be ${scale.shown(bound)}`
}
