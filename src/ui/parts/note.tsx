import type { Child } from '../jsx/element.ts'

export type NoteKind = 'info' | 'warn' | 'warm' | 'error'

/** Something to know before going on. The title carries the meaning in words; the colour only repeats it. */
export const Note = ({ kind = 'info', title, children }: { kind?: NoteKind; title?: string; children?: Child }) => (
  <div class="note" data-kind={kind}>
    {title && <p class="note__title">{title}</p>}
    {children}
  </div>
)

/** A voice that took shape: the only place, with the sun in the mark, for the warm accent. */
export const Voice = ({ children }: { children?: Child }) => <div class="voice">{children}</div>
