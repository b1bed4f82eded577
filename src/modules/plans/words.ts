import { useWords } from '#ui/index.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

/** The words of the page's language. */
export const usePlanWords = () => useWords({ ja, en })
