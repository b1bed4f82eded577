import type { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import { useRoleWords } from '#modules/people/index.ts'
import { Badge, ButtonLink, Console, DateText, EmptyState, Table } from '#ui/index.ts'
import type { tokens } from '../views/tokens.ts'
import { place, useTokens } from './tokens-words.ts'

type Shown = z.output<typeof tokens.output>
type Token = Shown['tokens'][number]

/** The last day on which a token works; its end is the moment after it. */
export const lastDayOf = (expiresAt: Date) => tokyoDate(new Date(expiresAt.getTime() - 1))

/** All tokens, with what they may do. */
export const TokensPage = ({ tokens, modules }: Shown) => {
  const w = useTokens()
  const roleWords = useRoleWords()
  const scopeName = (scope: string) => {
    const [name = '', way] = scope.split(':')
    const title = modules.find((module) => module.name === name)?.title ?? name
    return `${title}（${way === 'write' ? w.tokens.write : w.tokens.read}）`
  }
  const badge = { live: 'ok', expired: 'idle', revoked: 'bad' } as const
  return (
    <Console
      title={w.tokens.title}
      crumbs={[{ label: w.tokens.title }]}
      state={
        <ButtonLink kind="primary" small href={`${place}/new`}>
          {w.tokens.issue}
        </ButtonLink>
      }
    >
      <p>
        {w.tokens.lead} <a href="/developers">{w.tokens.docs}</a>
      </p>
      <Table
        caption={w.tokens.title}
        hideCaption
        columns={[
          { label: w.tokens.name, head: true, cell: ({ name }: Token) => name },
          {
            label: w.tokens.roles,
            cell: ({ roles }: Token) => roles.map((role) => roleWords[role].name).join('、'),
          },
          { label: w.tokens.scopes, cell: ({ scopes }: Token) => scopes.map(scopeName).join('、') },
          { label: w.tokens.until, cell: ({ expiresAt }: Token) => <DateText date={lastDayOf(expiresAt)} /> },
          {
            label: w.tokens.by,
            cell: ({ issuedAt, issuedBy }: Token) => (
              <>
                <DateText date={tokyoDate(issuedAt)} /> {issuedBy}
              </>
            ),
          },
          {
            label: w.tokens.state,
            cell: ({ id, name, state }: Token) => (
              <>
                <Badge kind={badge[state]}>{w.tokens.states[state]}</Badge>{' '}
                {state === 'live' && (
                  <ButtonLink small href={`${place}/${id}/revoke`}>
                    <span class="visually-hidden">{name} </span>
                    {w.tokens.revoke}
                  </ButtonLink>
                )}
              </>
            ),
          },
        ]}
        rows={tokens}
        empty={
          <EmptyState title={w.tokens.none}>
            <p>{w.tokens.noneText}</p>
          </EmptyState>
        }
      />
    </Console>
  )
}
