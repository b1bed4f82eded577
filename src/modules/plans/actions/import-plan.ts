import { createHash } from 'node:crypto'
import { z } from 'zod'
import { action } from '#core/action.ts'
import { newId } from '#core/ids.ts'
import { scanJsonText } from '#core/json-text.ts'
import { holdsAt, isSystem } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import type { Scene } from '#core/scene.ts'
import { waitForLock } from '#platform/locks.ts'
import { inForce } from '../queries.ts'
import type { Fault } from '../rules/import/reader.ts'
import { bringLiveFile } from './import/bring-live-file.ts'
import { bringPlanFile } from './import/bring-plan-file.ts'
import { counts } from './import/outcome.ts'

/** Larger documents are not read. In bytes. */
export const mostBytes = 5 * 1024 * 1024

const tooLarge = 'ファイルが大きすぎます（5MBまで）。計画ごとに分けてください。'

/** Who may bring plans in: a document replaces plans of the whole office, so a section's editor is not enough. */
export const mayImport = ({ actor }: Pick<Scene, 'actor'>) => holdsAt(actor, null, 'plan-editor') || isSystem(actor)

/**
 * Brings a document in, whole or not at all: a refusal names every fault by its path. The same document again changes nothing;
 * a changed one replaces what it said before, and bindings of indicators stay.
 */
export const importPlan = action({
  name: 'plans.import-plan',
  title: 'Import plans, or live indicators, from a document in JSON',
  input: z.object({
    document: z.union([z.string().min(1), z.record(z.string(), z.unknown())], {
      error: '計画のファイルを選ぶか、内容を貼り付けてください',
    }),
    /** Without it the document's formatVersion says so. */
    kind: z.enum(['plan', 'live'], { error: 'plan か live のどちらかにしてください' }).optional(),
  }),
  output: z.object({
    import: z.uuid(),
    kind: z.enum(['plan', 'live']),
    sha256: z.string(),
    /** False: this very document is what is in force. */
    changed: z.boolean(),
    plans: z.array(z.string()),
    counts,
  }),
  allow: mayImport,

  async run(stage, { document, kind: told }) {
    // Two at once would replace each other's rows.
    await waitForLock(stage.db, 'imports')
    const { text, json, kind, sha256 } = readImport(document, told)
    const there = await inForce(stage.db, kind, sha256)
    if (there) return { import: there.id, kind, sha256, changed: false, plans: there.plans, counts: noCounts }

    const id = newId(stage.now.getTime())
    const bring = kind === 'plan' ? bringPlanFile : bringLiveFile
    const { faults, brought } = await bring(stage, { id, sha256, text, json })
    if (!brought) throw faulty(faults)
    return { import: id, kind, sha256, changed: true, ...brought }
  },
  subjects: (_, { plans }) => plans.map((id) => ({ module: 'plans', kind: 'plan', id })),
})

/** A document as it is read, or a `Refusal` that names its faults. */
export function readImport(document: string | Record<string, unknown>, told?: 'plan' | 'live') {
  const text = typeof document === 'string' ? document.replace(/^\ufeff/, '') : JSON.stringify(document)
  if (Buffer.byteLength(text) > mostBytes) throw faulty([{ path: whole, sentence: tooLarge }])
  const json = readDocument(text)
  return { text, json, kind: told ?? kindOf(json), sha256: createHash('sha256').update(text).digest('hex') }
}

const noCounts = { plans: 0, initiatives: 0, phases: 0, measures: 0, indicators: 0, figures: 0 }

/** The path of what is wrong with the document as a whole. */
const whole = '（ファイル全体）'

const kindOf = (json: unknown) =>
  String((json as { formatVersion?: unknown } | null)?.formatVersion ?? '').startsWith('live-') ? 'live' : 'plan'

function readDocument(text: string): unknown {
  const { brokenAt, faults } = scanJsonText(text)
  if (brokenAt) {
    const where = `${brokenAt.line}行目の${brokenAt.column}文字目のあたり`
    const sentence = `JSONとして読めません（${where}）。かっこ、引用符、コンマを確かめてください。`
    throw faulty([{ path: whole, sentence }])
  }
  if (faults.length > 0) throw faulty(faults)
  try {
    return JSON.parse(text)
  } catch {
    throw faulty([{ path: whole, sentence: 'JSONとして読めません。' }])
  }
}

/** Every fault by its path; several sentences of one path stand together. */
export function faulty(faults: readonly Fault[]) {
  const fields = new Map<string, string>()
  for (const { path, sentence } of faults) fields.set(path, (fields.get(path) ?? '') + sentence)
  return new Refusal('invalid', 'faults in the document', Object.fromEntries(fields))
}
