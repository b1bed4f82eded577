/**
 * Which pages and fields of a form are shown for given answers. The one engine for server and browser: no schema, no
 * clock, no document, small enough to send to every phone.
 *
 * Semantics, fixed once (two engines or unstated semantics are where other form systems lose answers):
 * - A condition looks only at fields above it, so one pass from the top decides everything, and it always ends.
 * - A hidden field counts as unanswered for what follows. A draft keeps its answer; a filing omits it.
 * - A page is shown where its own condition holds and at least one of its fields is shown.
 */

/** A stored file, given by the server; never made from what a person sends. `size` in bytes, `type` a media type. */
export type FileAnswer = { file: string; name: string; size: number; type: string }

/** Text, date (ISO), mail, phone and one choice are a string; several choices a list of values; files a list. */
export type Answer = string | string[] | FileAnswer[]

/** By field id. JSON as it stands. An unanswered field has no entry. */
export type Answers = Record<string, Answer>

/**
 * `isNot` holds where something else was answered; `{ not: { field, is } }` also where nothing was.
 * `all: []` holds, `any: []` does not.
 */
export type Condition =
  | { field: string; is: string }
  | { field: string; isNot: string }
  | { field: string; includes: string }
  | { field: string; answered: true }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

/** What this engine needs of a definition. */
export type Logic = {
  pages: readonly { id: string; showIf?: Condition; fields: readonly { id: string; showIf?: Condition }[] }[]
}

/** The pages and fields that are shown, in the order of the form. */
export type Shown = { pages: { id: string; fields: string[] }[] }

/** The answer to a field, or undefined: also for an empty text or list, and for names that every object has. */
export function answerOf(answers: Answers, field: string): Answer | undefined {
  if (!Object.hasOwn(answers, field)) return undefined
  const answer = answers[field]
  return answer === null || answer === undefined || answer.length === 0 ? undefined : answer
}

type Known = ReadonlyMap<string, Answer>

const no: ReadonlySet<string> = new Set()

/**
 * Whether a condition holds; undefined while that depends on a field in `open`, whose answer is still being typed.
 */
export function holds(condition: Condition, known: Known, open: ReadonlySet<string> = no): boolean | undefined {
  if ('all' in condition) return every(condition.all, known, open)
  if ('any' in condition) {
    const none = every(
      condition.any.map((part) => ({ not: part })),
      known,
      open,
    )
    return none === undefined ? undefined : !none
  }
  if ('not' in condition) {
    const held = holds(condition.not, known, open)
    return held === undefined ? undefined : !held
  }
  if (open.has(condition.field)) return undefined
  const answer = known.get(condition.field)
  if (answer === undefined) return false
  if ('is' in condition) return answer === condition.is
  if ('isNot' in condition) return answer !== condition.isNot
  if ('includes' in condition) return Array.isArray(answer) && answer.some((one) => one === condition.includes)
  return true
}

function every(conditions: readonly Condition[], known: Known, open: ReadonlySet<string>): boolean | undefined {
  let unsure = false
  for (const condition of conditions) {
    const held = holds(condition, known, open)
    if (held === false) return false
    if (held === undefined) unsure = true
  }
  return unsure ? undefined : true
}

/** What is shown for these answers. Answers to fields that the form does not have are ignored. */
export function evaluate(logic: Logic, answers: Answers): Shown {
  const known = new Map<string, Answer>()
  const pages: Shown['pages'] = []
  for (const page of logic.pages) {
    if (page.showIf && !holds(page.showIf, known)) continue
    const fields: string[] = []
    for (const field of page.fields) {
      if (field.showIf && !holds(field.showIf, known)) continue
      fields.push(field.id)
      const answer = answerOf(answers, field.id)
      if (answer !== undefined) known.set(field.id, answer)
    }
    if (fields.length > 0) pages.push({ id: page.id, fields })
  }
  return { pages }
}

/**
 * The fields a page has to offer while it is being filled in: 'always' shown after what the earlier pages say, or
 * 'depends' on an answer of this very page. The rest stays away. Without JavaScript the page shows both kinds.
 */
export function offered(logic: Logic, pageId: string, answers: Answers): { id: string; when: 'always' | 'depends' }[] {
  const at = logic.pages.findIndex((page) => page.id === pageId)
  const page = logic.pages[at]
  if (!page) return []
  const shown = new Set(evaluate({ pages: logic.pages.slice(0, at) }, answers).pages.flatMap((before) => before.fields))
  const known = new Map<string, Answer>()
  for (const id of shown) {
    const answer = answerOf(answers, id)
    if (answer !== undefined) known.set(id, answer)
  }
  if (page.showIf && !holds(page.showIf, known)) return []
  const open = new Set<string>()
  const fields: { id: string; when: 'always' | 'depends' }[] = []
  for (const field of page.fields) {
    const held = field.showIf ? holds(field.showIf, known, open) : true
    if (held === false) continue
    open.add(field.id)
    fields.push({ id: field.id, when: held ? 'always' : 'depends' })
  }
  return fields
}
