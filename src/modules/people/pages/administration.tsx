import type { Child } from 'hono/jsx'
import { formatDate } from '#core/dates.ts'
import { Actions, Button, ButtonLink, Console, Form, Panel, useShell, useWords } from '#ui/index.ts'
import { en } from '../words.administration.en.ts'
import { ja } from '../words.administration.ja.ts'

const words = { ja, en }

/** The words of all administration pages. */
export const useAdministration = () => useWords(words)

/** Where the administration pages stand. */
export const places = {
  people: '/console/administration/people',
  companies: '/console/administration/companies',
  groups: '/console/administration/groups',
  units: '/console/administration/units',
  tokens: '/console/administration/tokens',
  settings: '/console/administration/settings',
  audit: '/console/administration/audit',
} as const

/** A day (ISO) within a sentence, in the page's language. */
export function useDay(): (iso: string) => string {
  const { language } = useShell()
  if (language === 'ja') return formatDate
  return (iso) => english.format(new Date(`${iso}T00:00:00Z`))
}

const english = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

export type Errors = Readonly<Record<string, string>>

/** What a page of a form gets: what was typed, and what is to be corrected. */
export type Typed = Readonly<Record<string, string | string[] | undefined>>

/** One typed value as text. */
export const text = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '')

/** All typed values of a repeated name. */
export const list = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

/** The three boxes of a date, as they were typed. */
export const dateParts = (typed: Typed, name: string) => ({
  year: text(typed[`${name}.year`]),
  month: text(typed[`${name}.month`]),
  day: text(typed[`${name}.day`]),
})

type StepProps = {
  title: string
  /** Whom or what it is about: the heading of the panel. */
  subject: string
  crumbs: readonly { label: string; href?: string }[]
  back: string
  errors?: Errors
  button: string
  danger?: boolean
  children?: Child
}

/** A page with one form and one thing to do; `back` leads out of it. */
export const FormStep = ({ title, subject, crumbs, back, errors, button, danger = false, children }: StepProps) => {
  const w = useAdministration()
  return (
    <Console title={title} crumbs={[...crumbs, { label: title }]} errors={errors}>
      <Panel title={subject}>
        <Form>
          {children}
          <Actions>
            <Button kind={danger ? 'danger' : 'primary'}>{button}</Button>
            <ButtonLink kind="text" href={back}>
              {w.cancel}
            </ButtonLink>
          </Actions>
        </Form>
      </Panel>
    </Console>
  )
}
