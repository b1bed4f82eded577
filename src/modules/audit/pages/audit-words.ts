import { useWords } from '#ui/index.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'

export const words = { ja, en }

/** The words of this module's pages. */
export const useAudit = () => useWords(words)

/** Where its page stands. */
export const place = '/console/administration/audit'
