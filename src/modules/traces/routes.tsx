import { Hono } from 'hono'
import { show } from '#core/view.ts'
import type { Ctx, Web } from '#web/context.ts'
import { showForm, submitForm } from '#web/form.tsx'
import { type Typed, textOf } from '#web/input.ts'
import { page } from '#web/render.ts'
import { link } from './actions/link.ts'
import { unlink } from './actions/unlink.ts'
import { PickerPage } from './pages/picker.tsx'
import { TracePage } from './pages/trace.tsx'
import { readChoice, readName } from './rules.ts'
import { candidates } from './views/candidates.ts'
import { tracePage } from './views/trace.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

const wordsOf = (c: Ctx) => (c.var.shell.language === 'en' ? en : ja)

/** The thing at hand stands in the address, and travels with the form so that it is there again after signing in. */
const thisOf = (typed: Typed) => ({ module: textOf(typed.module), kind: textOf(typed.kind), id: textOf(typed.id) })

const picker = async (c: Ctx, typed: Typed, errors: Readonly<Record<string, string>>) => {
  const given = typed.module ? typed : c.req.query()
  const found = await show(candidates, c.var.scene, { ...thisOf(given), q: textOf(given.q).slice(0, 100) })
  const values = { to: textOf(typed.to), link: textOf(typed.link), reason: textOf(typed.reason) }
  return <PickerPage {...found} values={values} errors={renamed(errors)} />
}

/** The action speaks of `from`, `to` and `kind`; the page asks for the other end and one choice of kind and direction. */
function renamed({ from, to = from, kind, reason }: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(
    Object.entries({ to, link: kind, reason }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

const showTrace = async (c: Ctx) => <TracePage trace={await show(tracePage, c.var.scene, { id: c.req.param('id') })} />

export const routes = new Hono<Web>()
  .get('/console/traces/new', showForm(picker))
  .post(
    '/console/traces/new',
    submitForm(link, {
      retry: picker,
      input(typed) {
        const { kind, direction } = readChoice(textOf(typed.link)) ?? { kind: null, direction: 'there' }
        const other = readName(textOf(typed.to))
        const self = thisOf(typed)
        const [from, to] = direction === 'there' ? [self, other] : [other, self]
        return { from, to, kind, reason: typed.reason }
      },
      next: ({ from, to }, c, typed) => ({
        to: readChoice(textOf(typed.link))?.direction === 'back' ? to : from,
        said: wordsOf(c).picker.done,
      }),
    }),
  )
  .get('/console/traces/:id', async (c) => page(c, await showTrace(c)))
  .post(
    '/console/traces/:id',
    submitForm(unlink, {
      retry: showTrace,
      next: ({ back }, c) => ({ to: back, said: wordsOf(c).one.done }),
    }),
  )
