import { holds } from '#core/policy.ts'
import { administrationLine } from '#modules/people/index.ts'
import type { Module } from '#web/module.ts'
import { place } from './pages/audit-words.ts'
import { routes } from './routes.tsx'
import { auditEntries } from './views/audit-entries.ts'
import { auditExport } from './views/audit-export.ts'
import { acts } from './words.acts.ja.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

export const audit: Module = {
  name: 'audit',
  knownAs: 'people',
  called: { acts },
  routes,
  actions: [],
  views: [auditEntries, auditExport],
  jobs: [],
  migrations: [],
  rail: [
    administrationLine({ href: place, label: { ja: ja.audit.title, en: en.audit.title }, order: 940 }, (actor) =>
      holds(actor, 'auditor'),
    ),
  ],
  async seed() {},
}
