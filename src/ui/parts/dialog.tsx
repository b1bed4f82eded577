import type { ButtonKind } from '../form/button.tsx'
import type { Child } from '../jsx/element.ts'
import { useUiWords } from '../ui-words.ts'

/**
 * A question that floats. The link goes to the dialog's own id: without JavaScript the style sheet shows the target as a section
 * of the page; with it, the same element opens as a modal dialog.
 */
export const Dialog = ({ id, title, children }: { id: string; title: string; children?: Child }) => {
  const w = useUiWords()
  return (
    <dialog class="dialog" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} tabindex={-1}>
        {title}
      </h2>
      {children}
      <p class="dialog__close">
        <a href="#main" data-close-dialog="">
          {w.close}
        </a>
      </p>
    </dialog>
  )
}

/** Opens the dialog of that id. */
export const DialogLink = ({
  id,
  kind = 'secondary',
  small = false,
  children,
}: {
  id: string
  kind?: ButtonKind
  small?: boolean
  children?: Child
}) => (
  <a class="button" href={`#${id}`} data-dialog={id} data-kind={kind} data-small={small ? '' : undefined}>
    {children}
  </a>
)
