import { Hono } from 'hono'
import { parseDate } from '#core/dates.ts'
import { holds } from '#core/policy.ts'
import { show } from '#core/view.ts'
import type { Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { type Typed, textOf } from '#web/input.ts'
import { page } from '#web/render.ts'
import { saveProcedure } from './actions/save-procedure.ts'
import { ProcedureEditor, ProcedureList } from './pages/editor.tsx'
import { procedureEditor, procedureList } from './views/editor.ts'
import { ja } from './words.ja.ts'

/** The three inputs of a date as they were typed, or those of a day that is stored. */
const partsOf = (typed: Typed, name: string, stored = '') => {
  const [year = '', month = '', day = ''] = stored.split('-')
  return `${name}.year` in typed
    ? { year: textOf(typed[`${name}.year`]), month: textOf(typed[`${name}.month`]), day: textOf(typed[`${name}.day`]) }
    : { year, month: month.replace(/^0/, ''), day: day.replace(/^0/, '') }
}

/** A day from its inputs; what is no day stays as typed, for the action to refuse. */
const dayIn = (typed: Typed, name: string): string => {
  const { year, month, day } = partsOf(typed, name)
  if (!year && !month && !day) return ''
  const parsed = parseDate({ year, month, day })
  return parsed.ok ? parsed.iso : 'no day'
}

const editor: Retry = async (c, typed, errors) => {
  const shown = await show(procedureEditor, c.var.scene, {
    id: c.req.param('id'),
    form: textOf(typed.form) || undefined,
  })
  const values = Object.fromEntries(
    Object.entries(shown.values).map(([name, value]) => [name, name in typed ? textOf(typed[name]) : value]),
  )
  return (
    <ProcedureEditor
      shown={shown}
      values={values}
      // Who was told that it has changed saves over it knowingly; any other fault leaves what they have seen.
      seen={'seen' in typed && !errors[''] ? textOf(typed.seen) : shown.seen}
      opens={partsOf(typed, 'opens_on', shown.values.opens_on)}
      last={partsOf(typed, 'last_on', shown.values.last_on)}
      errors={errors}
    />
  )
}

const save = submitForm(saveProcedure, {
  retry: editor,
  input: (typed) => ({ ...typed, opens_on: dayIn(typed, 'opens_on'), last_on: dayIn(typed, 'last_on') }),
  next: ({ id }) => ({ to: `/console/procedures/${id}`, said: ja.editor.saved }),
})

export const editorRoutes = new Hono<Web>()
  .get('/console/procedures', async (c) => {
    const { procedures } = await show(procedureList, c.var.scene, {})
    return page(c, <ProcedureList procedures={procedures} mayEdit={holds(c.var.scene.actor, 'procedure-editor')} />)
  })
  .get('/console/procedures/new', showForm(editor))
  .post('/console/procedures/new', save)
  .get('/console/procedures/:id', showForm(editor))
  .post('/console/procedures/:id', save)
