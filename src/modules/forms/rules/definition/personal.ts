import type { Field } from './definition.ts'

const kinds = ['name', 'kana', 'address', 'phone', 'mail', 'bank-account']

/** Whether a field asks for personal data: the definition says so, or its kind does, or what browsers fill in. */
export const isPersonal = (field: Field): boolean => {
  if ('personal' in field && field.personal !== undefined) return field.personal
  const filled = 'autocomplete' in field ? String(field.autocomplete ?? '') : ''
  return kinds.includes(field.kind) || /(^|[ -])(name|bday|tel|email|street|address|sex|postal)/.test(filled)
}
