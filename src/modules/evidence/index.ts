import { holds } from '#core/policy.ts'
import { migrationsOf } from '#platform/migrate.ts'
import type { Module } from '#web/module.ts'
import { sealTrail } from './jobs.ts'
import { places } from './pages/parts.tsx'
import { routes } from './routes.tsx'
import { evidenceDay } from './views/day.ts'
import { evidenceDays } from './views/days.ts'
import { evidenceEntry } from './views/entry.ts'
import { evidenceState } from './views/state.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

export const evidence: Module = {
  name: 'evidence',
  called: {
    module: '記録の封印',
    acts: {
      'evidence.days': '日ごとの封印',
      'evidence.day': '1日の封印',
      'evidence.state': '封印の状態',
      'evidence.entry': '監査記録1件の封印',
    },
  },
  routes,
  actions: [],
  views: [evidenceDays, evidenceDay, evidenceState, evidenceEntry],
  jobs: [sealTrail],
  migrations: migrationsOf(
    'evidence',
    import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
  ),
  rail: [
    {
      group: ja.group,
      href: places.console,
      label: { ja: ja.console.title, en: en.console.title },
      order: 945,
      allow: (actor) => holds(actor, 'auditor'),
    },
  ],
  retention: [
    { table: 'audit_checkpoint', keep: '監査記録と同じ', from: '封印した日', why: '監査記録の改ざんを見つけるため。' },
    { table: 'audit_leaf', keep: '監査記録と同じ', from: '封印した日', why: '監査記録の改ざんを見つけるため。' },
  ],
  // Sealing fills its tables by itself.
  seed: async () => {},
}

export { setBack } from './publish.ts'
export { type KeptPage, trailIn, type Verdict, verifyTrail } from './verify.ts'
