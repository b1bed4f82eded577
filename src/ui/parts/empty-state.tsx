import { ButtonLink } from '../form/button.tsx'
import type { Child } from '../jsx/element.ts'

/** Nothing is here yet: why, and the next step. */
export const EmptyState = ({
  title,
  children,
  next,
}: {
  title: string
  children?: Child
  next?: { href: string; label: string }
}) => (
  <div class="empty">
    <p class="empty__title">{title}</p>
    {children}
    {next && (
      <p>
        <ButtonLink href={next.href} kind="secondary">
          {next.label}
        </ButtonLink>
      </p>
    )}
  </div>
)
