import { administrationLine } from '#modules/people/index.ts'
import type { Module } from '#web/module.ts'
import { changeSettings } from './actions/change-settings.ts'
import { places } from './pages/administration-words.ts'
import { routes } from './routes.tsx'
import { person } from './views/person.ts'
import { settings } from './views/settings.ts'
import { acts } from './words.acts.ja.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

export const administration: Module = {
  name: 'administration',
  knownAs: 'people',
  called: { acts },
  routes,
  actions: [changeSettings],
  views: [person, settings],
  jobs: [],
  migrations: [],
  rail: [
    administrationLine({ href: places.people, label: { ja: ja.people.title, en: en.people.title }, order: 900 }),
    administrationLine({ href: places.settings, label: { ja: ja.settings.title, en: en.settings.title }, order: 930 }),
  ],
  async seed() {},
}
