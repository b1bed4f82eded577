import type { Child } from 'hono/jsx'
import type { z } from 'zod'
import { formatDateTime } from '#core/dates.ts'
import { Actions, Badge, Button, ButtonLink, Facts, Form, Note, Page, useWords } from '#ui/index.ts'
import type { procedurePage } from '../views/procedure.ts'
import { en, type PublicWords } from '../words.en.ts'
import { ja } from '../words.ja.ts'

const words: { ja: PublicWords; en: PublicWords } = { ja, en }

import { openingBadge, periodOf } from './catalogue.tsx'

type Shown = z.output<typeof procedurePage.output>

/** One procedure: what it is, when, how long it takes, and where to begin. */
export const ProcedurePage = ({ procedure, needs }: { procedure: Shown; needs?: Child }) => {
  const w = useWords(words)
  const { title, summary, explanation, opening, standard_days, legal_basis, office, drafts, slug } = procedure
  const [draft] = drafts
  return (
    <Page title={title} crumbs={[{ label: w.menu, href: '/procedures' }, { label: title }]}>
      <p>
        <Badge kind={openingBadge[opening]}>{w.opening[opening]}</Badge>
      </p>
      <p>{summary}</p>
      <p class="as-typed">{explanation}</p>
      {draft && (
        <Note kind="info" title={w.procedure.resume}>
          <p>{w.procedure.resumeText(formatDateTime(draft.saved_at))}</p>
          <ButtonLink kind="primary" href={`/apply/${draft.id}`}>
            {w.procedure.resumeLink}
          </ButtonLink>
        </Note>
      )}
      {opening === 'open' && needs}
      {opening === 'open' && (
        <Form action={`/procedures/${slug}/begin`}>
          <Actions>
            <Button kind={draft ? 'secondary' : 'primary'}>{w.procedure.begin}</Button>
          </Actions>
        </Form>
      )}
      <Facts
        items={[
          { label: w.procedure.period, value: periodOf(procedure, w) },
          {
            label: w.procedure.days,
            value: standard_days ? w.procedure.daysValue(standard_days) : w.procedure.unknown,
          },
          { label: w.procedure.basis, value: legal_basis ?? w.procedure.noBasis },
          ...(office ? [{ label: w.procedure.office, value: office }] : []),
        ]}
      />
      {procedure.least.assurance === 'none' && <p>{w.procedure.signIn}</p>}
      <h2>{w.procedure.other}</h2>
      <p>
        {w.procedure.otherText} <a href="/other-ways">{w.procedure.otherLink}</a>
      </p>
    </Page>
  )
}
