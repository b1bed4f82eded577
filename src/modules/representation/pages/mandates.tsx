// The list of one's mandates and the forms that begin and end one stand in one file, since they show the same parts.

import type { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import { useAccountCrumbs } from '#modules/people/index.ts'
import type { Child } from '#ui/index.ts'
import {
  Actions,
  asTyped,
  Badge,
  Button,
  ButtonLink,
  ChoiceField,
  ChoicesField,
  DateText,
  EmptyState,
  type Errors,
  Facts,
  Form,
  HiddenField,
  listTyped,
  Note,
  Page,
  TextField,
  type Typed,
} from '#ui/index.ts'
import type { myMandates } from '../views/my-mandates.ts'
import { AgentMailField, UntilField } from './mandate-fields.tsx'
import { useRepresentation } from './representation-words.ts'

type Shown = z.output<typeof myMandates.output>
type Mandate = Shown['given'][number]

const badge = { offered: 'warn', held: 'ok', over: 'idle', revoked: 'idle' } as const

/** What one has entrusted others with, what one is asked to take on, and for whom one may act. */
export const MandatesPage = ({ principal, given, offered, offersByMail, held }: Shown) => {
  const w = useRepresentation().mandates
  return (
    <Page title={w.title} crumbs={useAccountCrumbs(w.title)}>
      <p>{w.lead}</p>
      {offered.length > 0 && (
        <>
          <h2>{w.offered}</h2>
          {offered.map((one) => (
            <Note kind="warn" title={w.offeredBy(one.name ?? '')}>
              <About mandate={one} />
              <Form action="/my/mandates/accept" label={w.accept}>
                <HiddenField name="mandate" value={one.id} />
                <Actions>
                  <Button>{w.accept}</Button>
                  <ButtonLink kind="text" href={`/my/mandates/${one.id}/end`}>
                    {w.decline}
                  </ButtonLink>
                </Actions>
              </Form>
            </Note>
          ))}
        </>
      )}
      {offersByMail && (
        <Note title={w.byMailTitle}>
          <p>{w.byMail}</p>
        </Note>
      )}
      <h2>{w.held}</h2>
      {held.length === 0 ? <p>{w.heldNone}</p> : held.map((one) => <One mandate={one} whose="held" />)}
      {principal !== null && (
        <>
          <h2>{w.given(principal)}</h2>
          {given.length === 0 ? (
            <EmptyState title={w.givenNone}>
              <p>{w.givenNoneText}</p>
            </EmptyState>
          ) : (
            given.map((one) => <One mandate={one} whose="given" />)
          )}
          <Actions>
            <ButtonLink href="/my/mandates/new">{w.grant}</ButtonLink>
          </Actions>
        </>
      )}
    </Page>
  )
}

const One = ({ mandate, whose }: { mandate: Mandate; whose: 'given' | 'held' }) => {
  const w = useRepresentation().mandates
  const { id, name, mail, kind, source, state } = mandate
  const open = state === 'offered' || state === 'held'
  const ends = open && source !== 'gbizid' && (whose === 'held' || kind === 'delegated')
  return (
    <section>
      <h3>
        {name ?? mail} <Badge kind={badge[state]}>{w.states[state]}</Badge>
      </h3>
      <About mandate={mandate} />
      {ends && (
        <p>
          <a href={`/my/mandates/${id}/end`}>{whose === 'held' ? w.giveUp : w.revoke}</a>
        </p>
      )}
    </section>
  )
}

const About = ({ mandate: { kind, source, procedures, reason, granted, until } }: { mandate: Mandate }) => {
  const w = useRepresentation().mandates
  return (
    <Facts
      items={[
        { label: w.kind, value: source === 'gbizid' ? w.byGbizid : w.kinds[kind] },
        { label: w.scope, value: procedures === null ? w.all : procedures.join('、') },
        { label: w.from, value: <DateText date={tokyoDate(granted)} /> },
        { label: w.until, value: <DateText date={tokyoDate(until)} /> },
        ...(reason ? [{ label: w.reason, value: reason }] : []),
      ]}
    />
  )
}

type StepProps = { title: string; errors: Errors; before?: Child; button: Child; children?: Child }

/** A form that begins or ends a mandate, with the ways back to the list. */
const MandateStep = ({ title, errors, before, button, children }: StepProps) => {
  const all = useRepresentation()
  const list = { label: all.mandates.title, href: '/my/mandates' }
  return (
    <Page title={title} crumbs={[...useAccountCrumbs(list.label).slice(0, 2), list, { label: title }]} errors={errors}>
      {before}
      <Form>
        {children}
        <Actions>
          {button}
          <ButtonLink kind="text" href={list.href}>
            {all.cancel}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  )
}

type GrantProps = { principal: string; choices: Shown['choices']; typed: Typed; errors: Errors }

/** Entrusting somebody: whom, with what, until when. */
export const GrantMandatePage = ({ principal, choices, typed, errors }: GrantProps) => {
  const w = useRepresentation().mandates
  return (
    <MandateStep
      title={w.grantTitle}
      errors={errors}
      before={<p>{w.grantLead(principal)}</p>}
      button={<Button>{w.offer}</Button>}
    >
      <AgentMailField typed={typed} errors={errors} label={w.mail} hint={w.mailHint} />
      <ChoiceField
        {...asTyped('scope', typed, errors)}
        label={w.scope}
        options={[
          { value: 'some', label: w.some },
          { value: 'all', label: w.all },
        ]}
        required
      />
      <ChoicesField
        name="procedures"
        label={w.procedures}
        hint={w.proceduresHint}
        options={choices.map(({ id, title }) => ({ value: id, label: title }))}
        value={listTyped(typed.procedures)}
        error={errors.procedures}
      />
      <UntilField typed={typed} errors={errors} />
      <TextField {...asTyped('reason', typed, errors)} label={w.reason} hint={w.reasonHint} />
    </MandateStep>
  )
}

/** Asks before a mandate is ended. */
export const EndMandatePage = ({ mandate, errors }: { mandate: Mandate; errors: Errors }) => {
  const w = useRepresentation().mandates
  return (
    <MandateStep
      title={w.endTitle}
      errors={errors}
      before={
        <>
          <p>{w.endText(mandate.name ?? mandate.mail ?? '')}</p>
          <About mandate={mandate} />
        </>
      }
      button={<Button kind="danger">{w.end}</Button>}
    />
  )
}
