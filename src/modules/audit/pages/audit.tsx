import type { z } from 'zod'
import {
  Actions,
  Badge,
  ButtonLink,
  Console,
  DateText,
  EmptyState,
  type Errors,
  FilterSelect,
  Filters,
  FilterText,
  Note,
  Paging,
  Panel,
  Table,
  useDay,
} from '#ui/index.ts'
import type { auditEntries } from '../views/audit-entries.ts'
import { exportedTo } from '../views/audit-export.ts'
import type { ja } from '../words.ja.ts'
import { Right, SignInSteps } from './audit-right.tsx'
import { sentenceOf, subjectText } from './audit-sentences.ts'
import { place, useAudit } from './audit-words.ts'

type Shown = z.output<typeof auditEntries.output>
type Entry = Shown['entries'][number]
type Words = typeof ja

/** The conditions as they stand in the address. */
export type AuditQuery = Record<'from' | 'to' | 'who' | 'whom' | 'right' | 'act' | 'kind' | 'subject', string> & {
  steps: 'yes' | ''
}

/** `from=…&who=…` with `more`; empty conditions are left out. */
export const auditAddress = (query: AuditQuery, more: Record<string, string> = {}, path: string = place) => {
  const set = Object.entries({ ...query, ...more }).filter(([, value]) => value !== '')
  return set.length > 0 ? `${path}?${new URLSearchParams(set)}` : path
}

const badges = { act: 'ok', read: 'idle', refusal: 'bad' } as const
/** A reading of a list has as many subjects as lines; the page names the first. */
const named = 3

/** Where an entry's seal is shown: a page of a module above this one. */
const sealOf = (id: string) => `/console/evidence/entries/${id}`

type Props = { query: AuditQuery; errors: Errors; shown: Shown | null; later: boolean; actChoices: Shown['acts'] }

/** The trail, to be searched. `shown` is null where the period could not be read; `later`: not the first page. */
export const AuditPage = ({ query, errors, shown, later, actChoices }: Props) => {
  const w = useAudit()
  const conditions = Object.values(query).some((value) => value !== '')
  return (
    <Console title={w.audit.title} crumbs={[{ label: w.audit.title }]} errors={errors}>
      <p>{w.audit.lead}</p>
      <Filters action={place} {...(conditions ? { clear: place } : {})}>
        <FilterText name="from" label={w.audit.from} value={query.from || shown?.from} hint={w.audit.dayHint} />
        <FilterText name="to" label={w.audit.to} value={query.to || shown?.to} hint={w.audit.dayHint} />
        <FilterText name="who" label={w.audit.who} value={query.who} />
        <FilterSelect name="act" label={w.audit.act} value={query.act} options={acts(w, actChoices)} />
        <FilterSelect
          name="kind"
          label={w.audit.kind}
          value={query.kind}
          options={[
            { value: '', label: w.audit.all },
            ...Object.entries(w.audit.kinds).map(([value, label]) => ({ value, label })),
          ]}
        />
        <FilterText name="subject" label={w.audit.subject} value={query.subject} />
        <FilterText name="whom" label={w.audit.whom} value={query.whom} />
        <FilterText name="right" label={w.audit.right} value={query.right} />
      </Filters>
      {shown && <Entries query={query} shown={shown} later={later} />}
    </Console>
  )
}

const Entries = ({ query, shown, later }: { query: AuditQuery; shown: Shown; later: boolean }) => {
  const w = useAudit()
  const day = useDay()
  const other: AuditQuery = { ...query, steps: query.steps ? '' : 'yes' }
  return (
    <>
      <Table
        caption={w.audit.period(day(shown.from), day(shown.to))}
        note={w.audit.found(shown.total, shown.more)}
        columns={[
          { label: w.audit.when, cell: ({ at }: Entry) => <DateText date={at} /> },
          {
            label: w.audit.kind,
            cell: ({ kind }: Entry) => <Badge kind={badges[kind]}>{w.audit.kinds[kind]}</Badge>,
          },
          { label: w.audit.what, head: true, wide: true, cell: (entry: Entry) => <Sentence {...entry} /> },
          { label: w.audit.subjects, cell: (entry: Entry) => <Subjects {...entry} /> },
          { label: w.audit.seal, cell: ({ id }: Entry) => <a href={sealOf(id)}>{w.audit.checkSeal}</a> },
        ]}
        rows={shown.entries}
        empty={
          <EmptyState title={w.audit.none}>
            <p>{w.audit.noneText}</p>
          </EmptyState>
        }
      />
      {!query.act && <SignInSteps shown={query.steps === 'yes'} other={auditAddress(other)} />}
      <Paging
        previous={later ? auditAddress(query) : null}
        next={shown.next && auditAddress(query, { before: shown.next })}
      />
      {shown.entries.length > 0 && (
        <Panel title={w.audit.export}>
          <p>{w.audit.exportLead}</p>
          {shown.more && <Note kind="warn">{w.audit.exportCut(exportedTo)}</Note>}
          <Actions>
            <ButtonLink href={auditAddress(query, { bom: 'yes' }, `${place}/entries.csv`)}>
              {w.audit.forExcel}
            </ButtonLink>
            <ButtonLink href={auditAddress(query, {}, `${place}/entries.csv`)}>{w.audit.plain}</ButtonLink>
          </Actions>
        </Panel>
      )}
    </>
  )
}

const nothing: AuditQuery = {
  from: '',
  to: '',
  who: '',
  whom: '',
  right: '',
  act: '',
  kind: '',
  subject: '',
  steps: '',
}

/** What happened, how surely the house knew the person who did it, and by what right they did. */
const Sentence = (entry: Entry) => {
  const w = useAudit()
  return (
    <>
      {sentenceOf(w, entry)}
      {entry.actorKind === 'person' && entry.assurance && (
        <div class="small muted">{w.audit.knownBy(w.audit.known[entry.assurance])}</div>
      )}
      <Right entry={entry} address={(query) => auditAddress({ ...nothing, ...query })} />
    </>
  )
}

const Subjects = ({ subjects }: Entry) => {
  const w = useAudit()
  if (subjects.length === 0) return null
  return (
    <>
      {subjects.slice(0, named).map((subject) => {
        const { module, kind, id } = subject
        return (
          <div key={id}>
            <a href={auditAddress({ ...nothing, subject: `${module}/${kind}/${id}` })}>{subjectText(w, subject)}</a>
          </div>
        )
      })}
      {subjects.length > named && <div>{w.audit.andMore(subjects.length - named)}</div>}
    </>
  )
}

/** Modules, each followed by its acts. */
function acts(w: Words, all: Shown['acts']) {
  const modules = all.filter(({ name }) => !name.includes('.'))
  return [
    { value: '', label: w.audit.all },
    ...modules.flatMap(({ name: module, title }) => [
      { value: module, label: w.audit.everythingOf(title) },
      ...all
        .filter(({ name }) => name.startsWith(`${module}.`))
        .map(({ name, title: act }) => ({ value: name, label: `${title}：${act}` })),
    ]),
  ]
}
