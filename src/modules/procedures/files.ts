import type { Db } from '#core/database.ts'
import type { Scene, Stage } from '#core/scene.ts'
import { claimFile, type Limits, receivableEndings, stagedFile, tokensIn } from '#modules/files/index.ts'
import {
  type Answers,
  type Definition,
  type FileAnswer,
  type FormField,
  type FormPage,
  filesIn,
} from '#modules/forms/index.ts'
import type { Typed } from '#web/input.ts'

/** What a file field takes where its definition says nothing. */
const usual: Limits = { accept: ['.pdf', '.jpg', '.png', '.heic', '.docx', '.xlsx'], maxBytes: 10 * 1024 * 1024 }

export const limitsOf = (field: FormField): Limits =>
  field.kind === 'file'
    ? {
        accept: (field.accept ?? usual.accept).filter((ending) => receivableEndings.includes(ending)),
        maxBytes: field.maxBytes ?? usual.maxBytes,
      }
    : usual

/** The files that a posted page holds, by field: looked up in the store, so that nobody can name somebody else's. */
export async function filesOnPage(db: Db, scene: Scene, page: FormPage, typed: Typed, before: Answers) {
  const files: Record<string, FileAnswer[]> = {}
  for (const field of page.fields) {
    if (field.kind !== 'file') continue
    const known = filesIn(before[field.id])
    const found = tokensIn(typed, field.id).map(async (token): Promise<FileAnswer | null> => {
      const already = known.find(({ file }) => file === token)
      if (already) return already
      const staged = await stagedFile(db, scene, token)
      return staged && { file: token, name: staged.name, size: staged.size, type: staged.type }
    })
    files[field.id] = (await Promise.all(found)).filter((one) => one !== null)
  }
  return files
}

/**
 * Keeps the staged files of the answers with the filing, in its own transaction; kept ones stay as they are. What a
 * program says of a file's type and size counts for nothing: the file itself has to fit its field.
 */
export async function keepFiles(
  stage: Stage,
  filing: string,
  definition: Definition,
  answers: Answers,
): Promise<Answers> {
  const about = { module: 'procedures', kind: 'filing', id: filing }
  const fields = definition.pages.flatMap((page) => page.fields)
  const kept: Answers = {}
  for (const [field, answer] of Object.entries(answers)) {
    const files = filesIn(answer)
    if (files.length === 0) {
      kept[field] = answer
      continue
    }
    const asked = fields.find(({ id }) => id === field)
    const claimed: FileAnswer[] = []
    for (const file of files) {
      const {
        name,
        size,
        type,
        file: id,
      } = await claimFile(stage, {
        token: file.file,
        about,
        field,
        ...(asked && { limits: limitsOf(asked) }),
      })
      claimed.push({ file: id, name, size, type })
    }
    kept[field] = claimed
  }
  return kept
}
