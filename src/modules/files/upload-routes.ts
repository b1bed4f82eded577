import { Hono } from 'hono'
import { Refusal } from '#core/refusal.ts'
import type { Ctx, Web } from '#web/context.ts'
import { problem, type Trouble, troubleOf } from '#web/errors.tsx'
import { type IncomingFile, readForm } from '#web/input.ts'
import { Unreadable } from '#web/trouble.ts'
import { receiveUpload, type Upload } from './actions/receive-upload.ts'
import { wordsOf } from './form-files.ts'
import { type Limits, readLimits } from './limits.ts'
import { faultSentence } from './pages/sentences.ts'

/** Files sent before their form: by the browser part of `FileField`, and by programs with a token. */
export const uploadRoutes = new Hono<Web>()
  .post('/files/staging', (c) =>
    answer(c, async (receive) => {
      await readForm(c, async (file, typed) => {
        await receive(file, typeof typed.policy === 'string' ? typed.policy : c.req.query('policy'))
        return null
      })
    }),
  )
  // Programs send the bytes as the body, with name and policy in the query.
  .post('/api/v1/files/staging', (c) =>
    answer(c, async (receive) => {
      const stream = c.req.raw.body
      if (!stream) return
      const type = c.req.header('content-type') ?? 'application/octet-stream'
      const file = { field: 'file', name: c.req.query('name') ?? '', type, stream: stream as never }
      await receive(file, c.req.query('policy'))
    }),
  )

type Receive = (file: IncomingFile, policy: string | undefined) => Promise<void>
type Taken = { upload: Upload; limits: Limits }

/** 201 with the token, or a problem document whose `detail` can be shown to the person. */
async function answer(c: Ctx, read: (receive: Receive) => Promise<void>) {
  const w = wordsOf(c)
  const taken: Taken[] = []
  let begun = 0
  try {
    await read(async (file, policy = '') => {
      if (++begun > 1) throw new Unreadable(400, 'one file at a time')
      const limits = readLimits(c.var.scene, policy)
      if (!limits) throw new Refusal('forbidden', 'the policy was not signed here')
      taken.push({ limits, upload: await receiveUpload(c.var.scene, file, limits, { address: c.var.address }) })
    })
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble.kind === 'fault') throw error
    return problem(c, { ...trouble, detail: sentenceOf(c, trouble) })
  }

  const [first] = taken
  if (!first) return refused(c, 422, 'invalid', w.choose)
  const { upload, limits } = first
  if (upload.ok) {
    const { token, name, type, size } = upload
    return c.json({ token, name, type, size }, 201, { 'cache-control': 'no-store' })
  }
  const sentence = faultSentence(w, upload.fault, limits)
  if (upload.fault === 'away') return refused(c, 503, 'away', sentence)
  if (upload.fault === 'too-many') return refused(c, 429, 'too-many', sentence)
  return refused(c, 422, 'invalid', sentence)
}

const refused = (c: Ctx, status: number, kind: Trouble['kind'], detail: string) =>
  problem(c, { status, kind, detail, fields: kind === 'invalid' ? { file: detail } : {} })

function sentenceOf(c: Ctx, { kind, status }: Trouble): string {
  const w = wordsOf(c)
  if (kind === 'forbidden') return w.trouble.policy
  if (kind === 'forged') return w.trouble.forged
  if (kind === 'signed-out') return w.trouble.signedOut
  if (status === 503) return w.faults.away
  return w.trouble.unreadable
}
