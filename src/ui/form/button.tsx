import type { Child } from '../jsx/element.ts'

export type ButtonKind = 'primary' | 'secondary' | 'text' | 'danger'

/** A submit button that says what happens. At most one primary on a page. */
export const Button = ({
  kind = 'primary',
  small = false,
  name,
  value,
  formaction,
  disabled = false,
  children,
}: {
  kind?: ButtonKind
  small?: boolean
  name?: string
  value?: string
  formaction?: string
  disabled?: boolean
  children?: Child
}) => (
  <button
    type="submit"
    class="button"
    data-kind={kind}
    data-small={small ? '' : undefined}
    name={name}
    value={value}
    formaction={formaction}
    disabled={disabled || undefined}
  >
    {children}
  </button>
)

/** A link that looks like a button: it goes somewhere and changes nothing. */
export const ButtonLink = ({
  href,
  kind = 'secondary',
  small = false,
  current = false,
  children,
}: {
  href: string
  kind?: ButtonKind
  small?: boolean
  current?: boolean
  children?: Child
}) => (
  <a
    class="button"
    href={href}
    data-kind={kind}
    data-small={small ? '' : undefined}
    aria-current={current ? 'true' : undefined}
  >
    {children}
  </a>
)

/** The row of buttons that ends a form or a panel. */
export const Actions = ({ children }: { children?: Child }) => <div class="actions">{children}</div>
