import { Hono } from 'hono'
import type { z } from 'zod'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import type { Ctx, Web } from '#web/context.ts'
import { showForm, submitForm } from '#web/form.tsx'
import { formBytes, type IncomingFile, type Typed, textOf } from '#web/input.ts'
import { importPlan, mayImport } from './actions/import-plan.ts'
import { ImportPage, mostUploaded } from './pages/imports.tsx'
import { paths } from './pages/parts.tsx'
import { importPreview } from './views/import-preview.ts'
import { importList } from './views/imports.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

const wordsOf = (c: Ctx) => (c.var.shell.language === 'en' ? en : ja).imports

/** The page, with what was pasted and what is wrong: at the fields, and in a list what is wrong with the document. */
async function importPage(
  c: Ctx,
  values: Typed,
  refused: Readonly<Record<string, string>>,
  preview?: z.output<typeof importPreview.output>,
) {
  const { imports } = await show(importList, c.var.scene, {})
  const { file, text, document, ...rest } = refused
  const faults = Object.entries(rest)
  const errors = {
    ...((file ?? document) && { file: file ?? document }),
    ...(text && { text }),
    ...(faults.length > 0 && { faults: wordsOf(c).refused }),
  }
  const pasted = typeof values.text === 'string' ? values.text : ''
  return <ImportPage imports={imports} text={pasted} errors={errors} faults={faults} preview={preview} />
}

/** What a form can carry as typed, with room for the rest of it. */
const mostInBox = formBytes - 4096

/** What went wrong with a file, under this name beside it. */
const trouble = 'file.trouble'

/** A file as text; read to its end even where it is too large, so that the browser gets its answer. */
async function receive(c: Ctx, { stream }: IncomingFile, typed: Typed): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.byteLength
    if (size <= mostUploaded && mayImport(c.var.scene)) chunks.push(chunk)
  }
  if (!mayImport(c.var.scene)) return null
  try {
    if (size <= mostUploaded) return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
    typed[trouble] = 'tooLarge'
  } catch {
    typed[trouble] = 'notText'
  }
  return null
}

/** The one document of the form. */
function documentOf(typed: Typed, c: Ctx) {
  const w = wordsOf(c)
  const [file, text] = [typed.file, typed.text].map((value) => (typeof value === 'string' ? value.trim() : ''))
  const fault =
    typed[trouble] === 'tooLarge'
      ? w.tooLarge
      : typed[trouble] === 'notText'
        ? w.notText
        : file && text
          ? w.both
          : file || text
            ? null
            : w.neither
  // Whoever may not import hears that first, from the act itself.
  if (fault !== null && mayImport(c.var.scene)) throw new Refusal('invalid', 'no single document', { file: fault })
  return { document: typed.file || text }
}

export const importRoutes = new Hono<Web>()
  .get(
    paths.import,
    showForm((c, values, errors) => importPage(c, values, errors)),
  )
  .post(
    paths.import,
    submitForm(importPlan, {
      retry: importPage,
      input: documentOf,
      receive,
      async before(c, typed) {
        if (typed.look !== 'yes') return null
        const { document } = documentOf(typed, c)
        const preview = await show(importPreview, c.var.scene, { document })
        // Shown in the box to be brought in as it is; what is too long for it is chosen once more.
        const text = textOf(document)
        return importPage(c, { text: Buffer.byteLength(text) < mostInBox ? text : '' }, {}, preview)
      },
      next: ({ changed, counts }, c) => ({
        to: paths.import,
        said: changed ? wordsOf(c).done(counts) : wordsOf(c).same,
      }),
    }),
  )
