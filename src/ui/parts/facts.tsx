import type { Child } from '../jsx/element.ts'
import { useUiWords } from '../ui-words.ts'

export type Fact = { label: string; value: Child; action?: { href: string; label: string } | undefined }

/** Facts as pairs; also check-your-answers, with a link to change each. A missing value is said in words. */
export const Facts = ({ items, missing }: { items: readonly Fact[]; missing?: string }) => {
  const w = useUiWords()
  return (
    <dl class="facts">
      {items.map(({ label, value, action }) => (
        <div class="facts__row" key={label}>
          <dt>{label}</dt>
          <dd>
            {value === null || value === undefined || value === '' ? (
              <span class="muted">{missing ?? w.notEntered}</span>
            ) : (
              <div class="facts__value">{value}</div>
            )}
            {action && (
              <a class="facts__action" href={action.href}>
                <span class="visually-hidden">{label}</span> {action.label}
              </a>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
