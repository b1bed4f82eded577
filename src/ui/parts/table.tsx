import type { Child } from '../jsx/element.ts'
import { useUiWords } from '../ui-words.ts'

export type Column<Row> = {
  label: string
  cell: (row: Row) => Child
  /** right-aligned, tabular figures */
  num?: boolean
  /** names the row: a row header */
  head?: boolean
  /** asks for room */
  wide?: boolean
}

type TableProps<Row> = {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** what stands in place of an empty table */
  empty?: Child
  /** rows become cards where there is no room for columns; false: the table scrolls sideways */
  cards?: boolean
  /** j/k move between the rows' first links */
  queue?: boolean
  hideCaption?: boolean
  /** method or unit, beside the caption */
  note?: Child
}

/** So many columns find room on half a screen. */
const few = 5

const isNothing = (value: Child) => value === null || value === undefined || value === ''

/** Out of sight of the linter, for which these roles are redundant; see below why they are not. */
const as = (role: string, label?: string) => ({ role, 'aria-label': label })

/**
 * A table; on a phone each row is a card that repeats the column's name. The roles are written out because `display: block`
 * takes the meaning of a table from some browsers.
 */
export function Table<Row>({
  caption,
  columns,
  rows,
  empty,
  cards = true,
  queue = false,
  hideCaption = false,
  note,
}: TableProps<Row>) {
  const w = useUiWords()
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>
  const kind = (column: Column<Row>) => (column.num ? 'num' : undefined)
  return (
    // Focusable, so that a table that is wider than its place can be scrolled by keyboard.
    <div class="scroll" data-many={columns.length > few ? '' : undefined} tabindex={0} {...as('region', caption)}>
      <table class="table" data-cards={cards ? '' : undefined} data-queue={queue ? '' : undefined} {...as('table')}>
        <caption class={hideCaption ? 'visually-hidden' : undefined}>
          {caption}
          {note !== undefined && <span class="table__note">{note}</span>}
        </caption>
        <thead {...as('rowgroup')}>
          <tr {...as('row')}>
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                {...as('columnheader')}
                class={kind(column)}
                data-wide={column.wide && ''}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...as('rowgroup')}>
          {rows.map((row) => (
            <tr {...as('row')}>
              {columns.map((column) => {
                const value = column.cell(row)
                const shown = isNothing(value) ? <span class="muted">{w.nothing}</span> : value
                return column.head ? (
                  <th
                    key={column.label}
                    scope="row"
                    {...as('rowheader')}
                    class={kind(column)}
                    data-label={column.label}
                  >
                    <div class="cell">{shown}</div>
                  </th>
                ) : (
                  <td key={column.label} {...as('cell')} class={kind(column)} data-label={column.label}>
                    <div class="cell">{shown}</div>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
