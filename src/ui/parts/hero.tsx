import type { Child } from '../jsx/element.ts'

/** The welcome of a home page: a question and a place to answer it. Use with `<Page width="full" heading={null}>`. */
export const Hero = ({ title, text, children }: { title: string; text?: string; children?: Child }) => (
  <div class="hero">
    <div class="wrap">
      <h1>{title}</h1>
      {text && <p>{text}</p>}
      {children}
    </div>
  </div>
)
