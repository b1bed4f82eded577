/** Conditions in words, for the hint beside a conditional field and for those who design forms. */
import type { Definition, Field } from './definition.ts'
import type { Condition } from './evaluate.ts'
import { shownAnswer } from './kinds.ts'

function phrase(condition: Condition, fields: ReadonlyMap<string, Field>, nested: boolean): string {
  if ('all' in condition || 'any' in condition) {
    const [parts, and] = 'all' in condition ? [condition.all, '、かつ'] : [condition.any, '、または']
    if (parts.length === 1) return phrase(parts[0]!, fields, nested)
    const text = parts.map((part) => phrase(part, fields, true)).join(and)
    return nested ? `（${text}）` : text
  }
  if ('not' in condition) {
    const inner = condition.not
    const text = phrase(inner, fields, true)
    if ('answered' in inner || 'is' in inner) return text.replace(/がある$/, 'がない').replace(/である$/, 'ではない')
    return 'includes' in inner ? text.replace(/選んだ$/, '選んでいない') : `${text}ということではない`
  }
  const field = fields.get(condition.field)
  const label = labelOf(condition.field, fields)
  const value = (text: string) => (field ? shownAnswer(field, field.kind === 'choices' ? [text] : text) : text)
  if ('is' in condition) return `「${label}」が「${value(condition.is)}」である`
  if ('isNot' in condition) return `「${label}」が「${value(condition.isNot)}」以外である`
  if ('includes' in condition) return `「${label}」で「${value(condition.includes)}」を選んだ`
  return `「${label}」に回答がある`
}

const labelOf = (id: string, fields: ReadonlyMap<string, Field>) => fields.get(id)?.label ?? id

/**
 * 「参加方法」が「会場」である場合にお答えください: the hint of a conditional field where its page cannot hide it (no
 * JavaScript), and the reason why it is shown.
 */
export function conditionInWords(definition: Definition, condition: Condition): string {
  const fields = new Map(definition.pages.flatMap((page) => page.fields.map((field) => [field.id, field] as const)))
  return `${phrase(condition, fields, false)}場合にお答えください`
}
