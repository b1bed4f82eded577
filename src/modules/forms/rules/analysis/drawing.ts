/**
 * What the pages can't draw yet: refused when a form is published, with a sentence, since half of a question is worse than
 * none. And a field without its logic, as the page of corrections asks it alone.
 */
import type { Definition, Field } from '../definition/definition.ts'
import type { Condition, Formula } from '../engine/language.ts'
import { dependencies } from '../engine/walk.ts'
import { type Fault, pathOf } from '../reading/faults.ts'

const undrawn: Partial<Record<Field['kind'], { ja: string; en: string }>> = {
  group: { ja: '繰り返しの項目', en: 'repeating groups' },
  table: { ja: '表の項目', en: 'tables' },
  ranking: { ja: '順位をつける項目', en: 'rankings' },
  place: { ja: '地図の場所の項目', en: 'places on a map' },
}

/** Every reason why the pages can't draw a definition; none where they can. */
export function undrawable(definition: Definition): Fault[] {
  const faults: Fault[] = []
  const report = (path: (string | number)[], ja: string, en: string) => faults.push({ path: pathOf(path), ja, en })
  definition.pages.forEach((page, p) => {
    const here = new Set(page.fields.map(({ id }) => id))
    const usesHere = (used: { condition: Condition } | { formula: Formula }) =>
      [...dependencies(definition, [used]).fields].some((id) => here.has(id))
    page.fields.forEach((field, f) => {
      const path = ['pages', p, 'fields', f]
      const what = undrawn[field.kind]
      if (what) {
        const ja = `「${field.label}」：${what.ja}は、まだ画面に出せないため公開できません。ほかの種類の項目に置き換えてください`
        report(path, ja, `${what.en} cannot be shown on pages yet, so the form cannot be published`)
      }
      if (field.kind === 'computed' && usesHere({ formula: field.formula })) {
        const ja = `「${field.label}」：同じページの項目を使う計算は、まだその場で出せません。次のページに置いてください`
        report(path, ja, 'what is computed from fields of its own page has to stand on a later page')
      }
      for (const [n, { showIf }] of 'options' in field ? field.options.entries() : []) {
        if (!showIf || !usesHere({ condition: showIf })) continue
        const ja = `「${field.label}」：選択肢の条件に同じページの項目はまだ使えません。前のページの項目を使ってください`
        report([...path, 'options', n], ja, 'options can hang on fields of earlier pages only')
      }
    })
  })
  return faults
}

/** Whether a field has an answer that somebody gives. */
export const isAsked = (field: Field): boolean => field.kind !== 'note' && field.kind !== 'computed'

/** The field alone: what it hangs on is elsewhere, and was decided when it was filed. */
export function withoutLogic(field: Field): Field {
  const { showIf: _s, section: _c, ...rest } = field as Extract<Field, { kind: 'choice' }>
  const { requiredIf: _r, softRequired: _w, checks: _k, ...plain } = rest
  const options = plain.options?.map(({ showIf: _o, ...option }) => option)
  return { ...plain, ...(options && { options }) } as Field
}
