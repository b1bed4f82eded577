import type { Exact, Figure } from './exact.ts'
import type { Rounding } from './rounding.ts'

/** Every way to compute an achievement that the engine knows, in the order in which they are shown side by side. */
export const methodNames = [
  'ratio',
  'ratioDown',
  'progress',
  'expectedRatio',
  'expectedBand',
  'elapsedShare',
  'points',
  'compare',
  'surveyBand',
  'milestone',
  'okr',
  'maintain',
  'growth',
  'range',
  'improve',
  'rollup',
] as const
export type MethodName = (typeof methodNames)[number]

/** Which way is better. Never guessed from the figures. */
export type Direction = 'up' | 'down'

/** How a falling indicator is divided: T ÷ A, or (2T − A) ÷ T, which mirrors A at T. */
export type Variant = 'inverse' | 'mirror'

/** How good a grade is, so that the verdicts of scales with different letters can be compared. */
export type Verdict = 'good' | 'fair' | 'poor'

/** A grade covers `min` ≤ value, up to the grade above it; with `max` also value ≤ max, so that gaps stay gaps. Null: everything below. */
export type Grade = { grade: string; min: Exact | null; max?: Exact; verdict: Verdict }
/** Best grade first. */
export type Scale = { name: string; grades: readonly Grade[] }

/** How a method's value becomes what is printed. A declared, versioned property of an indicator. */
export type Convention = {
  /** Decimals of what is shown; of the percentage where `display` is percent. */
  digits: number
  rounding: Rounding
  display: 'rate' | 'percent'
  /** Shown at most as this rate; at least 1. Null: no cap. */
  cap: Exact | null
  scale: Scale | null
  variant: Variant | null
  /** Half the width of a band: of the expected change (expectedBand), in points (surveyBand), of the baseline (compare). */
  band: Exact | null
  /** Whether a change of exactly the band still counts as unchanged (surveyBand). */
  bandEdge: 'inside' | 'outside'
}

export type MissingReason = 'notYetPublished' | 'notSurveyed' | 'notApplicable' | 'suppressed'

/** A stage of a milestone, a child of a rollup, one indicator's points. Null = unknown, never 0. */
export type Part = { weight: Figure; value: Figure | null }

/** A target that is a span: each bound may be missing; `open` bounds don't belong to it (超, 未満). */
export type Range = { min: Figure | null; minOpen: boolean; max: Figure | null; maxOpen: boolean }

/** What is asked about one indicator at one time. Null = unknown, never 0. */
export type Question = {
  method: MethodName
  direction: Direction | null
  baseline: Figure | null
  baselineYear: number | null
  target: Figure | null
  targetYear: number | null
  /** The target at the end of the plan, where `target` is the year's. */
  finalTarget: Figure | null
  finalYear: number | null
  actual: Figure | null
  /** The year that is judged. */
  year: number | null
  /** The expected value of the year, set by hand. */
  expected: Figure | null
  /** The baseline after its statistics were revised (growth). */
  currentBaseline: Figure | null
  /** Baseline and target as first adopted, printed beside the current ones. */
  originalBaseline: Figure | null
  originalTarget: Figure | null
  range: Range | null
  parts: readonly Part[]
  /** Points of policies, added to those of the indicator (points). */
  policy: readonly Figure[]
  combine: 'mean' | 'worst'
  /** Years of the plan that have passed, and how many it has (elapsedShare). */
  elapsed: number | null
  span: number | null
  status: 'preliminary' | 'estimated' | 'final' | null
  missing: MissingReason | null
  due: string | null
  lastKnown: { figure: Figure; year: number | null } | null
  convention: Convention
}

/** What users read, in both languages. */
export type Said = { readonly ja: string; readonly en: string }

/** Why there is (no) rate. Only `value`, `provisional` and `unbounded` have something to show. */
export type State =
  | 'value'
  | 'provisional'
  | 'unbounded'
  | 'noActual'
  | 'noTarget'
  | 'noBaseline'
  | 'noExpected'
  | 'noParts'
  | 'neither'
  | 'contraryTarget'
  | 'notApplicable'

export type Flag =
  | 'capped'
  | 'overAchieved'
  | 'worseThanBaseline'
  | 'belowZero'
  | 'zeroTarget'
  | 'maintain'
  | 'notShownAsMet'
  | 'finalTargetReached'
  | 'metAtBaseline'
  | 'afterFinalYear'
  | 'targetAsExpected'
  | 'interpolated'
  | 'partsMissing'
  | 'betweenGrades'
  | 'preliminary'
  | 'estimated'
  | 'lastKnown'

/** What a method makes of a question, before anything is rounded. */
export type Outcome =
  | {
      kind: 'value'
      /** Null where the method only places the actual and its place has no number. */
      value: Exact | null
      met: boolean | null
      /** The computation in figures ("47.4 ÷ 50.0"); the value follows it. Words where no formula says it. */
      formula: string | Said
      /** How the expected value came about; stands before the formula. */
      lead?: Said
      /** Given by methods that place instead of dividing; others are graded by their scale. */
      grade?: string | null
      verdict?: Verdict | null
      /** What the scale judges, where that isn't the value. */
      graded?: Exact | null
      expected?: Exact | null
      flags?: readonly Flag[]
      /** Shown instead of the rounded value. */
      shown?: string
      /** A missed value is shown below this one, 1 unless said otherwise; above it where less is better (`falling`). */
      bar?: Exact
      falling?: boolean
      /** What is shown isn't a rate: no cap, no floor. */
      free?: boolean
      signed?: boolean
    }
  | { kind: 'unbounded'; formula: string; lead?: Said; flags?: readonly Flag[] }
  | {
      kind: 'none'
      state: State
      met: boolean | null
      why: Said
      /** Methods that would have an answer. */
      instead?: readonly { method: MethodName; variant?: Variant }[]
      expected?: Exact | null
      grade?: string
    }
