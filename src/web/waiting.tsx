import { Actions, Button, ButtonLink, Form, HiddenField, Page, useWords } from '#ui/index.ts'
import { shellPaths } from '#ui/shell.tsx'
import type { Ctx } from './context.ts'
import { readForm, type Typed, typedIn } from './input.ts'
import { page } from './render.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

const words = { ja, en }

type Waiting = { kind: 'busy' | 'away'; status: number }

/**
 * The page for when an answer can't be given now but soon: it comes again by itself, and what was typed stays in it, so
 * that it can be sent again with one press. Needs no database.
 */
export async function waitingPage(c: Ctx, { kind, status }: Waiting, headers: Record<string, string>) {
  const read = c.req.method === 'GET' || c.req.method === 'HEAD'
  const typed = read ? null : await ownForm(c)
  const shown = (
    <WaitingPage
      kind={kind}
      path={c.get('shell').path}
      seconds={headers['retry-after'] ?? ''}
      // Whoever only reads is not in the middle of anything that coming again could spoil.
      again={read ? 'itself' : typed}
      files={withFiles(c)}
    />
  )
  // The header does what `meta refresh` does, and leaves the page as it is.
  return page(c, shown, status, { ...headers, ...(read && { refresh: headers['retry-after'] ?? '30' }) })
}

const withFiles = (c: Ctx) => c.req.header('content-type')?.startsWith('multipart/form-data') ?? false

/** What was posted, if it came from a form of ours: a forged one must not get a valid token from us by this way. */
async function ownForm(c: Ctx): Promise<Typed | null> {
  const typed = typedIn(c)
  if (typed) return typed
  if (c.req.raw.bodyUsed || !c.get('browser')) return null
  // Files are let go: they can't be put into a page.
  return readForm(c, async () => null).catch(() => null)
}

type WaitingProps = {
  kind: 'busy' | 'away'
  path: string
  seconds: string
  again: 'itself' | Typed | null
  files: boolean
}

const WaitingPage = ({ kind, path, seconds, again, files }: WaitingProps) => {
  const w = useWords(words)
  return (
    <Page title={w[kind].title}>
      <p>{w[kind].text}</p>
      {again === 'itself' ? (
        <>
          <p>{w.waiting.itself(seconds)}</p>
          <p>
            <ButtonLink kind="secondary" href={path}>
              {w.waiting.now}
            </ButtonLink>
          </p>
        </>
      ) : again ? (
        <>
          <p>{kind === 'busy' ? w.waiting.notSent : w.waiting.unsure}</p>
          {files && <p>{w.waiting.files}</p>}
          <Form action={path}>
            {Object.entries(again)
              .filter(([name]) => name !== '_csrf')
              .flatMap(([name, values]) => [values].flat().map((value) => <HiddenField name={name} value={value} />))}
            <Actions>
              <Button>{w.waiting.again}</Button>
            </Actions>
          </Form>
        </>
      ) : (
        <>
          <p>{w.waiting.back}</p>
          <p>
            <ButtonLink kind="secondary" href={shellPaths.home}>
              {w.back}
            </ButtonLink>
          </p>
        </>
      )}
      <p>{w.elsewhere}</p>
    </Page>
  )
}
