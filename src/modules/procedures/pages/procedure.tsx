import type { z } from 'zod'
import type { Child } from '#ui/index.ts'
import { Actions, Button, ButtonLink, Facts, Form, Hidden, Note, Page, useDates } from '#ui/index.ts'
import type { procedurePage } from '../views/procedure.ts'
import { usePublicWords } from '../words.ts'

import { usePeriod } from './catalogue.tsx'
import { OpeningBadge } from './state-badge.tsx'

type Shown = z.output<typeof procedurePage.output>

/** One procedure: what it is, when, how long it takes, and where to begin. */
export const ProcedurePage = ({ procedure, needs }: { procedure: Shown; needs?: Child }) => {
  const w = usePublicWords()
  const { moment } = useDates()
  const periodOf = usePeriod()
  const { title, summary, explanation, opening, standard_days, legal_basis, office, drafts, slug } = procedure
  const begun = drafts.filter(({ untouched }) => !untouched)
  return (
    <Page title={title} crumbs={[{ label: w.menu, href: '/procedures' }, { label: title }]}>
      <p>
        <OpeningBadge opening={opening} words={w} />
      </p>
      <p>{summary}</p>
      <p class="as-typed">{explanation}</p>
      {begun.length > 0 && (
        <Note kind="info" title={begun.length > 1 ? w.procedure.resumeSeveral(begun.length) : w.procedure.resume}>
          {begun.map(({ id, started_at, saved_at }, position) => (
            <>
              <p>{w.procedure.resumeText(moment(started_at), moment(saved_at))}</p>
              <p>
                <ButtonLink kind={position === 0 ? 'primary' : 'secondary'} href={`/apply/${id}`}>
                  {w.procedure.resumeLink}
                  {begun.length > 1 && <Hidden>{w.procedure.resumeHidden(moment(saved_at))}</Hidden>}
                </ButtonLink>
              </p>
            </>
          ))}
        </Note>
      )}
      {opening === 'open' && needs}
      {opening === 'open' && (
        <Form action={`/procedures/${slug}/begin`}>
          <Actions>
            <Button kind={begun.length > 0 ? 'secondary' : 'primary'}>
              {begun.length > 0 ? w.procedure.beginAnew : w.procedure.begin}
            </Button>
          </Actions>
          {begun.length > 0 && <p class="hint">{w.procedure.beginAnewText}</p>}
        </Form>
      )}
      <Facts
        items={[
          { label: w.procedure.period, value: periodOf(procedure) },
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
