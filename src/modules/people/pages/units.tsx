import type { z } from 'zod'
import { addDays } from '#core/dates.ts'
import {
  Actions,
  Badge,
  ButtonLink,
  Columns,
  Console,
  DateText,
  EmptyState,
  Facts,
  Filters,
  FilterText,
  Note,
  Panel,
  Table,
  Timeline,
  useDay,
} from '#ui/index.ts'
import type { unit, units } from '../views/units.ts'
import { places, usePeople } from './people-words.ts'

type Units = z.output<typeof units.output>
type Section = Units['departments'][number]['sections'][number]

/** Departments with their sections, as of a day. `wrong`: what was typed is no day, and why. */
export const UnitsPage = ({ on, departments, typed, wrong }: Units & { typed: string; wrong: string | null }) => {
  const w = usePeople()
  const day = useDay()
  return (
    <Console
      title={w.units.title}
      crumbs={[{ label: w.units.title }]}
      errors={wrong ? { 'filter-on': wrong } : {}}
      state={
        <ButtonLink kind="primary" small href={`${places.units}/new`}>
          {w.units.add}
        </ButtonLink>
      }
    >
      <Filters action={places.units} button={w.units.see} {...(typed ? { clear: places.units } : {})}>
        <FilterText name="on" label={w.units.on} value={typed || on} hint={w.units.dayHint} />
      </Filters>
      <p>
        <DateText date={on} era />
        {w.units.asOf}
      </p>
      {departments.length === 0 && (
        <EmptyState title={w.units.none}>
          <p>{w.units.noneText}</p>
        </EmptyState>
      )}
      {departments.map((department) => (
        <Panel title={department.name} key={department.id}>
          <Table
            caption={department.name}
            hideCaption
            columns={[
              {
                label: w.units.name,
                head: true,
                cell: (line: Section) => (
                  <a href={`${places.units}/${line.id}`}>
                    {line.name}
                    {line.id === department.id && `（${w.units.kinds.department}）`}
                  </a>
                ),
              },
              {
                label: w.units.since,
                cell: (line: Section) => (
                  <>
                    <DateText date={line.since} />
                    {line.until && (
                      <>
                        <br />
                        {w.units.until(day(addDays(line.until, -1)))}
                      </>
                    )}
                  </>
                ),
              },
              { label: w.units.people, num: true, cell: (line: Section) => w.units.persons(line.people) },
            ]}
            rows={[department, ...department.sections]}
          />
        </Panel>
      ))}
    </Console>
  )
}

type Unit = z.output<typeof unit.output>

/** One department or section with what it was and will be. */
export const UnitPage = ({ today, ...unit }: Unit & { today: string }) => {
  const w = usePeople()
  const day = useDay()
  const place = `${places.units}/${unit.id}`
  const { closedFrom } = unit
  return (
    <Console
      title={unit.name}
      crumbs={[{ label: w.units.title, href: places.units }, { label: unit.name }]}
      state={<Badge kind="idle">{w.units.kinds[unit.kind]}</Badge>}
    >
      {closedFrom && (
        <Note kind="warn">
          {(closedFrom > today ? w.unit.closes : w.unit.closed)(day(closedFrom))}
          {closedFrom > today && w.unit.over}
        </Note>
      )}
      <Columns
        main={
          <>
            <Panel title={w.unit.history}>
              <Timeline
                items={unit.states.map(({ name, department, from, to }) => ({
                  what: (
                    <>
                      {department && `${department}　`}
                      {name}{' '}
                      {from > today ? (
                        <Badge kind="now">{w.unit.planned}</Badge>
                      ) : (
                        (!to || to > today) && <Badge kind="ok">{w.unit.current}</Badge>
                      )}
                    </>
                  ),
                  at: from,
                  detail: to && w.units.until(day(addDays(to, -1))),
                }))}
              />
            </Panel>
            {unit.kind === 'department' && (
              <Panel title={w.unit.sections}>
                {unit.sections.length === 0 ? (
                  <p>{w.units.noSections}</p>
                ) : (
                  <ul>
                    {unit.sections.map(({ id, name }) => (
                      <li key={id}>
                        <a href={`${places.units}/${id}`}>{name}</a>
                      </li>
                    ))}
                  </ul>
                )}
              </Panel>
            )}
          </>
        }
        side={
          <>
            {(!closedFrom || unit.planned) && (
              <Panel title={w.unit.todo} kind="next">
                <Actions>
                  {!closedFrom && <ButtonLink href={`${place}/rename`}>{w.unit.rename}</ButtonLink>}
                  {!closedFrom && unit.kind === 'section' && (
                    <ButtonLink href={`${place}/move`}>{w.unit.move}</ButtonLink>
                  )}
                  {!closedFrom && (
                    <ButtonLink kind="danger" href={`${place}/close`}>
                      {w.unit.close}
                    </ButtonLink>
                  )}
                  {unit.planned && <ButtonLink href={`${place}/cancel`}>{w.unit.cancel}</ButtonLink>}
                </Actions>
              </Panel>
            )}
            {unit.kind === 'section' && (
              <Panel title={w.unit.about}>
                <Facts items={[{ label: w.unit.department, value: unit.department }]} />
              </Panel>
            )}
          </>
        }
      />
    </Console>
  )
}
