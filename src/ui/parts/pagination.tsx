import { useUiWords } from '../ui-words.ts'

/** Pages around the present one, with first and last; 0 stands for a gap. */
export function pagesShown(page: number, pages: number): number[] {
  const near = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages)
  const sorted = [...new Set(near)].sort((a, b) => a - b)
  return sorted.flatMap((n, i) => {
    const gap = n - (sorted[i - 1] ?? n)
    // A gap of one page is that page: an ellipsis would be no shorter.
    return gap === 2 ? [n - 1, n] : gap > 2 ? [0, n] : [n]
  })
}

/** Moving through counted pages. */
export const Pagination = ({
  page,
  pages,
  href,
  total = null,
  unit = '件',
  label,
}: {
  page: number
  pages: number
  href: (page: number) => string
  total?: number | null
  unit?: string
  /** when a page has several */
  label?: string
}) => {
  const w = useUiWords()
  if (pages <= 1) return null
  return (
    <nav class="pagination" aria-label={label ?? w.pages}>
      <p>{w.totalPages(page, pages, total, unit)}</p>
      <ul>
        {page > 1 && (
          <li>
            <a href={href(page - 1)} rel="prev">
              {w.previous}
            </a>
          </li>
        )}
        {pagesShown(page, pages).map((n, i) => (
          <li key={n || `gap-${i}`}>
            {n === 0 ? (
              <span aria-hidden="true">…</span>
            ) : (
              <a href={href(n)} aria-label={w.page(n)} aria-current={n === page ? 'page' : undefined}>
                {n}
              </a>
            )}
          </li>
        ))}
        {page < pages && (
          <li>
            <a href={href(page + 1)} rel="next">
              {w.next}
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}

/** Moving through a list that nobody counted. */
export const Paging = ({
  previous,
  next,
  label,
}: {
  previous?: string | null
  next?: string | null
  label?: string
}) => {
  const w = useUiWords()
  if (!previous && !next) return null
  return (
    <nav class="pagination" aria-label={label ?? w.pages}>
      <ul>
        {previous && (
          <li>
            <a href={previous} rel="prev">
              {w.previous}
            </a>
          </li>
        )}
        {next && (
          <li>
            <a href={next} rel="next">
              {w.next}
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}
