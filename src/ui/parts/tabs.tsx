/** Views of one thing. They are links with addresses, so a nav and not an ARIA tab list. */
export const Tabs = ({
  label,
  items,
}: {
  label: string
  items: readonly { href: string; label: string; count?: number | null; current?: boolean }[]
}) => (
  <nav class="tabs" aria-label={label}>
    <ul>
      {items.map((item) => (
        <li key={item.href}>
          <a href={item.href} aria-current={item.current ? 'page' : undefined}>
            {item.label}
            {typeof item.count === 'number' && (
              <span class="tabs__count">（{item.count.toLocaleString('ja-JP')}）</span>
            )}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)
