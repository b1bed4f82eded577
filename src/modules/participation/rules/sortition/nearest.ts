/** Points whose mixture is sought, and what their Gram matrix would be short of full rank by when one depends on the others. */
const dependent = 1e-12

/** A weight as small as this is none. */
const none = 1e-14

/**
 * The point nearest to the origin among all mixtures of points that come one after the other (Wolfe 1976). Keeps only points that are
 * affinely independent, their weights, and the Cholesky factor of their Gram matrix plus 1, which makes a step cost the square of their number.
 */
export function openNearest<Of>(dimensions: number) {
  const points: Float64Array[] = []
  const of: Of[] = []
  let weights: number[] = []
  /** Upper triangular, column by column. */
  const factor: Float64Array[] = []

  /** The column that a further point adds to the factor; null if it depends on those that are there. */
  function columnOf(point: Float64Array): Float64Array | null {
    const column = new Float64Array(points.length + 1)
    const all = 1 + dot(point, point)
    let left = all
    for (let at = 0; at < points.length; at++) {
      const own = factor[at]!
      let sum = 1 + dot(points[at]!, point)
      for (let above = 0; above < at; above++) sum -= own[above]! * column[above]!
      column[at] = sum / own[at]!
      left -= column[at]! ** 2
    }
    if (left < dependent * all) return null
    column[points.length] = Math.sqrt(left)
    return column
  }

  function drop(gone: number) {
    for (const list of [factor, points, of, weights]) list.splice(gone, 1)
    // What stood under the diagonal is turned into it (Givens).
    const turns: [number, number][] = []
    for (let at = gone; at < factor.length; at++) {
      const column = factor[at]!
      turns.forEach(([cosine, sine], turn) => {
        const [upper, lower] = [column[gone + turn]!, column[gone + turn + 1]!]
        column[gone + turn] = cosine * upper + sine * lower
        column[gone + turn + 1] = cosine * lower - sine * upper
      })
      const length = Math.hypot(column[at]!, column[at + 1]!)
      turns.push([column[at]! / length, column[at + 1]! / length])
      column[at] = length
      factor[at] = column.slice(0, at + 1)
    }
  }

  /** Solves with the factor and its transpose. */
  function solved(right: Float64Array): Float64Array {
    const made = Float64Array.from(right)
    for (let at = 0; at < made.length; at++) {
      const column = factor[at]!
      let sum = made[at]!
      for (let above = 0; above < at; above++) sum -= column[above]! * made[above]!
      made[at] = sum / column[at]!
    }
    for (let at = made.length - 1; at >= 0; at--) {
      const column = factor[at]!
      const own = made[at]! / column[at]!
      made[at] = own
      for (let above = 0; above < at; above++) made[above]! -= column[above]! * own
    }
    return made
  }

  const total = (some: ArrayLike<number>) => {
    let sum = 0
    for (let at = 0; at < some.length; at++) sum += some[at]!
    return sum
  }

  function mixedBy(some: ArrayLike<number>): Float64Array {
    const made = new Float64Array(dimensions)
    points.forEach((point, at) => {
      for (let one = 0; one < dimensions; one++) made[one]! += some[at]! * point[one]!
    })
    return made
  }

  /** Weights, in sum 1 and of either sign, of the nearest point in the affine hull; refined once, as the factor squares what rounding does. */
  function inHull(): Float64Array {
    const first = solved(new Float64Array(factor.length).fill(1))
    const [sum, mixed] = [total(first), mixedBy(first)]
    const lacking = solved(Float64Array.from(points, (point) => 1 - sum - dot(point, mixed)))
    const made = first.map((one, at) => one + lacking[at]!)
    const all = total(made)
    return made.map((one) => one / all)
  }

  return {
    /** The points that are mixed, by what they stand for. */
    mixed: () => of.map((one, at) => ({ of: one, weight: weights[at]! })),
    point: () => mixedBy(weights),
    /** Whether the point brought the mixture nearer, or could; false if it depends on those that are there. */
    add(point: Float64Array, stands: Of): boolean {
      const column = columnOf(point)
      if (!column) return false
      factor.push(column)
      points.push(point)
      of.push(stands)
      weights.push(points.length === 1 ? 1 : 0)
      for (;;) {
        const next = inHull()
        let step = 1
        next.forEach((one, at) => {
          if (one < none) step = Math.min(step, weights[at]! / (weights[at]! - one))
        })
        weights = weights.map((one, at) => one + step * (next[at]! - one))
        if (weights.every((one) => one >= none)) return true
        for (let at = weights.length - 1; at >= 0; at--) if (weights[at]! < none) drop(at)
        const sum = weights.reduce((all, one) => all + one, 0)
        weights = weights.map((one) => one / sum)
      }
    },
  }
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!
  return sum
}
