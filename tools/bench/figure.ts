/**
 * One measured figure. `floor` is what the same machine needs for the least that could do the job, measured in the same run, in the same
 * unit; `ratio` says how near we come, 1 being the floor itself (for times floor ÷ value, for rates value ÷ floor). Figures without a
 * floor (bytes, times against a fixed aim) leave both out. `size` says what was measured, so that others can repeat it.
 */
export type Figure = {
  name: string
  size: string
  value: number
  unit: 'ms' | 'µs' | 's' | 'per second' | 'bytes' | 'MiB' | 'requests' | 'ratio'
  floor?: number
  ratio?: number
  /** What we want, as a sentence ("under 5 ms"), and whether this figure reaches it. */
  aim?: string
  met?: boolean
}

/** One benchmark: stands in a file of its own beside this one, as `export const bench`. */
export type Bench = {
  name: string
  /** Measures and hands over each figure as soon as it is known. */
  run(report: (figure: Figure) => void): Promise<void>
}
