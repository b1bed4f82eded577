import { useUiWords } from '../ui-words.ts'

/** One step of the way here; without `href` it is the place itself. */
export type Crumb = { label: string; href?: string | undefined }

/** The way from home to this page. `home` is added in front by the shells. */
export const Crumbs = ({ crumbs, home }: { crumbs: readonly Crumb[]; home: Crumb }) => {
  const w = useUiWords()
  return (
    <nav class="crumbs" aria-label={w.crumbs}>
      <ol>
        {[home, ...crumbs].map(({ label, href }) => (
          <li key={label}>{href ? <a href={href}>{label}</a> : <span aria-current="page">{label}</span>}</li>
        ))}
      </ol>
    </nav>
  )
}
