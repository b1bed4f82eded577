import { en } from './words.en.ts'
import { ja, type UiWords } from './words.ja.ts'
import { useWords } from './words.ts'

/** The ui's own words in the language of the page. */
export const useUiWords = (): UiWords => useWords({ ja, en })
