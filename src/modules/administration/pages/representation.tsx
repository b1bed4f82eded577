import type { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import { Badge, DateText, EmptyState, Panel, Table, useDay } from '#ui/index.ts'
import type { person } from '../views/person.ts'
import { places, useAdministration } from './administration-words.ts'

type Person = z.output<typeof person.output>
type Member = Person['members'][number]
type Mandate = Person['mandates'][number]

/** Who acts and has acted for a company, and how the office knows. */
export const Members = ({ id, members }: Pick<Person, 'id' | 'members'>) => {
  const w = useAdministration().company
  return (
    <Panel title={w.members}>
      <Table
        caption={w.members}
        hideCaption
        columns={[
          {
            label: w.who,
            head: true,
            cell: ({ person, name }: Member) => <a href={`${places.people}/${person}`}>{name}</a>,
          },
          {
            label: w.how,
            cell: ({ source, account, reason }: Member) =>
              source === 'gbizid' && account ? w.accounts[account] : `${w.byOffice}${reason ? `：${reason}` : ''}`,
          },
          {
            label: w.since,
            cell: ({ since, until }: Member) => (
              <>
                <DateText date={tokyoDate(since)} />
                {until && (
                  <>
                    〜<DateText date={tokyoDate(until)} />
                  </>
                )}
              </>
            ),
          },
          {
            label: w.state,
            cell: ({ id: one, until }: Member) =>
              until ? (
                <Badge kind="idle">{w.over}</Badge>
              ) : (
                <a href={`${places.companies}/${id}/members/${one}/end`}>{w.end}</a>
              ),
          },
        ]}
        rows={members}
        empty={<EmptyState title={w.noMembers} />}
      />
    </Panel>
  )
}

/** The companies and mandates of a resident, and who acts for a person or company by mandate. */
export const Representation = ({ id, companies, mandates }: Pick<Person, 'id' | 'companies' | 'mandates'>) => {
  const all = useAdministration()
  const w = all.company
  const day = useDay()
  if (companies.length === 0 && mandates.length === 0) return null
  return (
    <Panel title={w.representation}>
      {companies.length > 0 && (
        <ul>
          {companies.map((one) => (
            <li key={one.id}>
              <a href={`${places.people}/${one.id}`}>{one.name}</a>（{w.number} {one.number}）
            </li>
          ))}
        </ul>
      )}
      {mandates.length > 0 && (
        <Table
          caption={w.mandates}
          columns={[
            { label: w.principal, head: true, cell: ({ principal }: Mandate) => <Other {...principal} self={id} /> },
            {
              label: w.agent,
              cell: ({ agent, mail }: Mandate) => (agent ? <Other {...agent} self={id} /> : mail),
            },
            { label: w.kind, cell: ({ kind, source }: Mandate) => (source === 'gbizid' ? w.byGbizid : w.kinds[kind]) },
            { label: w.until, cell: ({ until }: Mandate) => day(tokyoDate(until)) },
            {
              label: w.state,
              cell: ({ id: one, accepted, source }: Mandate) => (
                <>
                  <Badge kind={accepted ? 'ok' : 'warn'}>{accepted ? w.held : w.offered}</Badge>{' '}
                  {source !== 'gbizid' && <a href={`${places.people}/${id}/mandates/${one}/end`}>{w.end}</a>}
                </>
              ),
            },
          ]}
          rows={mandates}
        />
      )}
    </Panel>
  )
}

const Other = ({ id, name, self }: { id: string; name: string; self: string }) =>
  id === self ? <span>{name}</span> : <a href={`${places.people}/${id}`}>{name}</a>
