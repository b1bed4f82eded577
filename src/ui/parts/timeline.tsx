import type { Child } from '../jsx/element.ts'
import { DateText } from './date-text.tsx'

export type Moment = { what: Child; at: string | Date; who?: string; detail?: Child; href?: string }

/** What happened, when and by whom; the order is the caller's (newest first on case pages). */
export const Timeline = ({ items }: { items: readonly Moment[] }) => (
  <ol class="timeline">
    {items.map(({ what, at, who, detail, href }) => (
      <li key={String(at)}>
        <p class="timeline__what">{href ? <a href={href}>{what}</a> : what}</p>
        <p class="timeline__when">
          <DateText date={at} />
          {who && <span class="timeline__who">{who}</span>}
        </p>
        {detail !== undefined && detail !== null && <div class="timeline__detail">{detail}</div>}
      </li>
    ))}
  </ol>
)
