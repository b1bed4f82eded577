import { Figure } from './figure.tsx'

export type LoopStep = { label: string; value: number | string | null; unit?: string; href?: string }

/** How one thing led to the next, in numbers: 相談 14件 → 取組 5件 → … */
export const Loop = ({ label, steps }: { label: string; steps: readonly LoopStep[] }) => (
  <ol class="loop" aria-label={label}>
    {steps.map((step) => (
      <li key={step.label}>
        {step.label} <Figure value={step.value} unit={step.unit} href={step.href} strong />
      </li>
    ))}
  </ol>
)
