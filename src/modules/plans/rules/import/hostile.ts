import type { Fault } from './reader.ts'

const limits = { depth: 32, values: 200_000, characters: 20_000 }
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** Half a surrogate pair or a NUL can be stored neither as text nor as jsonb. */
const unstorable = (text: string) => text.includes('\u0000') || !text.isWellFormed()

/**
 * Looks over a whole document before anybody reads it: keys that attack JavaScript, depth, size, characters that can't be stored.
 * `readable` is false where the document is too deep or too large to be read any further.
 */
export function scanHostile(document: unknown): { faults: Fault[]; readable: boolean } {
  const faults: Fault[] = []
  let values = 0

  const say = (path: string, sentence: string) => {
    faults.push({ path: path || '（ファイル全体）', sentence })
  }
  const look = (value: unknown, path: string, depth: number): boolean => {
    values += 1
    if (values > limits.values) {
      say('', `項目が多すぎます（${limits.values}個まで）。ファイルを分けてください。`)
      return false
    }
    if (typeof value === 'string') {
      if (unstorable(value)) say(path, '保存できない文字（制御文字または壊れた文字）が含まれています。')
      if (value.length > limits.characters) say(path, `文章が長すぎます（${limits.characters}字まで）。`)
      return true
    }
    if (typeof value !== 'object' || value === null) return true
    if (depth >= limits.depth) {
      say(path, `入れ子が深すぎます（${limits.depth}段まで）。`)
      return false
    }
    if (Array.isArray(value)) return value.every((one, index) => look(one, `${path}[${index}]`, depth + 1))
    return Object.entries(value).every(([key, one]) => {
      const here = path === '' ? key : `${path}.${key}`
      if (forbiddenKeys.has(key)) say(here, `「${key}」という名前の項目は使えません。`)
      if (unstorable(key)) say(path, '項目の名前に、保存できない文字が含まれています。')
      return look(one, here, depth + 1)
    })
  }
  return { readable: look(document, '', 0), faults }
}
