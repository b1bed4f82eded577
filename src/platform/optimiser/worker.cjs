// Runs in a thread of its own: HiGHS computes without a pause, for seconds, and would stop the server for as long.
const { parentPort, workerData } = require('node:worker_threads')

const models = new Map()
const ready = require(workerData.highs)()

const whole = (values) => Int32Array.from(values)
const real = (values) => Float64Array.from(values)
const selection = (at) => ({ kind: 'set', indices: whole(at) })
const senses = (highs) => ({
  minimise: highs.constants.objectiveSense.minimize,
  maximise: highs.constants.objectiveSense.maximize,
})

/** A sparse part as HiGHS takes it: `csr` for rows, `csc` for added columns. */
const matrix = (format, { starts, indices, values }, numRows, numCols) => ({
  format,
  numRows,
  numCols,
  starts: whole(starts),
  indices: whole(indices),
  values: real(values),
})

const kinds = (integer) => Int32Array.from(integer, (one) => (one ? 1 : 0))
/** A model that is whole in some column has no duals. */
const anyWhole = (integer) => integer !== undefined && Array.from(integer).some(Boolean)

const calls = {
  open(highs, { model: { sense, columns, rows } }) {
    const [numCols, numRows] = [columns.cost.length, rows.lower.length]
    const model = highs.createModel({
      numCols,
      numRows,
      sense: senses(highs)[sense],
      colCost: real(columns.cost),
      colLower: real(columns.lower),
      colUpper: real(columns.upper),
      rowLower: real(rows.lower),
      rowUpper: real(rows.upper),
      matrix: matrix('csr', rows.entries, numRows, numCols),
      ...(anyWhole(columns.integer) && { integrality: kinds(columns.integer) }),
    })
    model.options.set({ output_flag: false, mip_rel_gap: 0 })
    const id = models.size === 0 ? 1 : Math.max(...models.keys()) + 1
    models.set(id, { model, mixed: anyWhole(columns.integer) })
    return id
  },

  change(highs, { id, change }) {
    const entry = known(id)
    const { model } = entry
    const { sense, addColumns, addRows, costs, entries, columnBounds, rowBounds } = change
    if (sense) model.changeObjectiveSense(senses(highs)[sense])
    if (addColumns) {
      const { numCols, numRows } = model.getDimensions()
      const count = addColumns.cost.length
      model.addCols({
        cost: real(addColumns.cost),
        lower: real(addColumns.lower),
        upper: real(addColumns.upper),
        matrix: matrix('csc', addColumns.entries, numRows, count),
      })
      if (anyWhole(addColumns.integer)) {
        entry.mixed = true
        const at = Array.from({ length: count }, (_, one) => numCols + one)
        model.changeColsIntegrality(selection(at), kinds(addColumns.integer))
      }
    }
    if (addRows) {
      const { numCols } = model.getDimensions()
      const count = addRows.lower.length
      model.addRows({
        lower: real(addRows.lower),
        upper: real(addRows.upper),
        matrix: matrix('csr', addRows.entries, count, numCols),
      })
    }
    if (costs) model.changeColsCost(selection(costs.at), real(costs.cost))
    for (let at = 0; at < (entries?.values.length ?? 0); at++) {
      model.changeCoefficient(entries.rows[at], entries.columns[at], entries.values[at])
    }
    if (columnBounds) {
      model.changeColsBounds(selection(columnBounds.at), real(columnBounds.lower), real(columnBounds.upper))
    }
    if (rowBounds) model.changeRowsBounds(selection(rowBounds.at), real(rowBounds.lower), real(rowBounds.upper))
  },

  solve(highs, { id, options: { seconds, gap, nodes, tolerance = 1e-7, simplex, start } }) {
    const { model, mixed } = known(id)
    model.zeroAllClocks()
    model.options.set({
      time_limit: seconds ?? 1e9,
      mip_abs_gap: gap ?? 0,
      mip_max_nodes: nodes ?? 2 ** 31 - 1,
      primal_feasibility_tolerance: tolerance,
      dual_feasibility_tolerance: tolerance,
      simplex_strategy: simplex === 'primal' ? 4 : 1,
    })
    if (start) model.setSolution({ colValue: real(start) })
    // Where a linear model can hardly or just not be met, one simplex may end in an error, and the other one decides.
    const other = { simplex_strategy: simplex === 'primal' ? 1 : 4 }
    if (!ran(model) && (mixed || !ran(model, other))) return failed
    if (model.getModelStatus() === highs.constants.modelStatus.unboundedOrInfeasible) {
      // Presolve did not look which of the two it is.
      model.options.set({ presolve: 'off' })
      model.run()
      model.options.set({ presolve: 'choose' })
    }
    const status = model.getModelStatus()
    const found = model.info.get('primal_solution_status') === 2
    const { colValue, rowDual, colDual } = model.getSolution()
    const objective = model.getObjectiveValue()
    return {
      status: said(highs, status),
      found,
      objective,
      bound: mixed ? model.info.get('mip_dual_bound') : objective,
      values: colValue,
      duals: mixed ? new Float64Array() : rowDual,
      reducedCosts: mixed ? new Float64Array() : colDual,
    }
  },

  close(_highs, { id }) {
    known(id).model.dispose()
    models.delete(id)
  },
}

function ran(model, options = {}) {
  model.options.set(options)
  try {
    model.run()
    return true
  } catch {
    return false
  }
}

/** Nothing is known then: no figure is one, so that none can bound anything. */
const failed = {
  status: 'failed',
  found: false,
  objective: Number.NaN,
  bound: Number.NaN,
  values: new Float64Array(),
  duals: new Float64Array(),
  reducedCosts: new Float64Array(),
}

function known(id) {
  const entry = models.get(id)
  if (!entry) throw new Error(`no model ${id} is open`)
  return entry
}

function said(highs, status) {
  const { optimal, empty, infeasible, unbounded, timeLimit } = highs.constants.modelStatus
  if (status === optimal || status === empty) return 'optimal'
  if (status === infeasible) return 'infeasible'
  if (status === unbounded) return 'unbounded'
  return status === timeLimit ? 'out-of-time' : 'failed'
}

parentPort.on('message', async ({ number, call, ...input }) => {
  try {
    const highs = await ready
    parentPort.postMessage({ number, answer: calls[call](highs, input) })
  } catch (error) {
    parentPort.postMessage({ number, error: String(error?.message || error) })
  }
})
