import type { DeliveryState } from './rules.ts'

export type Contact = {
  tenant: string
  office: string | null
  phone: string | null
  mail: string | null
  hours: string | null
}

const states: Record<DeliveryState, string> = {
  'given-up': '届かなかった',
  failed: '再送待ち',
  queued: '送信待ち',
  sent: '送信済み',
  'told-otherwise': '連絡済み',
}

export const ja = {
  my: {
    title: 'マイページ',
    hello: (name: string) => `${name} 様`,
    notices: 'お知らせ',
    unread: '未読',
    unreadCount: (n: number) => `まだ読んでいないお知らせが${n}件あります。`,
    open: 'くわしく見る',
    openHidden: (subject: string) => `（${subject}）`,
    markRead: '読んだことにする',
    markAll: 'すべて読んだことにする',
    marked: 'お知らせを読んだことにしました。',
    all: (n: number) => `お知らせをすべて見る（${n}件）`,
    none: '新しいお知らせはありません。',
    noneText: '申請や相談に動きがあると、ここに表示し、メールでもお伝えします。',
    noneAtAll: 'お知らせはまだありません',
    start: 'できることをさがす',
    columns: { title: '名前', state: 'いまの状態', at: '日時' },
    account: '登録内容とサインイン',
    accountText: '登録しているお名前やメールアドレスを確かめ、サインインしている端末を管理できます。',
    accountLink: '登録内容を確かめる',
    list: 'お知らせの一覧',
  },
  console: {
    title: 'お知らせの送信状況',
    lead: '届かなかったものは、もう一度送るか、郵送や電話でお知らせしてください。',
    task: '届かなかったお知らせ',
    tabs: '状態でしぼる',
    tab: {
      ...states,
      all: 'すべて',
    },
    states,
    others: '担当外のお知らせ（担当の課だけが見られます）',
    columns: { subject: '件名', to: '宛先', state: '状態', last: '最後に送った日' },
    none: 'ここに入るお知らせはありません',
    noneGivenUp: '届かなかったお知らせはありません',
    noneGivenUpText: 'メールが届かず、送り直しもできなかったときに、ここに表示します。',
    unit: '件',
    facts: {
      to: '宛先',
      at: '作成した日時',
      attempts: '送信を試みた回数',
      times: (n: number) => `${n}回`,
      last: '最後に送った日時',
      sent: 'メールサーバーが受け取った日時',
      response: '相手側の応答',
      settled: '別の方法で連絡した記録',
      read: 'マイページで読んだ日時',
      readNot: 'まだ読まれていません',
      about: '関係するページ',
      aboutLink: 'ページを開く',
      notYet: 'まだ送っていません',
    },
    responses: {
      taken: 'メールサーバーが受け取りました',
      refused: '宛先に届けられないと断られました',
      unreachable: 'メールサーバーにつながりませんでした',
      'no-address': 'メールアドレスの登録がありません',
    } as Record<string, string>,
    next: '次にすること',
    nothing: 'することはありません。',
    sending: '順番に送っています。しばらくお待ちください。',
    retrying: '自動でもう一度送ります。しばらくお待ちください。',
    byPost: '郵送が必要です',
    byPostText:
      'このお知らせは、メールでは届きませんでした。宛先を確かめてもう一度送るか、このページの内容を郵送・電話・窓口でお知らせしてください。',
    resend: 'もう一度メールで送る',
    resent: 'もう一度送るように手配しました。',
    settle: '別の方法でお知らせした',
    settled: '別の方法で連絡済みとして記録しました。',
    content: 'お知らせの内容',
    state: '送信の記録',
  },
}

/** Mails are written in Japanese: what their reader chose to read on screen isn't known when they leave. */
export const mailWords = {
  more: 'くわしくは、次のページをご覧ください。',
  signature: ({ tenant, office, phone, mail, hours }: Contact) =>
    [tenant, office, phone && `電話　${phone}${hours ? `（${hours}）` : ''}`, mail && `メール　${mail}`].filter(
      Boolean,
    ),
  who: ({ tenant, office }: Contact) =>
    `このメールは、${tenant}への手続や相談、ご意見などのことで、システム「あったか」から自動でお送りしています。このメールに返信していただいてもお答えできません。お問い合わせは、${office ? '上の連絡先' : `${tenant}の担当窓口`}へお願いします。`,
  mistaken: 'お心当たりがない場合は、お手数ですが、このメールを破棄してください。',
  trial: '※試用環境から送りました。本物の手続についてのお知らせではありません。',
}
