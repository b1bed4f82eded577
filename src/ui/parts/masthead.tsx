import { shellPaths, useShell } from '../shell.tsx'
import { useUiWords } from '../ui-words.ts'
import { ActingBanner } from './acting-banner.tsx'
import { Mark } from './mark.tsx'
import { Tools } from './tools.tsx'
import { TrialBanner } from './trial-banner.tsx'

/** Mark and name of the tenant: the way home. */
export const Brand = ({ href = shellPaths.home }: { href?: string }) => {
  const { tenant } = useShell()
  const w = useUiWords()
  return (
    <a class="brand" href={href}>
      <Mark />
      <span>
        {tenant ? (
          <>
            <span class="brand__tenant">{tenant.name}</span> <span class="brand__product">{w.product}</span>
          </>
        ) : (
          <span class="brand__tenant">{w.product}</span>
        )}
      </span>
    </a>
  )
}

/** Head of every public page: trial banner, mark, main menu, tools. */
export const Masthead = () => {
  const { nav, tenant } = useShell()
  const w = useUiWords()
  return (
    <header class="masthead">
      <TrialBanner />
      <ActingBanner />
      <div class="masthead__row">
        <Brand />
        {/* Above all tenants nobody is signed in and no language is kept: the tools would lead nowhere. */}
        {tenant && <Tools />}
        {nav.length > 0 && (
          <nav class="masthead__nav" aria-label={w.menu}>
            <ul>
              {nav.map((item) => (
                <li key={item.href}>
                  <a href={item.href} aria-current={item.current ? 'page' : undefined}>
                    {item.label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </div>
    </header>
  )
}
