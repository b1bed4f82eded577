const works: (() => Promise<unknown>)[] = []

/**
 * Has something undone when the test file that is running has ended, whatever became of its tests; the latest first. Vitest never calls
 * an `afterAll` that is registered inside another hook, as by a house that is opened in `beforeAll`.
 */
export const atEnd = (work: () => Promise<unknown>) => void works.push(work)

/** @throws the first error, once everything has been tried */
export async function endAll() {
  const errors: unknown[] = []
  for (const work of works.splice(0).reverse()) await work().catch((error) => errors.push(error))
  if (errors.length > 0) throw errors[0]
}
