import type { z } from 'zod'
import type { persons } from '#modules/people/index.ts'
import { useRoleWords } from '#modules/people/index.ts'
import {
  Badge,
  ButtonLink,
  Console,
  EmptyState,
  FilterSelect,
  Filters,
  FilterText,
  Pagination,
  Table,
  useShell,
} from '#ui/index.ts'
import { places, useAdministration } from './administration-words.ts'

type Shown = z.output<typeof persons.output>
type Person = Shown['people'][number]
type Props = Shown & { words: string; kind: 'staff' | 'resident' | 'company' }

/** Everybody the office knows, to be searched. */
export const PeoplePage = ({ people, total, page, pages, words, kind }: Props) => {
  const w = useAdministration()
  const { language } = useShell()
  const roleWords = useRoleWords()
  const href = (n: number) =>
    `${places.people}?words=${encodeURIComponent(words)}&kind=${kind}${n > 1 ? `&page=${n}` : ''}`
  const columns = [
    {
      label: w.people.name,
      head: true,
      cell: (one: Person) => <a href={`${places.people}/${one.id}`}>{one.name}</a>,
    },
    ...(kind === 'company'
      ? [{ label: w.company.number, cell: (one: Person) => one.number }]
      : [
          { label: w.people.reading, cell: (one: Person) => one.reading },
          { label: w.people.mail, cell: (one: Person) => one.mail },
        ]),
    ...(kind === 'staff'
      ? [
          { label: w.people.section, cell: (one: Person) => one.section },
          {
            label: w.people.roles,
            cell: (one: Person) => one.roles.map((role) => roleWords[role].name).join('、'),
          },
        ]
      : []),
    { label: w.people.state, cell: (one: Person) => <State {...one} /> },
  ]
  return (
    <Console
      title={w.people.title}
      crumbs={[{ label: w.people.title }]}
      state={
        kind === 'company' ? (
          <ButtonLink kind="primary" small href={`${places.companies}/new`}>
            {w.company.enter}
          </ButtonLink>
        ) : (
          <ButtonLink kind="primary" small href={`${places.people}/new`}>
            {w.people.invite}
          </ButtonLink>
        )
      }
    >
      <Filters action={places.people} {...(words || kind !== 'staff' ? { clear: places.people } : {})}>
        <FilterText name="words" label={w.people.search} value={words} />
        <FilterSelect
          name="kind"
          label={w.people.kind}
          value={kind}
          options={Object.entries(w.people.kinds).map(([value, label]) => ({ value, label }))}
        />
      </Filters>
      <Table
        caption={w.people.kinds[kind]}
        note={w.people.found(total)}
        columns={columns}
        rows={people}
        queue
        empty={
          <EmptyState title={w.people.none}>
            <p>{w.people.noneText}</p>
          </EmptyState>
        }
      />
      <Pagination page={page} pages={pages} href={href} total={total} unit={language === 'ja' ? '人' : ''} />
    </Console>
  )
}

const State = ({ disabled, invited }: { disabled: boolean; invited: boolean }) => {
  const { people } = useAdministration()
  if (disabled) return <Badge kind="bad">{people.disabled}</Badge>
  return invited ? <Badge kind="warn">{people.invited}</Badge> : <Badge kind="ok">{people.active}</Badge>
}
