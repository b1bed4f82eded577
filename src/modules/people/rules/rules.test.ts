import { describe, expect, test } from 'vitest'
import { followsOn, isOpenFrom, nameOn, stateOn, type UnitState } from './units.ts'

const state = (unit: string, valid_from: string, valid_to: string | null, name: string): UnitState => ({
  unit,
  kind: 'section',
  valid_from,
  valid_to,
  name,
  parent: null,
})

const states = [
  state('a', '2021-04-01', '2024-04-01', '情報政策課'),
  state('a', '2024-04-01', null, 'デジタル戦略課'),
  state('b', '2021-04-01', '2023-04-01', '統計課'),
]

describe('a section', () => {
  test('has the name of the day', () => {
    expect(nameOn(states, 'a', '2024-03-31')).toBe('情報政策課')
    expect(nameOn(states, 'a', '2024-04-01')).toBe('デジタル戦略課')
    expect(nameOn(states, 'a', '2020-01-01')).toBe('情報政策課')
    expect(nameOn(states, 'b', '2026-01-01')).toBe('統計課')
    expect(nameOn(states, 'c', '2026-01-01')).toBeNull()
  })

  test('is not there before its first day and after its last', () => {
    expect(stateOn(states, 'b', '2023-03-31')?.name).toBe('統計課')
    expect(stateOn(states, 'b', '2023-04-01')).toBeUndefined()
    expect(isOpenFrom(states, 'a', '2021-03-31')).toBe(false)
    expect(isOpenFrom(states, 'a', '2021-04-01')).toBe(true)
    expect(isOpenFrom(states, 'b', '2022-04-01')).toBe(false)
  })

  test('is changed behind its latest state only', () => {
    const latest = { valid_from: '2024-04-01', valid_to: null }
    expect(followsOn(latest, '2024-03-31')).toBe('too-early')
    expect(followsOn(latest, '2024-04-01')).toBe('instead')
    expect(followsOn(latest, '2024-04-02')).toBe('after')
    expect(followsOn({ ...latest, valid_to: '2025-04-01' }, '2026-01-01')).toBe('closed')
  })
})
