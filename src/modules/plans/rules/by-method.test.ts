import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { byMethodOf } from './by-method.ts'
import { parsePlanFile } from './import.ts'

const indicators = (name: string) => {
  const read = parsePlanFile(JSON.parse(readFileSync(new URL(`../seed-data/${name}.json`, import.meta.url), 'utf8')))
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.file.measures.flatMap((one) => one.indicators)
}
const [share] = indicators('attaka-plan')

test('the newest year with target and actual is shown by every method that answers, with the source’s digits', () => {
  const compared = byMethodOf(share!)
  expect(compared?.answers.map(({ method, shown, grade }) => [method, shown, grade])).toEqual([
    ['ratio', '1.00', 'A'],
    ['progress', '1.03', 'A'],
    ['expectedRatio', '101.3%', 'A'],
    ['expectedBand', 'B', 'B'],
    ['compare', 'S', 'S'],
  ])
  expect(compared?.verdictDependsOnMethod).toBe(false)
  expect(compared?.answers.slice(1, 4).map(({ explanation }) => explanation.ja)).toEqual([
    '(66.2 − 21.4) ÷ (65.0 − 21.4) = 1.0275… → 1.03',
    '期待値 = 21.4 + (80.0 − 21.4) × 3 ÷ 4 = 65.35、66.2 ÷ 65.35 = 1.0130… → 101.3%',
    '期待値 = 21.4 + (80.0 − 21.4) × 3 ÷ 4 = 65.35、(66.2 − 21.4) ÷ (65.35 − 21.4) = 1.0193…、期待値の帯の中 → B',
  ])
})

test('nothing is compared where no year has both', () => {
  for (const one of indicators('mie-plan')) expect(byMethodOf(one)).toBeNull()
})

test('a falling indicator has both of its ratios, and none of the rising ones', () => {
  const figure = (role: 'target' | 'actual', value: string) => ({
    ...share!.editions[0]!.figures[0]!,
    fy: 2024,
    role,
    value,
    printed: null,
  })
  const edition = { ...share!.editions[0]!, figures: [figure('target', '80'), figure('actual', '90')] }
  const baseline = { ...edition.baseline!, fy: 2022, value: '100', printed: null }
  const compared = byMethodOf({ direction: 'down', editions: [{ ...edition, baseline }] })
  expect(compared?.answers.map(({ method, variant, shown }) => [method, variant, shown])).toEqual([
    ['ratioDown', 'inverse', '0.89'],
    ['ratioDown', 'mirror', '0.88'],
    ['progress', null, '0.50'],
    ['expectedBand', null, 'C'],
    ['compare', null, 'A'],
  ])
  expect(compared?.verdictDependsOnMethod).toBe(true)
})
