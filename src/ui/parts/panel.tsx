import type { Child } from '../jsx/element.ts'
import { Whole } from './whole.tsx'

/** A white panel on the desk. `next` marks 次にすること, with the page's one primary button. */
export const Panel = ({
  title,
  id,
  kind,
  children,
}: {
  title: string
  id?: string
  kind?: 'next'
  children?: Child
}) => (
  <section class="panel" id={id} data-kind={kind}>
    <h2>
      <Whole>{title}</Whole>
    </h2>
    {children}
  </section>
)

/** The desk in two columns: the case on the left; next step, history and traces on the right (below on narrow screens). */
export const Columns = ({ main, side }: { main: Child; side: Child }) => (
  <div class="columns">
    <div>{main}</div>
    <div>{side}</div>
  </div>
)

/** For screen readers only. */
export const Hidden = ({ children }: { children?: Child }) => <span class="visually-hidden">{children}</span>

/** The page's width, inside a page of full width. */
export const Wrap = ({ children }: { children?: Child }) => <div class="wrap">{children}</div>
