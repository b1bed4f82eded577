import { Actions, Button, ButtonLink } from '../form/button.tsx'
import { Badge } from '../parts/badge.tsx'
import { Confirmation } from '../parts/confirmation.tsx'
import { DateText } from '../parts/date-text.tsx'
import { Difference } from '../parts/difference.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Facts } from '../parts/facts.tsx'
import { Note, Voice } from '../parts/note.tsx'

/** Parts that tell. */
export const TextParts = () => (
  <>
    <h2>知らせ</h2>
    <Confirmation>申請を受け付けました。受付番号は R8-00412 です。</Confirmation>
    <Note title="窓口は年末にお休みします">
      <p>
        <DateText date="2026-12-29" /> から翌年の 1月3日（日）まで。インターネットからの申請はできます。
      </p>
    </Note>
    <Note kind="warn" title="しめきりが近づいています">
      <p>
        <DateText date="2026-11-30" era /> までに送ってください。
      </p>
    </Note>
    <Note kind="error" title="いまは送れません">
      <p>点検中です。書いたものは保存されています。</p>
    </Note>
    <Note kind="warm" title="ご参加ありがとうございました">
      <p>いただいた声は、計画の見直しに使います。</p>
    </Note>
    <h2>声が形になりました</h2>
    <Voice>
      <p>
        <strong>「川沿いの避難所が地図で分かりにくい」</strong>（アイデア 令和8年6月）→ 防災マップのデータ公開 →{' '}
        <a href="/plans">取組7の見直し</a>
      </p>
    </Voice>
    <h2>状態</h2>
    <p>
      <Badge kind="ok">受理</Badge> <Badge kind="now">審査中</Badge> <Badge kind="warn">補正待ち</Badge>{' '}
      <Badge kind="bad">期限を過ぎました</Badge> <Badge kind="idle">取下げ</Badge>
    </p>
    <h2>ボタン</h2>
    <Actions>
      <Button>申請する</Button>
      <Button kind="secondary">保存して中断する</Button>
      <Button kind="danger">取り下げる</Button>
      <Button disabled>送っています…</Button>
      <Button small>小さいボタン</Button>
      <ButtonLink href="/procedures">手続の一覧へ</ButtonLink>
      <ButtonLink href="/procedures" kind="text">
        前へ戻る
      </ButtonLink>
    </Actions>
    <h2>内容の確認</h2>
    <Facts
      items={[
        { label: 'お名前', value: '𠮷田　花子', action: { href: '/gallery', label: '変える' } },
        {
          label: '住所',
          value: 'あったか県あたたか市中央一丁目1番1号\nあったか県庁前共同住宅 1203号室',
          action: { href: '/gallery', label: '変える' },
        },
        { label: '電話番号', value: null, action: { href: '/gallery', label: '変える' } },
      ]}
    />
    <h2>版の違い</h2>
    <p>
      <Difference
        parts={[
          { kind: 'same', text: '県は、' },
          { kind: 'deleted', text: '令和10年度' },
          { kind: 'inserted', text: '令和9年度' },
          { kind: 'same', text: 'までに、すべての手続を' },
          { kind: 'inserted', text: '自宅からでも、窓口からでも' },
          { kind: 'same', text: '始められるようにします。' },
        ]}
      />
    </p>
    <h2>まだ何もないとき</h2>
    <EmptyState title="まだ申請がありません" next={{ href: '/procedures', label: '手続を公開する' }}>
      <p>手続を公開すると、届いた申請がここに並びます。</p>
    </EmptyState>
  </>
)
