import type { z } from 'zod'
import { Actions, ButtonLink, Facts, Page } from '#ui/index.ts'
import type { evidenceDay } from '../views/day.ts'
import { places, SealFacts, useDay, useEvidenceWords } from './parts.tsx'

/** What one day ended with, for anybody to keep. */
export const DayPage = ({ added, before, ...seal }: z.output<typeof evidenceDay.output>) => {
  const { days, day: w } = useEvidenceWords()
  const day = useDay()
  const title = w.title(day(seal.day))
  return (
    <Page title={title} crumbs={[{ label: days.title, href: places.days }, { label: title }]}>
      <p>{w.lead}</p>
      <SealFacts seal={seal} added={added} />
      {before && <Facts items={[{ label: w.before, value: <a href={places.day(before.day)}>{day(before.day)}</a> }]} />}
      <h2>{w.keep}</h2>
      <Actions>
        <ButtonLink href={`${places.day(seal.day)}.json`}>{w.json}</ButtonLink>
        <ButtonLink href={`${places.day(seal.day)}.txt`} kind="secondary">
          {w.text}
        </ButtonLink>
      </Actions>
      <h2>{w.how}</h2>
      <p>{w.howText}</p>
    </Page>
  )
}
