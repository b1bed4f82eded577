import { Hono } from 'hono'
import { holdsAt } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import type { Ctx, Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { textOf } from '#web/input.ts'
import { page } from '#web/render.ts'
import { publishForm } from './actions/publish-form.ts'
import { FormEditor, FormList } from './pages/console.tsx'
import { PreviewPage } from './pages/preview.tsx'
import { definitionJsonSchema } from './rules/index.ts'
import { formList } from './views/form-list.ts'
import { formPage } from './views/form-page.ts'
import { formPreview } from './views/preview.ts'
import { words } from './words.ts'

const mayPublish = (c: Ctx) => holdsAt(c.var.scene.actor, null, 'procedure-editor')

const editor: Retry = async (c, typed, errors) => {
  if (!mayPublish(c)) throw new Refusal(c.var.scene.actor ? 'forbidden' : 'signed-out', 'forms')
  const id = c.req.param('id')
  const form = id ? await show(formPage, c.var.scene, { id }) : null
  const definition =
    typeof typed.definition === 'string' ? typed.definition : JSON.stringify(form?.definition ?? {}, null, 2)
  return <FormEditor form={form} definition={definition} errors={errors} />
}

const publish = submitForm(publishForm, {
  retry: editor,
  async before(c, typed) {
    if (typed.edit === 'yes') return editor(c, typed, {})
    if (typed.look !== 'yes') return null
    const given = textOf(typed.definition)
    const form = c.req.param('id')
    return <PreviewPage {...(await show(formPreview, c.var.scene, { form, definition: given }))} given={given} />
  },
  input: (typed, c) => ({ ...(c.req.param('id') && { form: c.req.param('id') }), definition: typed.definition }),
  next: ({ form, version }) => ({ to: `/console/forms/${form}`, said: words.published(version) }),
})

export const formRoutes = new Hono<Web>()
  // Public: whoever writes a form for Attaka, in whatever tool, checks its shape against this.
  .get('/schemas/form-definition.json', (c) => c.json(definitionJsonSchema()))
  .get('/console/forms', async (c) => {
    const { forms } = await show(formList, c.var.scene, {})
    return page(c, <FormList forms={forms} mayPublish={mayPublish(c)} />)
  })
  .get('/console/forms/new', showForm(editor))
  .post('/console/forms/new', publish)
  .get('/console/forms/:id', showForm(editor))
  .post('/console/forms/:id', publish)
