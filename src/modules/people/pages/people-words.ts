import { useWords } from '#ui/index.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'
import { en as enRoles } from '../words.roles.en.ts'
import { ja as jaRoles } from '../words.roles.ja.ts'

export const words = { ja, en }

/** The words of this module's pages. */
export const usePeople = () => useWords(words)

/** What roles are called, and what each may do. */
export const useRoleWords = () => useWords({ ja: jaRoles, en: enRoles })

/** Where its pages stand. */
export const places = {
  groups: '/console/administration/groups',
  units: '/console/administration/units',
} as const

/** The crumbs of a page below one's own account. */
export const useAccountCrumbs = (title: string) => {
  const w = usePeople().account
  return [{ label: w.myPage, href: '/my' }, { label: w.title, href: '/my/account' }, { label: title }]
}
