import type { z } from 'zod'
import { roleNames } from '#core/policy.ts'
import {
  ButtonLink,
  ChoicesField,
  Consent,
  Console,
  DateField,
  DateText,
  Facts,
  Note,
  Panel,
  TextField,
  useShell,
} from '#ui/index.ts'
import { policy } from '../policy.ts'
import type { tokens } from '../views/tokens.ts'
import {
  dateParts,
  type Errors,
  FormStep,
  list,
  places,
  type Typed,
  text,
  useAdministration,
  useDay,
} from './administration.tsx'
import { lastDayOf } from './tokens.tsx'

type Shown = z.output<typeof tokens.output>

type IssueProps = { typed: Typed; errors: Errors; modules: Shown['modules']; lastDay: string }

/** What a new token may do and how long. */
export const IssueTokenPage = ({ typed, errors, modules, lastDay }: IssueProps) => {
  const w = useAdministration()
  const day = useDay()
  const { language, tenant } = useShell()
  return (
    <FormStep
      title={w.issue.title}
      subject={w.issue.subjectOfForm}
      crumbs={[{ label: w.tokens.title, href: places.tokens }]}
      back={places.tokens}
      errors={errors}
      button={w.issue.go}
    >
      <TextField
        name="name"
        label={w.issue.name}
        hint={w.issue.nameHint}
        value={text(typed.name)}
        error={errors.name}
        autocomplete="off"
        required
      />
      <ChoicesField
        name="roles"
        label={w.issue.roles}
        hint={w.issue.rolesHint}
        options={roleNames.map((role) => ({
          value: role,
          label: policy[role][language].name,
          hint: policy[role][language].may(w.wholeOf(tenant?.name ?? w.office)),
        }))}
        value={list(typed.roles)}
        error={errors.roles}
        required
      />
      <Consent
        name="confirmed"
        label={w.issue.confirmed}
        hint={w.issue.confirmedHint}
        value={text(typed.confirmed)}
        error={errors.confirmed}
      />
      <ChoicesField
        name="scopes"
        label={w.issue.scopes}
        hint={w.issue.scopesHint}
        options={modules.flatMap(({ name, title }) => [
          { value: `${name}:read`, label: w.issue.read(title) },
          { value: `${name}:write`, label: w.issue.write(title) },
        ])}
        value={list(typed.scopes)}
        error={errors.scopes}
        required
      />
      <DateField
        name="until"
        label={w.issue.until}
        hint={w.issue.untilHint(day(lastDay))}
        value={dateParts(typed, 'until')}
        error={errors.until}
        required
      />
    </FormStep>
  )
}

/** The token, this once. */
export const TokenIssuedPage = ({ token, name, expiresAt }: { token: string; name: string; expiresAt: Date }) => {
  const w = useAdministration()
  return (
    <Console
      title={w.issued.title}
      crumbs={[{ label: w.tokens.title, href: places.tokens }, { label: w.issued.title }]}
    >
      <Note kind="warn" title={w.issued.once}>
        <p>{w.issued.copy}</p>
      </Note>
      <Panel title={name}>
        <Facts
          items={[
            { label: w.issued.token, value: <code>{token}</code> },
            { label: w.tokens.until, value: <DateText date={lastDayOf(expiresAt)} /> },
          ]}
        />
        <h3>{w.issued.use}</h3>
        <p>{w.issued.header}</p>
        <p>
          <code>Authorization: Bearer {token}</code>
        </p>
        <p>
          <a href="/developers">{w.tokens.docs}</a>
        </p>
        <p>
          <ButtonLink href={places.tokens}>{w.issued.list}</ButtonLink>
        </p>
      </Panel>
    </Console>
  )
}

/** Asking once more before a token becomes worthless. */
export const RevokeTokenPage = ({ name, errors }: { name: string; errors: Errors }) => {
  const w = useAdministration()
  return (
    <FormStep
      title={w.revokeToken.title}
      subject={name}
      crumbs={[{ label: w.tokens.title, href: places.tokens }]}
      back={places.tokens}
      errors={errors}
      button={w.revokeToken.go}
      danger
    >
      <p>{w.revokeToken.lead(name)}</p>
    </FormStep>
  )
}
