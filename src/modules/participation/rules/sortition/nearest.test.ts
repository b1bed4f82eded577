import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openNearest } from './nearest.ts'

const point = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 4, maxLength: 4 })

test('the nearest of all mixtures is nearer than any other, however points come and go', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 30 }), (all) => {
      const nearest = openNearest<number>(4)
      const points = all.map((one) => Float64Array.from(one))
      const dot = (one: ArrayLike<number>, other: ArrayLike<number>) =>
        Array.from(one, (value, at) => value * other[at]!).reduce((sum, value) => sum + value, 0)
      // As it is used: whichever point lies farthest towards the origin comes next, until none does.
      nearest.add(points[0]!, 0)
      let before = Infinity
      for (;;) {
        const now = nearest.point()
        expect(dot(now, now)).toBeLessThan(before)
        before = dot(now, now)
        const best = points
          .keys()
          .reduce((one, other) => (dot(points[other]!, now) < dot(points[one]!, now) ? other : one))
        if (dot(points[best]!, now) > dot(now, now) - 1e-9) break
        if (!nearest.add(points[best]!, best)) break
      }
      const now = nearest.point()
      const mixed = nearest.mixed()
      expect(mixed.every(({ weight }) => weight > 0)).toBe(true)
      expect(mixed.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
      expect(mixed.length).toBeLessThanOrEqual(5)
      for (const [at, value] of now.entries())
        expect(mixed.reduce((sum, { of, weight }) => sum + weight * points[of]![at]!, 0)).toBeCloseTo(value, 9)
      // No point lies on the near side of the plane through the nearest: that is what makes it the nearest.
      for (const one of points) expect(dot(one, now)).toBeGreaterThan(dot(now, now) - 1e-8)
    }),
    { numRuns: 2_000 },
  )
})
