import { useWords } from '#ui/index.ts'
import { en, type PublicWords } from './words.en.ts'
import { ja } from './words.ja.ts'

const words: { ja: PublicWords; en: PublicWords } = { ja, en }

/** What the public reads, in the language of the page. The console is Japanese: it says `ja`. */
export const usePublicWords = (): PublicWords => useWords(words)
