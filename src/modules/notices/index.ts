import { migrationsOf } from '#platform/migrate.ts'
import type { Module } from '#web/module.ts'
import { markAllRead } from './actions/mark-all-read.ts'
import { markRead } from './actions/mark-read.ts'
import { resend } from './actions/resend.ts'
import { settle } from './actions/settle.ts'
import { deliver, tidy } from './jobs.ts'
import { undelivered } from './queries.ts'
import { routes } from './routes.tsx'
import { mayDeliver } from './rules.ts'
import { deliveries } from './views/deliveries.ts'
import { deliveryPage } from './views/delivery.ts'
import { myPage } from './views/my-page.ts'
import { ownNotices } from './views/own-notices.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

export const notices: Module = {
  name: 'notices',
  routes,
  actions: [markRead, markAllRead, resend, settle],
  views: [myPage, ownNotices, deliveries, deliveryPage],
  jobs: [deliver, tidy],
  migrations: migrationsOf(
    'notices',
    import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
  ),
  // Whoever tells somebody something does so by itself; nothing is invented here.
  seed: async () => {},

  called: {
    module: 'お知らせ',
    acts: {
      'notices.mark-read': 'お知らせを読んだことにする',
      'notices.mark-all-read': 'お知らせをすべて読んだことにする',
      'notices.resend': '届かなかったお知らせをもう一度送る',
      'notices.settle': '別の方法でお知らせしたと記録する',
      'notices.my-page': 'マイページを見る',
      'notices.own-notices': '自分のお知らせの一覧を見る',
      'notices.deliveries': 'お知らせの送信状況を見る',
      'notices.delivery': '送ったお知らせを見る',
    },
  },
  rail: [
    {
      group: '管理',
      href: '/console/notices',
      label: { ja: ja.console.title, en: en.console.title },
      order: 900,
      allow: mayDeliver,
    },
  ],
  async tasks(db, actor) {
    if (!mayDeliver(actor)) return []
    return [{ title: ja.console.task, href: '/console/notices', ...(await undelivered(db)) }]
  },
  retention: [
    {
      table: 'notice',
      keep: '3年',
      from: '作成した日',
      why: 'お知らせした事実を、あとから確かめられるようにするため。届かず対応を待つものは、対応が済むまで保存する。',
    },
    {
      table: 'delivery',
      keep: '3年',
      from: 'お知らせを作成した日',
      why: '送信と不達の記録を、お知らせとともに確かめられるようにするため。',
    },
  ],
}

export { type News, notify, notifyAll } from './actions/notify.ts'
