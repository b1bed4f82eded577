import type { z } from 'zod'
import { roleNames } from '#core/policy.ts'
import { useRoleWords, useWholeOffice } from '#modules/people/index.ts'
import {
  asTyped,
  ButtonLink,
  ChoicesField,
  Consent,
  Console,
  DateField,
  DateText,
  dateTyped,
  type Errors,
  Facts,
  FormStep,
  listTyped,
  Note,
  Panel,
  TextField,
  type Typed,
  useDay,
} from '#ui/index.ts'
import type { tokens } from '../views/tokens.ts'
import { lastDayOf } from './tokens.tsx'
import { place, useTokens } from './tokens-words.ts'

type Shown = z.output<typeof tokens.output>

type IssueProps = { typed: Typed; errors: Errors; modules: Shown['modules']; lastDay: string }

/** What a new token may do and how long. */
export const IssueTokenPage = ({ typed, errors, modules, lastDay }: IssueProps) => {
  const w = useTokens()
  const day = useDay()
  const roleWords = useRoleWords()
  const whole = useWholeOffice()
  return (
    <FormStep
      title={w.issue.title}
      subject={w.issue.subjectOfForm}
      crumbs={[{ label: w.tokens.title, href: place }]}
      back={place}
      errors={errors}
      button={w.issue.go}
    >
      <TextField
        {...asTyped('name', typed, errors)}
        label={w.issue.name}
        hint={w.issue.nameHint}
        autocomplete="off"
        required
      />
      <ChoicesField
        name="roles"
        label={w.issue.roles}
        hint={w.issue.rolesHint}
        options={roleNames.map((role) => ({
          value: role,
          label: roleWords[role].name,
          hint: roleWords[role].may(whole),
        }))}
        value={listTyped(typed.roles)}
        error={errors.roles}
        required
      />
      <Consent {...asTyped('confirmed', typed, errors)} label={w.issue.confirmed} hint={w.issue.confirmedHint} />
      <ChoicesField
        name="scopes"
        label={w.issue.scopes}
        hint={w.issue.scopesHint}
        options={modules.flatMap(({ name, title }) => [
          { value: `${name}:read`, label: w.issue.read(title) },
          { value: `${name}:write`, label: w.issue.write(title) },
        ])}
        value={listTyped(typed.scopes)}
        error={errors.scopes}
        required
      />
      <DateField
        name="until"
        label={w.issue.until}
        hint={w.issue.untilHint(day(lastDay))}
        value={dateTyped(typed, 'until')}
        error={errors.until}
        required
      />
    </FormStep>
  )
}

/** The token, this once. */
export const TokenIssuedPage = ({ token, name, expiresAt }: { token: string; name: string; expiresAt: Date }) => {
  const w = useTokens()
  return (
    <Console title={w.issued.title} crumbs={[{ label: w.tokens.title, href: place }, { label: w.issued.title }]}>
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
          <ButtonLink href={place}>{w.issued.list}</ButtonLink>
        </p>
      </Panel>
    </Console>
  )
}

/** Asking once more before a token becomes worthless. */
export const RevokeTokenPage = ({ name, errors }: { name: string; errors: Errors }) => {
  const w = useTokens()
  return (
    <FormStep
      title={w.revokeToken.title}
      subject={name}
      crumbs={[{ label: w.tokens.title, href: place }]}
      back={place}
      errors={errors}
      button={w.revokeToken.go}
      danger
    >
      <p>{w.revokeToken.lead(name)}</p>
    </FormStep>
  )
}
