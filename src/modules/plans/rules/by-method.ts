import type { Answer } from './achievement/answer.ts'
import type { MethodName, Variant } from './achievement/question.ts'
import { byMethod, question } from './achievement.ts'
import type { Indicator } from './plan-file.ts'
import { figureAsPrinted } from './report/as-printed.ts'

/** Methods that offices use for any indicator, in the order in which they are shown beside each other. */
const compared: readonly { method: MethodName; variant?: Variant }[] = [
  { method: 'ratio' },
  { method: 'ratioDown' },
  { method: 'ratioDown', variant: 'mirror' },
  { method: 'progress' },
  { method: 'expectedRatio' },
  { method: 'expectedBand' },
  { method: 'compare' },
]

/** What the same figures are by the rules of several offices. */
export type ByMethod = { fy: number; answers: Answer[]; verdictDependsOnMethod: boolean }

/**
 * The newest year of which the newest document knows target and actual, by every method that has an answer; null where there is no such
 * year or fewer than two answers, of which nothing could be compared. The last target of the document is the end of the straight line.
 */
export function byMethodOf({ direction, editions }: Pick<Indicator, 'direction' | 'editions'>): ByMethod | null {
  const edition = editions.at(-1)
  if (!edition) return null
  const known = (role: 'target' | 'actual') =>
    edition.figures.flatMap(({ fy, role: own, value, printed }) =>
      own === role && value !== null ? [{ fy, figure: figureAsPrinted(value, printed) }] : [],
    )
  const [targets, actuals] = [known('target'), known('actual')]
  const both = actuals.filter(({ fy }) => targets.some((one) => one.fy === fy)).toSorted((a, b) => b.fy - a.fy)
  const [latest] = both
  if (!latest) return null
  const final = targets.reduce((last, one) => (one.fy > last.fy ? one : last))
  const { baseline } = edition
  const asked = question('ratio', {
    direction,
    baseline: baseline?.value ? figureAsPrinted(baseline.value, baseline.printed) : null,
    baselineYear: baseline?.fy ?? null,
    target: targets.find(({ fy }) => fy === latest.fy)?.figure ?? null,
    targetYear: latest.fy,
    finalTarget: final.figure,
    finalYear: final.fy,
    actual: latest.figure,
    year: latest.fy,
  })
  const answers = compared
    .map(({ method, variant }) => byMethod(asked, method, variant))
    .filter(({ shown }) => shown !== null)
  const verdicts = new Set(answers.flatMap(({ verdict }) => verdict ?? []))
  return answers.length < 2 ? null : { fy: latest.fy, answers, verdictDependsOnMethod: verdicts.size > 1 }
}
