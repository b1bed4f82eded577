import { randomInt } from 'node:crypto'
import { Refusal, type RefusalKind } from '#core/refusal.ts'
import { Overloaded } from '#platform/fair-queue.ts'
import { databaseAway } from '#platform/postgres.ts'
import { ButtonLink, Note, Page, SearchBox, useShell, useWords } from '#ui/index.ts'
import { shellPaths } from '#ui/shell.tsx'
import type { Ctx } from './context.ts'
import { returnPath } from './kept.ts'
import { page } from './render.ts'
import { Forged, TooMany, Unreadable } from './trouble.ts'
import { waitingPage } from './waiting.tsx'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

const words = { ja, en }

/** One status per word of refusal. */
const statusOf: Record<RefusalKind, number> = {
  invalid: 422,
  'signed-out': 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
}

/** What went wrong, in terms of HTTP: a page for people, a problem document for programs. */
export type Trouble = {
  status: number
  kind: RefusalKind | 'unreadable' | 'too-large' | 'too-many' | 'forged' | 'busy' | 'away' | 'fault'
  /** For programs and logs; never personal data. */
  detail: string
  fields: Readonly<Record<string, string>>
}

/** Sorts an error thrown by a handler. Everything unknown is our fault: 500. */
export function troubleOf(error: unknown): Trouble {
  const plain = (status: number, kind: Trouble['kind'], detail: string): Trouble => ({
    status,
    kind,
    detail,
    fields: {},
  })
  if (error instanceof Refusal) {
    return { status: statusOf[error.kind], kind: error.kind, detail: error.message, fields: error.fields }
  }
  if (error instanceof Unreadable) {
    return plain(error.status, error.status === 413 ? 'too-large' : 'unreadable', error.message)
  }
  if (error instanceof TooMany) return plain(429, 'too-many', 'too many requests')
  if (error instanceof Forged) return plain(403, 'forged', 'the form token or the origin does not match')
  if (error instanceof Overloaded) return plain(503, 'busy', 'too much is asked at once')
  if (databaseAway(error)) return plain(503, 'away', 'the database is away')
  return plain(500, 'fault', 'internal error')
}

/** RFC 9457 problem details. */
export const problem = (c: Ctx, trouble: Trouble) =>
  c.body(
    JSON.stringify({
      type: `urn:attaka:problem:${trouble.kind}`,
      title: titles[trouble.kind],
      status: trouble.status,
      detail: trouble.detail,
      instance: `urn:attaka:request:${c.get('request')}`,
      ...(Object.keys(trouble.fields).length > 0 && {
        errors: Object.entries(trouble.fields).map(([field, detail]) => ({
          pointer: `#/${field.replaceAll('.', '/')}`,
          detail,
        })),
      }),
    }),
    trouble.status as 400,
    { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...waitHeaders(trouble) },
  )

/** The page for people. */
export const troublePage = (c: Ctx, trouble: Trouble) =>
  trouble.kind === 'busy' || trouble.kind === 'away'
    ? waitingPage(c, { ...trouble, kind: trouble.kind }, waitHeaders(trouble))
    : page(
        c,
        <TroublePage
          trouble={trouble}
          request={c.get('request')}
          back={returnPath(c)}
          kept={returnPath(c).includes('kept=')}
        />,
        trouble.status,
        waitHeaders(trouble),
      )

const waitHeaders = ({ kind }: Trouble): Record<string, string> => {
  if (kind === 'away') return { 'retry-after': '30' }
  if (kind === 'too-many') return { 'retry-after': '60' }
  // Not all at the same moment: they would only meet again.
  return kind === 'busy' ? { 'retry-after': String(randomInt(5, 16)) } : {}
}

const titles: Record<Trouble['kind'], string> = {
  invalid: ja.refusals.invalid.title,
  'signed-out': ja.refusals.signedOut.title,
  forbidden: ja.refusals.forbidden.title,
  missing: ja.refusals.missing.title,
  conflict: ja.refusals.conflict.title,
  unreadable: ja.unreadable.title,
  'too-large': ja.tooLarge.title,
  'too-many': ja.tooMany.title,
  forged: ja.csrf.title,
  busy: ja.busy.title,
  away: ja.away.title,
  fault: ja.fault.title,
}

type TroublePageProps = { trouble: Trouble; request: string; back: string; kept: boolean }

/** Says what happened, what is safe, and what to do now. */
const TroublePage = ({ trouble, request, back, kept }: TroublePageProps) => {
  const w = useWords(words)
  const { tenant } = useShell()
  const say: Record<Trouble['kind'], { title: string; text: string }> = {
    invalid: w.refusals.invalid,
    'signed-out': w.refusals.signedOut,
    forbidden: w.refusals.forbidden,
    missing: w.refusals.missing,
    conflict: w.refusals.conflict,
    unreadable: w.unreadable,
    'too-large': w.tooLarge,
    'too-many': w.tooMany,
    forged: w.csrf,
    busy: w.busy,
    away: w.away,
    fault: w.fault,
  }
  const { title, text } = say[trouble.kind]
  return (
    <Page title={title}>
      <p>{text}</p>
      {kept && <Note kind="info">{w.refusals.signedOut.kept}</Note>}
      {trouble.kind !== 'missing' && Object.keys(trouble.fields).length > 0 && (
        <ul>
          {Object.values(trouble.fields).map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      )}
      {trouble.kind === 'fault' && (
        <p>
          {w.fault.number}：<code>{request}</code>
        </p>
      )}
      {trouble.kind === 'missing' && tenant && <SearchBox action={shellPaths.search} label={w.search} />}
      <p>
        {trouble.kind === 'forged' ? (
          <ButtonLink href={back}>{w.csrf.again}</ButtonLink>
        ) : trouble.kind === 'signed-out' ? (
          <ButtonLink href={`${shellPaths.signIn}?back=${encodeURIComponent(back)}`}>
            {w.refusals.signedOut.action}
          </ButtonLink>
        ) : (
          <ButtonLink kind="secondary" href={shellPaths.home}>
            {w.back}
          </ButtonLink>
        )}
      </p>
      {trouble.kind === 'fault' && <p>{w.elsewhere}</p>}
    </Page>
  )
}
