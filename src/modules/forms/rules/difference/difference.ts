/**
 * The difference of two definitions in words: what changed, and what that means for somebody in the middle of the form who
 * goes on with the new version.
 *
 * It errs on the side of caution, and tests hold what it promises: where no change says `answer`, a draft that was complete
 * is complete under the new definition; where all say `nothing`, the same is filed.
 */

import { everythingUsed } from '../analysis/standing.ts'
import type { Definition, Field, Page } from '../definition/definition.ts'
import { dependencies } from '../engine/walk.ts'
import { pathOf } from '../reading/faults.ts'
import { happened, means } from './difference-words.ts'
import { type Change, type Comparing, compareField, type Note, optional, type Path, same } from './field-difference.ts'

/** Which fields, conditions and values something of a definition hangs on. */
const usedIn = (definition: Definition) =>
  dependencies(
    definition,
    everythingUsed(definition).map(({ used }) => used),
  )

/** The changes from one definition to another, both accepted by `parseDefinition`, in the order of the new one. */
export function difference(before: Definition, after: Definition): Change[] {
  const changes: Change[] = []
  const note: Note = (path, midway, what, meaning) => {
    changes.push({ path: pathOf(path), midway, what, meaning })
  }
  const [a, b] = [usedIn(before), usedIn(after)]
  const used = {
    fields: new Set([...a.fields, ...b.fields]),
    conditions: new Set([...a.conditions, ...b.conditions]),
    values: new Set([...a.values, ...b.values]),
    today: a.today || b.today,
  }
  const jumps = [...before.pages, ...after.pages].some(({ skip, end }) => skip?.length || end !== undefined)
  const comparing: Comparing = { note, used, jumps }
  if (before.title !== after.title) note(['title'], 'nothing', happened.title(), means.words)
  if (before.purpose !== after.purpose)
    note(['purpose'], 'nothing', happened.purpose(`「${after.title}」`), means.words)
  compareNamed(before, after, comparing)
  comparePages(before, after, comparing)
  return changes
}

function compareNamed(before: Definition, after: Definition, { note, used }: Comparing) {
  const compare = (
    key: 'conditions' | 'values',
    old: readonly { id: string; name: string; body: unknown }[],
    now: readonly { id: string; name: string; body: unknown }[],
  ) => {
    now.forEach(({ id, name, body }, n) => {
      const was = old.find((one) => one.id === id)
      const path = [key, n]
      if (!was) note(path, 'nothing', happened.namedAdded(name), means.nobody)
      if (!was || same(was.body, body)) return
      const what = key === 'values' ? happened.formula(name) : happened.conditionChanged(name)
      const matters = used[key].has(id)
      note(path, matters ? 'answer' : 'nothing', what, matters ? means.asked : means.nobody)
    })
    old.forEach(({ id, name }, n) => {
      if (!now.some((one) => one.id === id)) note([key, n], 'nothing', happened.namedRemoved(name), means.nobody)
    })
  }
  const conditions = (one: Definition) => (one.conditions ?? []).map(({ id, name, when }) => ({ id, name, body: when }))
  const values = (one: Definition) =>
    (one.values ?? []).map(({ id, label, formula }) => ({ id, name: label, body: formula }))
  compare('conditions', conditions(before), conditions(after))
  compare('values', values(before), values(after))
}

function comparePages(before: Definition, after: Definition, comparing: Comparing) {
  const { note, jumps } = comparing
  const kept = before.pages.filter(({ id }) => after.pages.some((page) => page.id === id)).map(({ id }) => id)
  const now = after.pages.filter(({ id }) => kept.includes(id)).map(({ id }) => id)
  const pageOf = new Map(
    before.pages.flatMap((page) => page.fields.map((field) => [field.id, { page, field }] as const)),
  )
  after.pages.forEach((page, p) => {
    const was = before.pages.find(({ id }) => id === page.id)
    const path = ['pages', p]
    if (!was)
      note(path, jumps ? 'answer' : 'nothing', happened.pageAdded(page.title), jumps ? means.asked : means.words)
    else {
      comparePage(was, page, path, comparing)
      if (kept.indexOf(page.id) !== now.indexOf(page.id)) {
        note(path, jumps ? 'answer' : 'nothing', happened.pageMoved(page.title), jumps ? means.asked : means.order)
      }
    }
    page.fields.forEach((field, f) => {
      const old = pageOf.get(field.id)
      const at = [...path, 'fields', f]
      if (!old) addField(field, page, at, comparing)
      if (!old) return
      compareField(old.field, field, at, comparing)
      if (old.page.id !== page.id) {
        const matters = jumps || old.page.showIf !== undefined || page.showIf !== undefined
        note(at, matters ? 'answer' : 'nothing', happened.fieldMoved(field.label), matters ? means.asked : means.order)
      } else if (moved(old.page.fields, page.fields, field)) {
        note(at, 'nothing', happened.fieldMoved(field.label), means.order)
      }
      const sections = [old.page, page].map(
        ({ sections: all }, n) => all?.find(({ id }) => id === (n ? field : old.field).section)?.showIf,
      )
      if (!same(sections[0], sections[1])) note(at, 'answer', happened.showIf(field.label), means.asked)
    })
  })
  const left = new Set(after.pages.flatMap(({ fields }) => fields.map(({ id }) => id)))
  before.pages.forEach((page, p) => {
    const gone = !after.pages.some(({ id }) => id === page.id)
    if (gone)
      note(
        ['pages', p],
        jumps ? 'answer' : 'nothing',
        happened.pageRemoved(page.title),
        jumps ? means.asked : means.words,
      )
    page.fields.forEach((field, f) => {
      if (left.has(field.id)) return
      const midway = jumps ? 'answer' : field.kind === 'note' ? 'nothing' : 'look'
      note(
        ['pages', p, 'fields', f],
        midway,
        happened.fieldRemoved(field.label),
        midway === 'nothing' ? means.words : means.omitted,
      )
    })
  })
}

/** Whether a field stands elsewhere among those that were there before. */
function moved(old: readonly Field[], now: readonly Field[], { id }: Field): boolean {
  const both = old.filter((one) => now.some((other) => other.id === one.id)).map((one) => one.id)
  return both.indexOf(id) !== now.filter((one) => both.includes(one.id)).findIndex((one) => one.id === id)
}

function addField(field: Field, page: Page, path: Path, { note, jumps, used }: Comparing) {
  const free = optional(field) && !used.fields.has(field.id) && !jumps
  const midway = free ? (field.kind === 'note' ? 'nothing' : 'look') : 'answer'
  const meaning =
    field.kind === 'note'
      ? means.words
      : field.kind === 'computed'
        ? means.recomputed
        : optional(field)
          ? means.mayAnswer
          : means.mustAnswer
  note(path, page.end === undefined ? midway : 'nothing', happened.fieldAdded(field.label), meaning)
}

function comparePage(was: Page, page: Page, path: Path, { note, jumps }: Comparing) {
  const { title } = page
  if (was.title !== title || was.name !== page.name || was.hint !== page.hint) {
    note(path, 'nothing', happened.pageWords(title), means.words)
  }
  if (was.purpose !== page.purpose) note([...path, 'purpose'], 'nothing', happened.purpose(`「${title}」`), means.words)
  if (!same(was.showIf, page.showIf)) note([...path, 'showIf'], 'answer', happened.pageShowIf(title), means.asked)
  if (!same(was.skip ?? [], page.skip ?? [])) note([...path, 'skip'], 'answer', happened.pageSkip(title), means.asked)
  if (was.end !== page.end) {
    const words = was.end !== undefined && page.end !== undefined
    note([...path, 'end'], words ? 'nothing' : 'answer', happened.pageEnd(title), words ? means.words : means.asked)
  }
  const titles = (one: Page) => (one.sections ?? []).map(({ showIf: _, ...rest }) => rest)
  if (!same(titles(was), titles(page)))
    note([...path, 'sections'], jumps ? 'look' : 'nothing', happened.sections(title), means.words)
}
