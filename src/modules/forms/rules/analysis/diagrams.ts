/**
 * Decision diagrams over variables with a few values each (Bryant 1986; Srinivasan et al. 1990 for many values): every
 * function of the variables has exactly one diagram, so that asking whether it can ever or must always hold is looking at
 * one number. 0 is the function that never holds, 1 the one that always does.
 */

/** A function, as the number of its diagram. */
export type Diagram = number

export const never: Diagram = 0
export const always: Diagram = 1

/** Thrown where a question would take more steps than were allowed. */
export class TooManySteps extends Error {}

export type Diagrams = {
  /** A new variable with this many values, below all earlier ones. */
  variable(size: number): number
  /** Holds where the variable has one of these values. */
  literal(variable: number, values: Iterable<number>): Diagram
  and(a: Diagram, b: Diagram): Diagram
  or(a: Diagram, b: Diagram): Diagram
  not(a: Diagram): Diagram
  /** Holds where some values of these variables make it hold. */
  exists(a: Diagram, variables: ReadonlySet<number>): Diagram
  /** Values of variables that make it hold, by variable; what is not named may be anything. It must not be `never`. */
  witness(a: Diagram): Map<number, number>
  /** Counts work done outside of the diagrams against the same steps. */
  spend(steps: number): void
  /** What the work gives, or undefined where it alone would take more than this many steps. */
  within<T>(steps: number, work: () => T): T | undefined
}

/** Part of a step that looking at one branch takes: a node of many values costs as much as it has branches. */
const branch = 1 / 32

/** `steps`: how many nodes may be visited in all before a question is given up. */
export function openDiagrams(steps: number): Diagrams {
  const sizes: number[] = []
  // Number of a node → its variable and where each value leads. The two constants lie below every variable.
  const variables = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]
  const children: (readonly Diagram[])[] = [[], []]
  const unique = new Map<string, Diagram>()
  const products = new Map<number, Diagram>()
  const sums = new Map<number, Diagram>()
  const negations = new Map<Diagram, Diagram>()
  let left = steps

  const spend = (steps: number) => {
    left -= steps
    if (left < 0) throw new TooManySteps()
  }

  function node(variable: number, to: readonly Diagram[]): Diagram {
    if (to.every((one) => one === to[0])) return to[0]!
    const key = `${variable}:${to.join(',')}`
    const found = unique.get(key)
    if (found !== undefined) return found
    variables.push(variable)
    children.push(to)
    unique.set(key, variables.length - 1)
    return variables.length - 1
  }

  const below = (a: Diagram, variable: number, value: number) => (variables[a] === variable ? children[a]![value]! : a)

  /** Both halves of the same walk: `and` stops where one never holds, `or` where one always does. */
  function join(a: Diagram, b: Diagram, stop: Diagram, known: Map<number, Diagram>): Diagram {
    spend(branch)
    if (a === stop || b === stop) return stop
    if (a <= always || a === b) return b
    if (b <= always) return a
    // Two numbers below 2^26 in one: there are never that many nodes.
    const key = a < b ? a * 67_108_864 + b : b * 67_108_864 + a
    const found = known.get(key)
    if (found !== undefined) return found
    spend(1)
    const variable = Math.min(variables[a]!, variables[b]!)
    const to = new Array<Diagram>(sizes[variable]!)
    for (let value = 0; value < to.length; value++) {
      to[value] = join(below(a, variable, value), below(b, variable, value), stop, known)
    }
    const made = node(variable, to)
    known.set(key, made)
    return made
  }
  const and = (a: Diagram, b: Diagram) => join(a, b, never, products)
  const or = (a: Diagram, b: Diagram) => join(a, b, always, sums)

  function not(a: Diagram): Diagram {
    if (a <= always) return 1 - a
    const found = negations.get(a)
    if (found !== undefined) return found
    spend(1 + children[a]!.length * branch)
    const made = node(variables[a]!, children[a]!.map(not))
    negations.set(a, made)
    negations.set(made, a)
    return made
  }

  function exists(a: Diagram, quantified: ReadonlySet<number>): Diagram {
    const known = new Map<Diagram, Diagram>()
    const look = (one: Diagram): Diagram => {
      if (one <= always) return one
      const found = known.get(one)
      if (found !== undefined) return found
      spend(1 + children[one]!.length * branch)
      const to = children[one]!.map(look)
      const made = quantified.has(variables[one]!) ? to.reduce(or) : node(variables[one]!, to)
      known.set(one, made)
      return made
    }
    return look(a)
  }

  return {
    variable: (size) => sizes.push(size) - 1,
    literal(variable, values) {
      spend(sizes[variable]! * branch)
      const chosen = new Set(values)
      return node(
        variable,
        Array.from({ length: sizes[variable]! }, (_, value) => (chosen.has(value) ? always : never)),
      )
    },
    and,
    or,
    not,
    exists,
    spend,
    within(most, work) {
      const total = left
      const granted = Math.min(most, total)
      left = granted
      try {
        return work()
      } catch (error) {
        // What is over in all is over.
        if (!(error instanceof TooManySteps) || granted === total) throw error
        return undefined
      } finally {
        left = total - granted + Math.max(left, 0)
      }
    },
    witness(a) {
      const found = new Map<number, number>()
      for (let at = a; at > always; ) {
        const value = children[at]!.findIndex((one) => one !== never)
        found.set(variables[at]!, value)
        at = children[at]![value]!
      }
      return found
    },
  }
}
