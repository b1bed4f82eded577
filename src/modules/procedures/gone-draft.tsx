import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import type { Ctx } from '#web/context.ts'
import { readForm, readStray, type Typed, textOf } from '#web/input.ts'
import { keepTyped } from '#web/kept.ts'
import { page } from '#web/render.ts'
import { procedureField } from './pages/apply.tsx'
import { GonePage } from './pages/gone.tsx'
import { draftPage } from './views/draft.ts'
import { procedurePage } from './views/procedure.ts'

/** The page of the form on which carried input was typed. */
export const carriedPage = '_page'

/**
 * The answer where a draft isn't there for this reader. What was typed on one of its pages goes along; whose draft it was,
 * and of which procedure, is told to nobody: the procedure is the one that the form itself named.
 */
export async function answerGone(error: Error, c: Ctx) {
  const gone = error instanceof Refusal && (error.kind === 'missing' || error.kind === 'signed-out')
  const draft = c.req.param('draft')
  // Nobody reads the answer to what saves itself in the background.
  if (!gone || !draft || c.req.path.endsWith('/autosave') || (await isThere(c, draft))) throw error
  const { session, scene } = c.var
  const typed = c.req.method === 'POST' ? await typedOn(c) : null
  if (session && !session.live) {
    if (typed) await keepTyped(c, typed)
    throw new Refusal('signed-out', 'the sign-in has run out')
  }
  const slug = textOf(typed?.[procedureField])
  const procedure = slug ? await show(procedurePage, scene, { slug }).catch(noneOf) : null
  const multipart = c.req.header('content-type')?.startsWith('multipart/') ?? false
  return page(
    c,
    <GonePage
      procedure={procedure?.opening === 'open' ? procedure : null}
      typed={carried(c, typed)}
      files={multipart}
    />,
    404,
  )
}

const isThere = (c: Ctx, id: string) =>
  show(draftPage, c.var.scene, { id }).then(
    () => true,
    () => false,
  )

const noneOf = (error: unknown) => {
  if (error instanceof Refusal) return null
  throw error
}

/** What was sent, if it came from a page of ours; a forged post shows nothing. */
async function typedOn(c: Ctx): Promise<Typed | null> {
  try {
    return await (c.var.browser.token ? readForm(c, async () => null) : readStray(c))
  } catch {
    return null
  }
}

/** What goes into the form that begins anew: the page it was typed on, and each of its values. */
function carried(c: Ctx, typed: Typed | null): [string, string][] {
  const on = c.req.param('page')
  if (!typed || !on) return []
  const values = Object.entries(typed)
    .filter(([name]) => !name.startsWith('_'))
    .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]))
  return values.some(([, value]) => value !== '') ? [[carriedPage, on], ...values] : []
}
