import type { Child } from '../jsx/element.ts'
import { useShell } from '../shell.tsx'

const years = '(?:明治|大正|昭和|平成|令和)(?:元|[0-9]+)(?:（[0-9]{4}）)?年度?末?|[0-9]{4}年度末?'

/**
 * A heading in which a year by its era, a fiscal year and the office's own name never break in two: browsers that break by
 * phrase take 「令和」 and 「8年度」 for two.
 */
export const Whole = ({ children }: { children?: Child }) => {
  const { tenant } = useShell()
  if (typeof children !== 'string') return <>{children}</>
  const name = tenant?.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const parts = children.split(new RegExp(`(${years}${name ? `|${name}` : ''})`))
  // A split by one group gives what lies between, and every second time what was found.
  return <>{parts.map((part, n) => (n % 2 === 1 ? <span class="whole">{part}</span> : part))}</>
}
