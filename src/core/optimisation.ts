/** What rules say to a solver of linear and mixed-integer programs that is handed to them; none of them knows which one it is. */

/** Entries row by row: those of row r are at starts[r] … starts[r + 1] - 1; `indices` are columns (for added columns: rows). */
export type Sparse = { starts: ArrayLike<number>; indices: ArrayLike<number>; values: ArrayLike<number> }

/** Columns are variables. No bound is ±Infinity. `integer` marks those that must be whole. */
export type Columns = {
  cost: ArrayLike<number>
  lower: ArrayLike<number>
  upper: ArrayLike<number>
  integer?: ArrayLike<boolean | number>
}

/** Rows are constraints: lower ≤ Σ entries × columns ≤ upper. */
export type Rows = { lower: ArrayLike<number>; upper: ArrayLike<number>; entries: Sparse }

/** min or max Σ cost × column subject to the rows and the columns' bounds. */
export type LinearModel = { sense: 'minimise' | 'maximise'; columns: Columns; rows: Rows }

/** What may change between two solves; each part is optional, and what was learned so far is kept as far as it holds. */
export type ModelChange = {
  sense?: LinearModel['sense']
  /** Appended at the end; their entries name rows that are there already (`addRows` of the same change come later). */
  addColumns?: Columns & { entries: Sparse }
  /** Appended at the end; their entries may name the columns of the same change. */
  addRows?: Rows
  costs?: { at: ArrayLike<number>; cost: ArrayLike<number> }
  /** Single entries that are there already or not; 0 takes one away. */
  entries?: { rows: ArrayLike<number>; columns: ArrayLike<number>; values: ArrayLike<number> }
  columnBounds?: { at: ArrayLike<number>; lower: ArrayLike<number>; upper: ArrayLike<number> }
  rowBounds?: { at: ArrayLike<number>; lower: ArrayLike<number>; upper: ArrayLike<number> }
}

export type SolveOptions = {
  /** Seconds at most; then the best found so far is the outcome. */
  seconds?: number
  /** For integer models: stop when bound and objective are as near as this, absolutely. 0 unless said otherwise. */
  gap?: number
  /** How far rows, bounds and reduced costs of linear models may be off: 1e-7 unless said otherwise, at least 1e-10. */
  tolerance?: number
  /** For linear models: `primal` where columns were added or costs changed since the last solve, so that its solution still holds. */
  simplex?: 'primal' | 'dual'
  /** For integer models: branch at most so often; then the best found so far is the outcome, with status `failed` if it isn't known to be optimal. */
  nodes?: number
  /** Values of all columns to begin with. They may be infeasible. */
  start?: ArrayLike<number>
}

export type Outcome = {
  status: 'optimal' | 'infeasible' | 'unbounded' | 'out-of-time' | 'failed'
  /** Whether `values` is a feasible solution; always so when optimal. */
  found: boolean
  objective: number
  /** What no solution can beat: equals `objective` when optimal, NaN where the solver failed and knows none. */
  bound: number
  values: Float64Array
  /** Row duals and reduced costs; of linear models only, else empty. For either sense: the change of the objective per unit of the row's bound. */
  duals: Float64Array
  reducedCosts: Float64Array
}

/** A model that stays with the solver, to be changed and solved again. */
export type OpenModel = {
  change(change: ModelChange): Promise<void>
  solve(options?: SolveOptions): Promise<Outcome>
  close(): Promise<void>
}

export type Optimiser = {
  /** Rejects where the model is malformed (sizes, indices, bounds crossed are no fault but infeasible). */
  open(model: LinearModel): Promise<OpenModel>
}

/** Opens a model, solves it once and closes it. */
export async function solveOnce(optimiser: Optimiser, model: LinearModel, options?: SolveOptions): Promise<Outcome> {
  const open = await optimiser.open(model)
  try {
    return await open.solve(options)
  } finally {
    await open.close()
  }
}
