/**
 * Exact arithmetic of the checker: every figure of both files is a decimal, taken as a whole number of the smallest place that any of them has.
 * `String` names a double by the shortest decimal that reads back as the same double, which is how the files were written.
 */
export type Scale = {
  of(value: number): bigint
  shown(value: bigint): string
}

export function scaleFor(values: Iterable<number>): Scale {
  let places = 0
  for (const value of values) places = Math.max(places, placesOf(value))
  return {
    of(value) {
      const [mantissa = '0', exponent = '0'] = String(value).split('e')
      const [whole = '0', part = ''] = mantissa.split('.')
      const shift = places + Number(exponent) - part.length
      if (shift < 0) throw new RangeError(`${value} is finer than the scale`)
      return BigInt(whole + part) * 10n ** BigInt(shift)
    },
    shown(value) {
      const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0')
      const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '')
      return `${value < 0n ? '-' : ''}${text}`
    },
  }
}

/** How many places after the point. */
export function placesOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e')
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent))
}
