import { type NavItem, type RailGroup, shellPaths, useShell } from '../shell.tsx'
import { useUiWords } from '../ui-words.ts'
import { Brand } from './masthead.tsx'

/**
 * Left rail of the staff console with counts of what waits. On narrow screens it folds under one line that names the current place;
 * the fold is a `details`, so it opens without JavaScript, and the style sheet keeps it open on wide screens.
 */
export const Rail = () => {
  const { rail } = useShell()
  const w = useUiWords()
  const current = rail.flatMap(({ items }) => items).find((item) => item.current)
  return (
    <div class="rail">
      <Brand href={shellPaths.console} />
      <details class="rail__fold">
        <summary>
          {w.rail}
          {current && <span class="rail__here">{current.label}</span>}
        </summary>
        <nav aria-label={w.rail}>
          {rail.map((group) => (
            <Group key={group.label ?? ''} {...group} />
          ))}
        </nav>
      </details>
    </div>
  )
}

const Group = ({ label, items }: RailGroup) => (
  <>
    {label && <h2 class="rail__label">{label}</h2>}
    <ul class="rail__list">
      {items.map((item) => (
        <Item key={item.href} {...item} />
      ))}
    </ul>
  </>
)

const Item = ({ href, label, current, count }: NavItem) => (
  <li>
    <a href={href} aria-current={current ? 'page' : undefined}>
      {label}
      {count !== undefined && count !== null && <span class="rail__count">{count.toLocaleString('ja-JP')}</span>}
    </a>
  </li>
)
