import { ErrorSummary, type Errors, listErrors } from './form/error-summary.tsx'
import type { Child } from './jsx/element.ts'
import { Confirmation } from './parts/confirmation.tsx'
import { type Crumb, Crumbs } from './parts/crumbs.tsx'
import { Document } from './parts/document.tsx'
import { Footer } from './parts/footer.tsx'
import { Brand, Masthead } from './parts/masthead.tsx'
import { Rail } from './parts/rail.tsx'
import { Tools } from './parts/tools.tsx'
import { TrialBanner } from './parts/trial-banner.tsx'
import { Whole } from './parts/whole.tsx'
import { shellPaths, useShell } from './shell.tsx'
import { useUiWords } from './ui-words.ts'

type Head = {
  title: string
  /** the `<h1>`; default: the title; null: the page writes its own */
  heading?: string | null
  crumbs?: readonly Crumb[]
  errors?: Errors | undefined
  children?: Child
}

/**
 * A public page, whole: doctype, masthead, crumbs, error summary, confirmation, `<h1>`, content, footer.
 * With errors its title begins with 「エラー：」, so that a screen reader says so first.
 */
export const Page = ({
  title,
  heading = title,
  crumbs,
  errors,
  width = 'read',
  before,
  children,
}: Head & {
  width?: 'read' | 'wide' | 'full'
  /** steps of a journey: above errors and heading */
  before?: Child
}) => {
  const { confirmation } = useShell()
  const w = useUiWords()
  return (
    <Document title={title} wrong={listErrors(errors).length > 0}>
      <Masthead />
      {crumbs && (
        <div class="wrap">
          <Crumbs crumbs={crumbs} home={{ label: w.home, href: shellPaths.home }} />
        </div>
      )}
      <main id="main" class="main" data-width={width} tabindex={-1}>
        {confirmation && <Confirmation>{confirmation}</Confirmation>}
        {before}
        {errors && <ErrorSummary errors={errors} />}
        {heading !== null && (
          <h1>
            <Whole>{heading}</Whole>
          </h1>
        )}
        {children}
      </main>
      <Footer />
    </Document>
  )
}

/** A page of the staff console: rail with counts, and a desk. Search engines are told to stay away. */
export const Console = ({
  title,
  heading = title,
  crumbs = [],
  errors,
  places,
  state,
  tabs,
  children,
}: Head & {
  /** how many places are wrong, where an entry of `errors` stands for a list of them */
  places?: number
  /** state and clock, beside the heading */
  state?: Child
  tabs?: Child
}) => {
  const { confirmation } = useShell()
  const w = useUiWords()
  return (
    <Document title={title} wrong={listErrors(errors).length > 0} console>
      <div class="console">
        <header class="console__head">
          <TrialBanner />
          <Rail />
          <div class="console__bar">
            <Crumbs crumbs={crumbs} home={{ label: w.console, href: shellPaths.console }} />
            <Tools console />
          </div>
        </header>
        <main id="main" class="desk" tabindex={-1}>
          {confirmation && <Confirmation>{confirmation}</Confirmation>}
          {errors && <ErrorSummary errors={errors} places={places} />}
          {heading !== null && (
            <div class="desk__head">
              <h1>
                <Whole>{heading}</Whole>
              </h1>
              {state}
            </div>
          )}
          {tabs}
          {children}
        </main>
      </div>
    </Document>
  )
}

/** A page for when things go wrong: leans on nothing that may be missing (no menu, no person). */
export const Bare = ({ title, children }: { title: string; children?: Child }) => (
  <Document title={title}>
    <header class="masthead">
      <div class="masthead__row">
        <Brand />
      </div>
    </header>
    <main id="main" class="main" data-width="read" tabindex={-1}>
      <h1>
        <Whole>{title}</Whole>
      </h1>
      {children}
    </main>
    <Footer />
  </Document>
)
