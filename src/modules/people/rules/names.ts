import { line, optionalLine } from '#core/inputs.ts'
import { toFullKatakana } from '#core/text.ts'

/** What a person is called. */
export const personName = line({ label: '氏名', max: 100 })

/** How a name is read, in katakana (hiragana and half-width become it), or in Latin letters. */
export const reading = optionalLine({ label: 'フリガナ', max: 100 })
  .transform((text) => text && toFullKatakana(text))
  .refine((text) => text === null || /^[\p{Script=Katakana}\p{Script=Latin}ー・゠\s'.-]+$/u.test(text), {
    error: 'フリガナはカタカナ（またはローマ字）で入力してください',
  })
