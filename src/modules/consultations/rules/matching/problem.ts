/** What is to be matched. Cases and experts are named by their places, counted from 0. */
export type Problem = {
  /** Cases × experts: how well the expert suits the case; 0 is possible but poor, null is impossible. */
  scores: readonly (readonly (number | null)[])[]
  cases: readonly Case[]
  experts: readonly Expert[]
  /** Pairs that must not be. */
  conflicts: readonly Pair[]
  /** Pairs that must be. */
  pins: readonly Pair[]
  balance: readonly Balance[]
}

export type Pair = readonly [case_: number, expert: number]
/** `need` is how many experts the case wants, no more and no fewer. */
export type Case = { id?: string; need: number }
/** How many cases the expert takes, at least and at most. */
export type Expert = { id?: string; min: number; max: number; groups: readonly string[] }
/** How many of a group work on each case (`case`), or on all cases together, somebody with two cases counting twice (`all`). */
export type Balance = { per: 'case' | 'all'; group: string; min?: number; max?: number }

/** The smallest change: one bound, from what it is to what would do. */
export type Change = { change: string; from: number; to: number }

/** Why one chosen pair: pinned; among the best of its case; or next, those that suit better being held back by the named bounds. */
export type Reason = {
  pair: Pair
  score: number
  /** 1 is the case's best; equals share a place. */
  rank: number
  reason: 'pinned' | 'best' | 'next'
  /** Experts who would suit better, and the bound or pair that a plain exchange for them would break. */
  instead: readonly { expert: number; breaks: string }[]
  /** What is lost of the total at least, were this pair forbidden. */
  atLeast: number
}

/** What proves a bound. `prices` can be checked by whoever multiplies them out; `search` says that only a search over all cases proves it. */
export type Proof =
  | { kind: 'case'; case: number }
  | {
      kind: 'prices'
      level: number
      experts: readonly (readonly [number, number])[]
      balance: readonly (readonly [number, number])[]
    }
  | {
      kind: 'search'
      level: number
      proves?: number
      experts?: readonly (readonly [number, number])[]
      balance?: readonly (readonly [number, number])[]
    }

/**
 * What proves that nothing is feasible, and that no smaller change would do: the duals of the model that counts the units by which bounds give
 * way, row by row (the bound's path; the case where a rule is about each); and an assignment that is feasible after the change.
 */
export type Refutation = {
  units: number
  pairs: readonly Pair[]
  prices: readonly (readonly [path: string, case_: number | null, price: number])[]
}

export type Matching = {
  status: 'optimal' | 'feasible' | 'infeasible'
  pairs: readonly Pair[]
  /** The least sum of scores that any case gets; null where there is no assignment. */
  worst: number | null
  /** The sum over all pairs. */
  total: number | null
  proven: boolean
  /** What no assignment beats: the worst, and the total of any assignment with this worst. */
  bounds: { worst: number | null; total: number | null }
  /** Of each rule of balance: what is gained without it. */
  prices: readonly Price[]
  relax?: readonly Change[]
  /** Differences smaller than this count as none; only where scores have too many digits to be taken exactly. */
  resolution?: number
  certificate?: { worst: Proof; total: Proof } | Refutation
  reasons?: readonly Reason[]
}

/** `proven` is there, and false, where time ran out. */
export type Price = { rule: number; total: number; worst: number; proven?: false }
