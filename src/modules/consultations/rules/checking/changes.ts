import { type Scale, scaleFor } from './decimals.ts'
import { faultsOf } from './feasible.ts'
import { allows, type Instance, inGroup, listAt, numberAt, pairAt, Unreadable } from './files.ts'

type Json = Record<string, unknown>
type Change = { path: string; from: number; to: number }

/** What the proposed change of an infeasible problem claims: it does, and nothing smaller would. */
export type ChangesChecked = { wrong: string[]; does: boolean; smallest: boolean; why: string }

export function checkChanges(instance: Instance, result: Json): ChangesChecked {
  const changes = listAt(result, 'relax').map((one, at): Change => {
    const { change, from, to } = (one ?? {}) as Json
    return { path: String(change), from: numberAt(from, `relax[${at}].from`), to: numberAt(to, `relax[${at}].to`) }
  })
  const wrong = changes.flatMap((change, at) => faultsOfChange(instance, changes, change, at))
  const certificate = (result.certificate ?? {}) as Json
  const units = changes.reduce((sum, { from, to }) => sum + Math.abs(to - from), 0)
  if (changes.length === 0) wrong.push('relax: says no change')
  if (wrong.length > 0 || !Array.isArray(certificate.pairs))
    return { wrong, does: false, smallest: false, why: 'there is no assignment to show that the change does' }

  const pairs = certificate.pairs.map((pair, at) => pairAt(pair, `certificate.pairs[${at}]`))
  const faults = faultsOf(changed(instance, changes), pairs).map((fault) => `certificate, after the change: ${fault}`)
  if (faults.length > 0) return { wrong: faults, does: false, smallest: false, why: '' }
  const prices = listAt(certificate, 'prices', []).map((one, at): Priced => {
    const [path, case_, price] = Array.isArray(one) ? one : []
    return {
      path: String(path),
      case: case_ === null ? null : numberAt(case_, `certificate.prices[${at}][1]`),
      price: numberAt(price, `certificate.prices[${at}][2]`),
    }
  })
  const scale = scaleFor(prices.map(({ price }) => price))
  const bound = leastUnits(instance, scale, prices, units)
  return {
    wrong,
    does: true,
    smallest: bound > scale.of(units - 1),
    why: `the prices prove ${scale.shown(bound)} units, the change takes ${units}`,
  }
}

const pattern =
  /^(?:(experts)\[(\d+)\]\.(min|max)|(cases)\[(\d+)\]\.(need)|(balance)\[(\d+)\]\.(min|max)|(pins)\[(\d+)\])$/

/** The parts of a path: list, place, key. */
function parts(path: string): { list: string; at: number; key: string } | null {
  const [, ...found] = pattern.exec(path) ?? []
  const [list, at, key = ''] = found.filter((part) => part !== undefined)
  return list === undefined ? null : { list, at: Number(at), key }
}

/** What the bound is now; undefined if there is none such. */
function valueAt({ need, min, max, rules, pins }: Instance, path: string): number | undefined {
  const { list = '', at = 0, key = '' } = parts(path) ?? {}
  if (list === 'experts') return key === 'min' ? min[at] : max[at]
  if (list === 'cases') return need[at]
  if (list === 'balance') return key === 'min' ? rules[at]?.min : rules[at]?.max
  return list === 'pins' && pins[at] ? 1 : undefined
}

function faultsOfChange(instance: Instance, all: readonly Change[], { path, from, to }: Change, at: number): string[] {
  const value = valueAt(instance, path)
  const name = `relax[${at}]`
  if (value === undefined || !Number.isFinite(value)) return [`${name}: ${path} is no bound of the file`]
  const faults = []
  if (value !== from) faults.push(`${name}: ${path} is ${value}, not ${from}`)
  if (!Number.isSafeInteger(to) || to < 0 || to === from || (path.startsWith('pins') && to !== 0))
    faults.push(`${name}: ${to} is no change`)
  if (all.findIndex((other) => other.path === path) < at) faults.push(`${name}: ${path} is changed twice`)
  return faults
}

function changed(instance: Instance, changes: readonly Change[]): Instance {
  const copy = { ...instance, need: [...instance.need], min: [...instance.min], max: [...instance.max] }
  const rules = instance.rules.map((rule) => ({ ...rule }))
  const dropped = new Set<number>()
  for (const { path, to } of changes) {
    const { list, at, key } = parts(path)!
    if (list === 'experts') copy[key === 'min' ? 'min' : 'max'][at] = to
    else if (list === 'cases') copy.need[at] = to
    else if (list === 'balance') rules[at]![key === 'min' ? 'min' : 'max'] = to
    else dropped.add(at)
  }
  return { ...copy, rules, pins: instance.pins.filter((_, at) => !dropped.has(at)) }
}

type Priced = { path: string; case: number | null; price: number }

/**
 * Fewest units that could do, by weak duality: minimise the units by which bounds give way over all sets of possible pairs; prices of the bounds, of the
 * right sign, bound that from below. Ways of giving that cost `most` units or more need not be looked at, so each is at most that.
 */
function leastUnits(instance: Instance, scale: Scale, prices: readonly Priced[], most: number): bigint {
  const { scores, pins } = instance
  let bound = 0n
  const worth = scores.map((line) => line.map(() => 0n))
  const slack = new Map<string, bigint>()
  for (const { path, case: only, price } of prices) {
    const value = valueAt(instance, path)
    const found = parts(path)
    if (!found || value === undefined || !Number.isFinite(value))
      throw new Unreadable(`certificate.prices: ${path} is no bound of the file`)
    const { list, at, key } = found
    const y = scale.of(price)
    if ((key === 'max' && y > 0n) || ((key === 'min' || list === 'pins') && y < 0n)) continue
    const rule = instance.rules[at]
    if (list === 'balance' && (rule!.per === 'case') !== (only !== null))
      throw new Unreadable(`certificate.prices: ${path} needs its case`)
    bound += y * BigInt(value)
    slack.set(path, (slack.get(path) ?? 0n) + y)
    for (const [one, line] of scores.entries()) {
      if (only !== null && one !== only) continue
      for (const expert of line.keys()) {
        const touched =
          list === 'experts'
            ? expert === at
            : list === 'cases'
              ? one === at
              : list === 'balance'
                ? inGroup(instance, expert, rule!.group)
                : pins[at]![0] === one && pins[at]![1] === expert
        if (touched) worth[one]![expert]! += y
      }
    }
  }
  for (const [one, line] of worth.entries())
    for (const [expert, y] of line.entries()) if (y > 0n && allows(instance, one, expert)) bound -= y
  for (const [path, y] of slack) {
    const { list, at } = parts(path)!
    const same = list === 'pins' ? pins.filter(([a, b]) => a === pins[at]![0] && b === pins[at]![1]).length : 1
    // A unit given costs 1 and is worth its price.
    const gain = (y < 0n ? -y : y) - scale.of(same)
    if (gain > 0n) bound -= gain * BigInt(most)
  }
  return bound
}
