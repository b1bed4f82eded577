/**
 * Which pages and fields of a form are shown for given answers, which are required, and what is computed. The one engine
 * for server and browser: small enough to send to every phone. docs/forms.md states and explains the semantics:
 *
 * - A condition looks only at fields above it, so one pass from the top decides everything, and it always ends.
 * - A hidden field counts as unanswered for what follows. A draft keeps its answer; a filing omits it.
 * - A page is shown where it is not skipped, the form has not ended before it, its own condition holds, and at least one of
 *   its fields is shown (or it is an end).
 *
 * In one file, since pages, fields and values are decided by each other.
 */
import { written } from './arithmetic.ts'
import { holds, valueFrom } from './decide.ts'
import {
  type Answer,
  type Answers,
  type Condition,
  checkPage,
  type Logic,
  type LogicField,
  type LogicPage,
  type Row,
} from './language.ts'
import { answerOf, indexOf, type Scope } from './scope.ts'

export type { Answer, Answers, Condition, FileAnswer, Logic } from './language.ts'
export { answerOf } from './scope.ts'

/** The pages and fields that are shown, in the order of the form. */
export type Shown = { pages: { id: string; fields: string[] }[] }

/** What decided: the condition of the thing itself, or something around or before it. */
export type Cause =
  | { by: 'always' }
  | { by: 'condition' }
  | { by: 'section'; section: string }
  | { by: 'page' }
  | { by: 'skipped'; page: string; rule: number }
  | { by: 'ended'; page: string }
  | { by: 'empty' }

/** A soft-required field should be answered, but the form can be filed without. */
export type Need = 'required' | 'soft' | 'optional'

export type DecidedField = {
  id: string
  shown: boolean
  cause: Cause
  need: Need
  /** Values of options that are not offered now. */
  without?: string[]
  /** What counts as its answer: of the options that are offered, of the fields that are shown, or as computed. */
  answer?: Answer
  /** Of a group: the inner fields, row by row. */
  rows?: DecidedField[][]
}

export type DecidedPage = { id: string; shown: boolean; cause: Cause; fields: DecidedField[] }

/** Everything about a form and its answers. `ended`: the page at which the form ends without a filing. */
export type Decision = { pages: DecidedPage[]; ended?: string; scope: Scope }

const yes: Cause = { by: 'always' }
const own: Cause = { by: 'condition' }
const no: ReadonlySet<string> = new Set()

const passed = (condition: Condition | undefined, scope: Scope) => !condition || holds(condition, scope) === true

function needOf({ required, requiredIf, softRequired }: LogicField, scope: Scope): Need {
  if (required || (requiredIf && holds(requiredIf, scope))) return 'required'
  return softRequired && passed(softRequired.when, scope) ? 'soft' : 'optional'
}

/** The answer as far as it counts: without options that are not offered, and for a group row by row. */
function effective(field: LogicField, given: Answer | undefined, scope: Scope, decided: DecidedField) {
  if (field.formula) {
    const value = valueFrom(field.formula, scope)
    return value === null || value === undefined ? undefined : written(value)
  }
  if (field.fields) {
    const rows = Array.isArray(given) ? (given as Row[]) : []
    decided.rows = []
    return rows.map((row) => {
      const counted: Row = {}
      const inner: Scope = { ...scope, row: counted, outer: scope }
      decided.rows?.push(field.fields!.map((one) => decideField(one, row, inner, counted)))
      return counted
    })
  }
  const without = field.options?.filter(({ showIf }) => !passed(showIf, scope)).map(({ value }) => value)
  if (!without?.length) return given
  decided.without = without
  if (!Array.isArray(given)) return without.includes(given as string) ? undefined : given
  const left = (given as string[]).filter((value) => !without.includes(value))
  return left.length === 0 ? undefined : left
}

function decideField(field: LogicField, answers: Record<string, Answer>, scope: Scope, into: Row): DecidedField {
  const shown = passed(field.showIf, scope)
  const decided: DecidedField = { id: field.id, shown, cause: field.showIf ? own : yes, need: 'optional' }
  if (!shown) return decided
  decided.need = needOf(field, scope)
  const answer = effective(field, answerOf(answers, field.id), scope, decided)
  if (answer !== undefined && answer.length !== 0) {
    decided.answer = answer
    into[field.id] = answer
  }
  return decided
}

const hidden = (fields: readonly LogicField[], cause: Cause): DecidedField[] =>
  fields.map(({ id }) => ({ id, shown: false, cause, need: 'optional' }))

/** A section is decided where its first field stands: its condition may ask about fields of the same page above it. */
function sectionShown(
  page: LogicPage,
  { section: id }: LogicField,
  decided: Map<string, boolean>,
  scope: Scope,
): boolean {
  if (id === undefined) return true
  const before = decided.get(id)
  if (before !== undefined) return before
  const shown = passed(page.sections?.find((section) => section.id === id)?.showIf, scope)
  decided.set(id, shown)
  return shown
}

function decidePage(page: LogicPage, answers: Answers, scope: Scope & { known: Map<string, Answer> }): DecidedPage {
  if (!passed(page.showIf, scope)) {
    return { id: page.id, shown: false, cause: own, fields: hidden(page.fields, { by: 'page' }) }
  }
  const sections = new Map<string, boolean>()
  const fields: DecidedField[] = []
  for (const field of page.fields) {
    if (!sectionShown(page, field, sections, scope)) {
      fields.push(...hidden([field], { by: 'section', section: field.section! }))
      continue
    }
    const into: Row = {}
    const decided = decideField(field, answers, scope, into)
    fields.push(decided)
    if (decided.answer !== undefined) scope.known.set(field.id, decided.answer)
  }
  const shown = page.end !== undefined || fields.some((field) => field.shown)
  return { id: page.id, shown, cause: shown ? (page.showIf ? own : yes) : { by: 'empty' }, fields }
}

/**
 * Everything that follows from the answers. Answers to fields that the form does not have are ignored; they are taken as
 * valid (`checkAnswers` makes sure of it). `today`: an ISO date, for what hangs on the day.
 */
export function decide(logic: Logic, answers: Answers, today?: string): Decision {
  const known = new Map<string, Answer>()
  const scope = { known, open: no, named: indexOf(logic), today }
  const at = new Map(logic.pages.map(({ id }, n) => [id, n]))
  const decision: Decision = { pages: [], scope }
  /** The jump that reaches furthest, of all those taken so far. */
  let jump = { until: 0, page: '', rule: 0 }
  for (const [n, page] of logic.pages.entries()) {
    const around: Cause | undefined = decision.ended
      ? { by: 'ended', page: decision.ended }
      : n < jump.until
        ? { by: 'skipped', page: jump.page, rule: jump.rule }
        : undefined
    if (around) {
      decision.pages.push({ id: page.id, shown: false, cause: around, fields: hidden(page.fields, { by: 'page' }) })
      continue
    }
    const decided = decidePage(page, answers, scope)
    decision.pages.push(decided)
    if (!decided.shown) continue
    if (page.end !== undefined) decision.ended = page.id
    for (const [rule, { when, to }] of page.skip?.entries() ?? []) {
      const until = to === checkPage ? logic.pages.length : (at.get(to) ?? logic.pages.length)
      if (until > jump.until && passed(when, scope)) jump = { until, page: page.id, rule }
    }
  }
  return decision
}

/** What is shown for these answers, and nothing else. */
export function evaluate(logic: Logic, answers: Answers, today?: string): Shown {
  const pages = decide(logic, answers, today).pages.filter(({ shown }) => shown)
  return {
    pages: pages.map(({ id, fields }) => ({
      id,
      fields: fields.filter(({ shown }) => shown).map((field) => field.id),
    })),
  }
}

export type Offered = { id: string; when: 'always' | 'depends' }

/**
 * The fields a page has to offer while it is being filled in: 'always' shown after what the earlier pages say, or
 * 'depends' on an answer of this very page. The rest stays away. Without JavaScript the page shows both kinds.
 */
export function offered(logic: Logic, pageId: string, answers: Answers, today?: string): Offered[] {
  const at = logic.pages.findIndex(({ id }) => id === pageId)
  const page = logic.pages[at]
  if (!page) return []
  const before = {
    ...logic,
    pages: logic.pages.slice(0, at + 1).map((one) => (one === page ? { ...one, fields: [] } : one)),
  }
  const { pages, scope: decided } = decide(before, answers, today)
  const { cause } = pages[at]!
  if (cause.by !== 'empty' && !pages[at]!.shown) return []
  const open = new Set<string>()
  const scope: Scope = { ...decided, open }
  const fields: Offered[] = []
  for (const field of page.fields) {
    const section = page.sections?.find(({ id }) => id === field.section)
    const conditions = [section?.showIf, field.showIf].filter((one) => one !== undefined)
    const held = holds({ all: conditions }, scope)
    if (held === false) continue
    open.add(field.id)
    fields.push({ id: field.id, when: held ? 'always' : 'depends' })
  }
  return fields
}

/** How one field stands for these answers, by its id; undefined where the form has no such field at the top of a page. */
export const standingOf = (logic: Logic, answers: Answers, field: string, today?: string): DecidedField | undefined =>
  decide(logic, answers, today)
    .pages.flatMap(({ fields }) => fields)
    .find(({ id }) => id === field)
