import { holds } from '#core/policy.ts'
import { migrationsOf } from '#platform/migrate.ts'
import type { Module } from '#web/module.ts'
import { publishForm } from './actions/publish-form.ts'
import { forgetOldDrafts } from './jobs.ts'
import { formRoutes } from './routes.tsx'
import { formList } from './views/form-list.ts'
import { formPage } from './views/form-page.ts'
import { formPreview } from './views/preview.ts'

export const forms: Module = {
  name: 'forms',
  routes: formRoutes,
  actions: [publishForm],
  views: [formList, formPage, formPreview],
  jobs: [forgetOldDrafts],
  migrations: migrationsOf(
    'forms',
    import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
  ),
  async seed() {},
  called: {
    module: '様式',
    acts: {
      'forms.publish-form': '様式を公開する',
      'forms.form-list': '様式の一覧を見る',
      'forms.form': '様式を見る',
      'forms.preview': '様式を公開の前に見る',
    },
  },
  rail: [
    {
      group: '手続',
      href: '/console/forms',
      label: { ja: '様式', en: 'Forms' },
      order: 20,
      allow: (actor) => holds(actor, 'procedure-editor'),
    },
  ],
  retention: [
    { table: 'draft', keep: '最後の保存から60日', from: 'saved_at', why: '出されなかった下書きを残さないため' },
  ],
}

export { publishForm } from './actions/publish-form.ts'
export { forgetDraftsOf, savePage, startDraft } from './draft.ts'
export { draftDays } from './jobs.ts'
export { FormFields } from './pages/fields.tsx'
export { findVersion } from './queries/versions.ts'
export {
  type Draft,
  draftsOf,
  type Filling,
  findFilling,
  latestVersion,
  listForms,
  lockDraft,
  markFiled,
} from './queries.ts'
export type {
  Answer,
  Answers,
  Definition,
  Field as FormField,
  FileAnswer,
  Page as FormPage,
  Raw,
  ReadPage,
  Typed,
} from './rules/index.ts'
export {
  calledBy,
  checkAnswers,
  checkList,
  checkPage,
  filed,
  filesIn,
  findPage,
  isAsked,
  journey,
  nextPage,
  outdated,
  previousPage,
  readAnswers,
  shownAnswer,
  softMissing,
  stepsOf,
  withoutLogic,
} from './rules/index.ts'
