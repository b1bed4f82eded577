import type { z } from 'zod'
import { type Action, perform } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import type { Child } from '#ui/index.ts'
import type { Ctx } from './context.ts'
import { type IncomingFile, readForm, type Typed } from './input.ts'
import { keepTyped, releaseTyped } from './kept.ts'
import { page, seeOther } from './render.ts'

type Errors = Readonly<Record<string, string>>

/** What a form's page needs: values to show again, and a sentence per faulty field. */
export type Retry = (c: Ctx, values: Typed, errors: Errors) => Promise<Child> | Child

type Submission<Out> = {
  /** The page with its form; called again with what was typed when something is to be corrected. */
  retry: Retry
  /** Where to go when it's done, and what to say there. */
  next(done: Out, c: Ctx, typed: Typed): string | { to: string; said: string }
  /** What the action reads, if it isn't simply what was typed. */
  input?(typed: Typed, c: Ctx): unknown
  /** Takes a file as it arrives; returns what stands in the field's place. */
  receive?(c: Ctx, file: IncomingFile, typed: Typed): Promise<string | null>
  /** The page shown instead for as long as something is to be looked at once more; null when it is to be done. */
  before?(c: Ctx, typed: Typed): Promise<Child | null>
}

/**
 * The whole life of a form, once: post, perform, see other; or the same page with its errors (422), the values kept.
 * A form posts to the address it's shown at. If the sign-in has run out, what was typed is kept for that person.
 */
export const submitForm =
  <In extends z.ZodType, Out extends z.ZodType>(
    act: Action<In, Out>,
    { retry, next, input = (typed) => typed, receive, before }: Submission<z.output<Out>>,
  ) =>
  async (c: Ctx) => {
    const typed = await readForm(c, receive && ((file, sofar) => receive(c, file, sofar)))
    try {
      const first = before && (await before(c, typed))
      if (first) return page(c, first)
      // The address goes last: what is done is done to the thing whose page was open, whatever fields were added.
      const done = await perform(act, c.get('scene'), { ...(input(typed, c) as object), ...c.req.param() })
      const target = next(done, c, typed)
      return typeof target === 'string' ? seeOther(c, target) : seeOther(c, target.to, target.said)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.kind === 'signed-out') await keepTyped(c, typed)
      if (error.kind !== 'invalid' && !(error.kind === 'conflict' && Object.keys(error.fields).length > 0)) throw error
      return page(c, await retry(c, typed, error.fields), error.kind === 'conflict' ? 409 : 422)
    }
  }

/** The page of a form: empty, or with what was kept when the sign-in had run out. */
export const showForm = (retry: Retry) => async (c: Ctx) => page(c, await retry(c, (await releaseTyped(c)) ?? {}, {}))
