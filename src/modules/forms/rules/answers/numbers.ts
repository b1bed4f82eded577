/** Numbers, times, months and numbers with a check digit, as typed on Japanese keyboards. */
import Big from 'big.js'
import { isCorporateNumber } from '#core/identifiers.ts'
import type { FieldOf } from '../definition/definition.ts'
import type { Outcome, Posted } from './outcome.ts'
import { hyphens, line } from './typing.ts'

/** 1234567 → 1,234,567; decimals stay as they are. */
export const grouped = (decimal: string): string => {
  const [whole = '', part] = decimal.split('.')
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return part === undefined ? groups : `${groups}.${part}`
}

type Bounds = { digits: number; min?: string | undefined; max?: string | undefined; unit: string }

/**
 * A decimal in its one spelling: full-width digits, thousands' separators, a unit behind it and any minus sign are read;
 * exponents are not. At most 15 digits before the point.
 */
function readDecimal(label: string, posted: Posted, { digits, min, max, unit }: Bounds): Outcome {
  const read = line(label, posted, 100)
  if ('error' in read) return read
  let text = hyphens(read.text).replace(/\s/g, '')
  if (text === '') return {}
  if (unit && text.endsWith(unit)) text = text.slice(0, -unit.length)
  if (unit === '円') text = text.replace(/^[\\¥￥]/, '')
  // 1,234,567 as it is written; 1,23 is a slip, not a number.
  if (/^-?[0-9]{1,3}(,[0-9]{3})+(\.|$)/.test(text)) text = text.replaceAll(',', '')
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(text)) {
    return { error: `${label}を数字で入力してください。例：${digits > 0 ? '12.5' : '1200'}` }
  }
  const number = new Big(text)
  if (number.abs().gte('1e15')) return { error: `${label}の数が大きすぎます。15けた以内で入力してください` }
  if (!number.round(digits, 0).eq(number)) {
    const error =
      digits === 0 ? `${label}を整数で入力してください` : `${label}は小数点以下${digits}けたまでで入力してください`
    return { error }
  }
  if (min !== undefined && number.lt(min)) return { error: `${label}は${grouped(min)}${unit}以上で入力してください` }
  if (max !== undefined && number.gt(max)) return { error: `${label}は${grouped(max)}${unit}以下で入力してください` }
  return { answer: number.eq(0) ? '0' : number.toFixed() }
}

export const readNumber = (field: FieldOf<'number'>, posted: Posted): Outcome =>
  readDecimal(field.label, posted, { digits: 0, ...field, unit: field.unit ?? '' })

export const readYen = (field: FieldOf<'yen'>, posted: Posted): Outcome =>
  readDecimal(field.label, posted, { ...field, digits: 0, unit: '円' })

export const readScale = ({ label, from, to }: FieldOf<'scale'>, posted: Posted): Outcome =>
  readDecimal(label, posted, { digits: 0, min: String(from), max: String(to), unit: '' })

/** 2026-11, 2026年11月, 2026/11 */
export function readMonth(label: string, posted: Posted): Outcome {
  const read = line(label, posted, 40)
  if ('error' in read) return read
  if (read.text === '') return {}
  const found = /^([1-9][0-9]{3})(?:-|\/|年)([0-9]{1,2})月?$/.exec(hyphens(read.text).replace(/\s/g, ''))
  const month = Number(found?.[2])
  return found && month >= 1 && month <= 12
    ? { answer: `${found[1]}-${String(month).padStart(2, '0')}` }
    : { error: `${label}を年と月で入力してください。例：2026年11月` }
}

/** 9:30, 09:30, 9時30分, 9時 */
export function readTime(label: string, posted: Posted): Outcome {
  const read = line(label, posted, 40)
  if ('error' in read) return read
  if (read.text === '') return {}
  const found = /^([0-9]{1,2})(?::|時)([0-9]{2})?分?$/.exec(read.text.replace(/\s/g, ''))
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2] ?? 0)]
  return found && hour < 24 && minute < 60
    ? { answer: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` }
    : { error: `${label}を時刻で入力してください。例：9:30` }
}

/** 法人番号 (番号法39条): thirteen digits, hyphens and a leading T of an invoice number are read over. */
export function readCorporateNumber(label: string, posted: Posted): Outcome {
  const read = line(label, posted, 100)
  if ('error' in read) return read
  const digits = hyphens(read.text).replace(/[\s-]/g, '').replace(/^T/i, '')
  if (digits === '') return read.text === '' ? {} : { error: `${label}を13けたの数字で入力してください` }
  if (!/^[0-9]{13}$/.test(digits)) return { error: `${label}を13けたの数字で入力してください` }
  return isCorporateNumber(digits)
    ? { answer: digits }
    : { error: `${label}を確かめてください。けたの確認用の数字（先頭の1けた）が合いません` }
}

/** IBAN (ISO 13616): country, two check digits, up to 30 letters and digits; the whole leaves 1 modulo 97. */
export function readIban(label: string, posted: Posted): Outcome {
  const read = line(label, posted, 100)
  if ('error' in read) return read
  const text = read.text.replace(/[\s-]/g, '').toUpperCase()
  if (text === '') return read.text === '' ? {} : { error: `${label}を入力してください` }
  const error = `${label}を確かめてください。例：GB82 WEST 1234 5698 7654 32`
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/.test(text)) return { error }
  let rest = 0
  for (const c of text.slice(4) + text.slice(0, 4))
    for (const d of String(Number.parseInt(c, 36))) rest = (rest * 10 + Number(d)) % 97
  return rest === 1 ? { answer: text } : { error }
}
