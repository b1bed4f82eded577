import type { Child } from '../jsx/element.ts'
import { shellPaths, useShell } from '../shell.tsx'
import { useUiWords } from '../ui-words.ts'

/**
 * The document around any page, but for its doctype (see `drawIn`). `rel=home` tells the browser part where the tenant's
 * paths begin (see browser/home.ts).
 */
export const Document = ({
  title,
  wrong = false,
  console = false,
  children,
}: {
  title: string
  wrong?: boolean
  console?: boolean
  children?: Child
}) => {
  const { tenant, language, assets } = useShell()
  const w = useUiWords()
  const site = tenant ? `${tenant.name} ${w.product}` : w.product
  return (
    <html lang={language} data-key={tenant?.keyColour ?? 'green'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${wrong ? w.errorTitle : ''}${title === site || title === tenant?.name ? '' : `${title} ― `}${site}`}</title>
        {console && <meta name="robots" content="noindex, nofollow" />}
        <meta name="format-detection" content="telephone=no" />
        <link rel="home" href={shellPaths.home} />
        <link rel="stylesheet" href={assets.style} />
        <script type="module" src={assets.script} />
      </head>
      <body>
        <a class="skip" href="#main">
          {w.skip}
        </a>
        {children}
      </body>
    </html>
  )
}
