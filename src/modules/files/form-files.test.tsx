import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { action } from '#core/action.ts'
import { newId } from '#core/ids.ts'
import { Refusal } from '#core/refusal.ts'
import { FileField, Form, Page, TextField } from '#ui/index.ts'
import { submitForm } from '#web/form.tsx'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import {
  claimFile,
  filesAbout,
  receivableEndings,
  type StagedFile,
  stagedFile,
  takeUpload,
  tokensIn,
  uploadFaults,
  uploadField,
} from './index.ts'

const limits = { accept: ['.pdf', '.png'], maxBytes: 50_000 }
const pdfText = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
const pdf = (name = '案.pdf', text = pdfText) => new File([text], name, { type: 'application/pdf' })
const about = { module: 'trial', kind: 'case', id: newId() }

/** A neighbour's form with a title and files, as one would write it. */
const fileCase = action({
  name: 'trial.file-case',
  title: 'File a case',
  input: z.object({ title: z.string().min(1, '題名を入力してください'), tokens: z.array(z.string()) }),
  output: z.object({}),
  allow: () => true,
  async run(stage, { tokens }) {
    for (const token of tokens) await claimFile(stage, { token, about, limits, field: 'plan' })
    return {}
  },
})

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
  const submit = submitForm(fileCase, {
    receive: (c, file, typed) => takeUpload(c, file, typed, limits),
    input: (typed) => {
      const faults = uploadFaults(typed)
      if (Object.keys(faults).length > 0) throw new Refusal('invalid', 'files', faults)
      return { title: typed.title, tokens: tokensIn(typed, 'plan') }
    },
    retry: async (c, typed, errors) => {
      const { scene } = c.var
      const attached = await scene.look((db) =>
        Promise.all(tokensIn(typed, 'plan').map((token) => stagedFile(db, scene, token))),
      )
      return (
        <Page title="事例" errors={errors}>
          <Form multipart>
            <TextField name="title" label="題名" value={String(typed.title ?? '')} error={errors.title} />
            <FileField
              name="plan"
              label="案"
              multiple
              error={errors.plan}
              attached={attached.filter((file): file is StagedFile => file !== null)}
              {...uploadField(scene, limits)}
            />
          </Form>
        </Page>
      )
    },
    next: () => '/',
  })
  house.app.post('/trial-form', submit)
})

const tokenIn = (html: string) => html.match(/name="plan\.token" value="([\w-]+)"/)?.[1] ?? ''
const kept = () => house.sceneOf('attaka').look(filesAbout, about)

describe('a form with files, without JavaScript', () => {
  test('that is right keeps its files with the act', async () => {
    const hanako = house.browser()
    const sent = await hanako.post('/trial-form', { plan: pdf('川.pdf'), title: '川沿いに木陰を' })
    expect(sent.status).toBe(303)
    expect((await kept()).map(({ name }) => name)).toEqual(['川.pdf'])
  })

  test('with another fault shows the file as attached, and takes it the next time without sending it again', async () => {
    const hanako = house.browser()
    const first = await hanako.post('/trial-form', { plan: pdf('山.pdf'), title: '' })
    const html = await first.text()
    expect(first.status).toBe(422)
    expect(html).toContain('題名を入力してください')
    expect(html).toContain('山.pdf')
    const token = tokenIn(html)
    expect(html).toContain(`href="/attaka/files/staged/${token}"`)

    const again = await hanako.post('/trial-form', { 'plan.token': token, title: '山' })
    expect(again.status).toBe(303)
    expect((await kept()).map(({ name }) => name)).toContain('山.pdf')
  })

  test('can be sent without what was taken back', async () => {
    const hanako = house.browser()
    const html = await (await hanako.post('/trial-form', { plan: pdf('海.pdf'), title: '' })).text()
    const token = tokenIn(html)
    const again = await hanako.post('/trial-form', { 'plan.token': token, 'plan.remove': token, title: '海' })
    expect(again.status).toBe(303)
    expect((await kept()).map(({ name }) => name)).not.toContain('海.pdf')
  })

  test.each([
    ['too large', pdf('大.pdf', pdfText.padEnd(900_000)), 'ファイルが大きすぎます。49 KBまでにしてください'],
    ['not what it says', pdf('偽.pdf', 'plain'), '中身がPDF、PNG画像のどれでもないようです'],
    ['empty', pdf('空.pdf', ''), '空のファイルです'],
  ])(
    'whose file is %s says so beside the field, and loses nothing that was typed after it',
    async (_, file, sentence) => {
      const answer = await house.browser().post('/trial-form', { plan: file, title: '<空>' })
      const html = await answer.text()
      expect(answer.status).toBe(422)
      expect(html).toContain('href="#plan"')
      expect(html).toContain(sentence)
      expect(html).toContain('value="&lt;空&gt;"')
    },
  )

  test('naming thousands of files asks for no more of them than a field can take', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `a${at}`)
    expect(tokensIn({ 'plan.token': many, 'plan.remove': many.slice(0, 10_000) }, 'plan')).toEqual(
      many.slice(10_000, 10_021),
    )
  })

  test('says so in the field when the storage is away', async () => {
    const { put } = house.outside.storage
    house.outside.storage.put = async () => {
      throw new Error('no route to host')
    }
    const answer = await house.browser().post('/trial-form', { plan: pdf(), title: '題' })
    house.outside.storage.put = put
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('ファイルを保管する場所につながりません')
  })

  test('with somebody else’s token, or any text in its place, asks for the file again', async () => {
    const mallory = house.browser()
    const html = await (await house.browser().post('/trial-form', { plan: pdf(), title: '' })).text()
    for (const token of [tokenIn(html), 'nonsense', newId()]) {
      const answer = await mallory.post('/trial-form', { 'plan.token': token, title: '題' })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('もう一度選んでください')
    }
  })

  test('gives its limits to the browser part, signed', async () => {
    const html = await (await house.browser().post('/trial-form', { title: '' })).text()
    const upload = html.match(/data-upload="([^"]+)"/)?.[1] ?? ''
    expect(upload).toMatch(/^\/files\/staging\?policy=/)
    expect(html).toContain('accept=".pdf,.png"')
    const sent = await house.browser().post(upload, { file: pdf() })
    expect(sent.status).toBe(201)
    expect((await house.browser().post(upload, { file: pdf('a.csv', 'a,b\n') })).status).toBe(422)
  })
})

test('what can be received is nothing that a browser could run', () => {
  expect(receivableEndings).toContain('.pdf')
  for (const ending of ['.html', '.svg', '.js', '.docm', '.exe', '.zip', '.xml']) {
    expect(receivableEndings).not.toContain(ending)
  }
})
