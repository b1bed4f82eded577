import { useUiWords } from '../ui-words.ts'

export type StepState = 'done' | 'current' | 'todo' | 'error' | 'skipped'
export type Step = { label: string; state: StepState; href?: string }

/** Where one is on the way. The state is also said in words, and on a phone only the present step keeps its name. */
export const Steps = ({ steps, label }: { steps: readonly Step[]; label?: string }) => {
  const w = useUiWords()
  const now = steps.findIndex(({ state }) => state === 'current')
  return (
    <div class="steps">
      {now >= 0 && (
        <p class="steps__now">
          {w.stepOf(now + 1, steps.length)}
          <span aria-hidden="true">　{steps[now]?.label}</span>
        </p>
      )}
      <ol aria-label={label ?? w.steps}>
        {steps.map((step) => (
          <li key={step.label} data-state={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
            {step.href ? <a href={step.href}>{step.label}</a> : <span>{step.label}</span>}
            <span class="visually-hidden">（{w.stepState[step.state]}）</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
