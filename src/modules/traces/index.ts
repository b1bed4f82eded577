import { migrationsOf } from '#platform/migrate.ts'
import type { Module } from '#web/module.ts'
import { link } from './actions/link.ts'
import { unlink } from './actions/unlink.ts'
import { routes } from './routes.tsx'
import { candidates } from './views/candidates.ts'
import { tracesOf } from './views/of.ts'
import { tracePage } from './views/trace.ts'

export const traces: Module = {
  name: 'traces',
  routes,
  actions: [link, unlink],
  views: [tracesOf, candidates, tracePage],
  jobs: [],
  migrations: migrationsOf(
    'traces',
    import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
  ),
  // Links are between things of other modules: whoever seeds those, links them.
  seed: async () => {},

  called: {
    module: 'つながり',
    acts: {
      'traces.link': 'つながりを付ける',
      'traces.unlink': 'つながりを取り消す',
      'traces.of': 'つながりを見る',
      'traces.candidates': 'つなぐ相手をさがす',
      'traces.trace': 'つながりを確かめる',
    },
  },
  retention: [
    {
      table: 'trace',
      keep: '常用（つないだものがある間）',
      from: 'つないだ日',
      why: '声がどう生かされたかを、あとからたどれるようにするため。取り消したつながりも記録として残す。',
    },
  ],
}

export { linkThings } from './actions/link.ts'
export { tellTraced } from './actions/tell.ts'
export { pickerPath, Traces } from './pages/traces.tsx'
export { type TraceShown, traceShown, tracesAt, tracesOf } from './views/of.ts'
