import { useWords } from '#ui/index.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'

export const words = { ja, en }

/** The words of this module's pages. */
export const useAdministration = () => useWords(words)

/** Where its pages stand. */
export const places = {
  people: '/console/administration/people',
  companies: '/console/administration/companies',
  settings: '/console/administration/settings',
} as const
