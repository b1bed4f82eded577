import type { Child } from '../jsx/element.ts'

export type BadgeKind = 'ok' | 'warn' | 'bad' | 'idle' | 'now'

/** A state in one or two words. The shape before the words differs by kind, so it can be told apart without colour. */
export const Badge = ({ kind, children }: { kind: BadgeKind; children?: Child }) => (
  <span class="badge" data-kind={kind}>
    {children}
  </span>
)
