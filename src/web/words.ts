import type { Ctx } from './context.ts'

/** The words of the page that answers. */
export const wordsFor = <T>(c: Ctx, words: { ja: T; en: NoInfer<T> }): T => words[c.get('shell').language]
