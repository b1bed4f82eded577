import { migrationsOf } from '#platform/migrate.ts'
import type { Module } from '#web/module.ts'
import { importPlan, mayImport } from './actions/import-plan.ts'
import { findPublic, things } from './contributions.ts'
import { routes } from './routes.tsx'
import { seed } from './seed.ts'
import { countedPage } from './views/counted.ts'
import { importPreview } from './views/import-preview.ts'
import { importList } from './views/imports.ts'
import { indicatorPage } from './views/indicator.ts'
import { initiativePage } from './views/initiative.ts'
import { measurePage } from './views/measure.ts'
import { planPage } from './views/plan.ts'
import { planList } from './views/plan-list.ts'
import { reportPage } from './views/report.ts'
import { reportList } from './views/reports.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

export const plans: Module = {
  name: 'plans',
  routes,
  actions: [importPlan],
  views: [
    planList,
    planPage,
    initiativePage,
    measurePage,
    indicatorPage,
    countedPage,
    reportList,
    reportPage,
    importList,
    importPreview,
  ],
  jobs: [],
  migrations: migrationsOf(
    'plans',
    import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
  ),
  seed,

  called: {
    module: '計画と成果',
    acts: {
      'plans.import-plan': '計画を取り込む',
      'plans.list': '計画の一覧を見る',
      'plans.plan': '計画を見る',
      'plans.initiative': '取組を見る',
      'plans.measure': '施策を見る',
      'plans.indicator': '指標を見る',
      'plans.counted': '数えたものを見る',
      'plans.reports': '成果レポートの一覧を見る',
      'plans.report': '成果レポートを見る',
      'plans.imports': '取り込んだファイルの一覧を見る',
      'plans.import-preview': '取り込む前に、変わることを見る',
    },
  },
  menu: [
    {
      href: '/plans',
      label: { ja: ja.menu, en: en.menu },
      order: 40,
      tile: { title: { ja: ja.tile.title, en: en.tile.title }, text: { ja: ja.tile.text, en: en.tile.text } },
    },
  ],
  rail: [
    {
      group: '計画',
      href: '/console/plans/import',
      label: { ja: ja.imports.title, en: en.imports.title },
      order: 40,
      allow: (actor) => mayImport({ actor }),
    },
  ],
  pages: [
    {
      href: '/reports',
      title: { ja: ja.reports.title, en: en.reports.title },
      text: { ja: ja.reports.lead, en: en.reports.lead },
      words: '成果報告 実績 年次報告 達成 results annual report',
      home: true,
    },
  ],
  search: findPublic,
  retention: [
    {
      table: 'plan_import',
      keep: '常用',
      from: '取り込んだ日',
      why: '公開した計画と成果の数値を、もとの資料までたどれるようにするため。',
    },
  ],
  things,
}

export { importPlan, mostBytes } from './actions/import-plan.ts'
