import { useShell } from './shell.tsx'

/** The words of the page's language. Both sets have the same shape, so a missing translation is a type error. */
export function useWords<T>(words: { ja: T; en: NoInfer<T> }): T {
  return words[useShell().language]
}
