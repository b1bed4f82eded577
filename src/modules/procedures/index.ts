import { holds } from '#core/policy.ts'
import { migrationsOf } from '#platform/migrate.ts'
import type { Module } from '#web/module.ts'
import { accept } from './actions/accept.ts'
import { addNote } from './actions/add-note.ts'
import { askCorrection } from './actions/ask-correction.ts'
import { begin } from './actions/begin.ts'
import { correct } from './actions/correct.ts'
import { countStatusTry } from './actions/count-status-try.ts'
import { decide } from './actions/decide.ts'
import { file } from './actions/file.ts'
import { forgetDevice } from './actions/forget-device.ts'
import { openStatus } from './actions/open-status.ts'
import { savePage } from './actions/save-page.ts'
import { saveProcedure } from './actions/save-procedure.ts'
import { submitFiling } from './actions/submit-filing.ts'
import { withdraw } from './actions/withdraw.ts'
import { begun, filings, findPublic, mine, things, waiting } from './contributions.ts'
import { forgetOldAccess } from './jobs.ts'
import { fillSearchForms } from './queries/search-forms.ts'
import { procedureRoutes } from './routes.tsx'
import { seed } from './seed.ts'
import { casePage } from './views/case.ts'
import { catalogue } from './views/catalogue.ts'
import { draftPage } from './views/draft.ts'
import { procedureEditor, procedureList } from './views/editor.ts'
import { ownFiling } from './views/own-filing.ts'
import { procedurePage } from './views/procedure.ts'
import { queuePage } from './views/queue.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

export const procedures: Module = {
  name: 'procedures',
  routes: procedureRoutes,
  actions: [
    accept,
    addNote,
    askCorrection,
    begin,
    correct,
    countStatusTry,
    decide,
    file,
    forgetDevice,
    openStatus,
    savePage,
    saveProcedure,
    submitFiling,
    withdraw,
  ],
  views: [casePage, catalogue, draftPage, ownFiling, procedureEditor, procedureList, procedurePage, queuePage],
  jobs: [forgetOldAccess],
  migrations: migrationsOf(
    'procedures',
    import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
  ),
  seed,

  called: {
    module: '手続',
    acts: {
      'procedures.accept': '審査を始める',
      'procedures.add-note': '職員のメモを加える',
      'procedures.ask-correction': '補正を求める',
      'procedures.begin': '申請を始める',
      'procedures.correct': '補正を送る',
      'procedures.count-status-try': '状態の確認を試みる',
      'procedures.decide': '決裁する',
      'procedures.file': '一度に申請する',
      'procedures.forget-device': '端末から入力を消す',
      'procedures.open-status': '受付番号で状態を開く',
      'procedures.save-page': '下書きを保存する',
      'procedures.save-procedure': '手続を保存する',
      'procedures.procedure-list': '手続の管理を見る',
      'procedures.editor': '手続の編集を見る',
      'procedures.submit-filing': '申請する',
      'procedures.withdraw': '申請を取り下げる',
      'procedures.case': '申請を見る（職員）',
      'procedures.catalogue': '手続の一覧を見る',
      'procedures.draft': '下書きを見る',
      'procedures.own-filing': '自分の申請を見る',
      'procedures.procedure': '手続を見る',
      'procedures.queue': '申請の一覧を見る',
    },
  },
  menu: [
    {
      href: '/procedures',
      label: { ja: ja.menu, en: 'Procedures' },
      order: 10,
      tile: {
        title: { ja: ja.tile.title, en: 'Apply for something' },
        text: { ja: ja.tile.text, en: 'Applications and notifications. See how far they are with the receipt number.' },
      },
    },
  ],
  pages: [
    {
      href: '/filings/status',
      title: { ja: ja.catalogue.status, en: en.catalogue.status },
      text: { ja: ja.catalogue.statusText, en: en.catalogue.statusText },
      words: '受付番号 進み具合 進捗 補正 取下げ 取り下げ 控え 結果 receipt number',
      home: true,
    },
  ],
  begun,
  rail: [
    {
      group: '手続',
      href: '/console/filings',
      label: { ja: ja.queue.title, en: 'Review' },
      order: 10,
      allow: (actor) => holds(actor, 'reviewer', 'approver'),
    },
    {
      group: '手続',
      href: '/console/procedures',
      label: { ja: ja.editor.list, en: 'Procedures' },
      order: 15,
      allow: (actor) => holds(actor, 'procedure-editor'),
    },
  ],
  measures: [filings],
  tasks: waiting,
  mine,
  search: findPublic,
  fillSearchForms,
  retention: [
    {
      table: 'filing',
      keep: '文書管理の規程による（既定は5年）',
      from: '申請が終わった年度の翌年度の4月1日',
      why: '申請と処分の記録として残すため。終わっていない申請は廃棄の対象になりません。',
    },
    {
      table: 'filing_access',
      keep: '12時間まで（その夜に消去）',
      from: '受付番号とメールアドレスで申請の状態を開いたとき',
      why: '同じ端末で、しばらくのあいだ状態を見られるようにするため',
    },
  ],
  things,
}
