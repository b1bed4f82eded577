import type { Task } from '#core/contributions.ts'
import { Console, EmptyState, Panel, Table } from '#ui/index.ts'

/** The console's front page: what waits for this person. */
export const ConsoleHome = ({ tasks }: { tasks: readonly Task[] }) => {
  const waiting = tasks.filter(({ count }) => count > 0)
  return (
    <Console title="ホーム">
      <Panel title="あなたを待っていること" kind="next">
        {waiting.length === 0 ? (
          <EmptyState title="いま待っているものはありません">
            <p>新しい申請や依頼が届くと、ここに表示されます。</p>
          </EmptyState>
        ) : (
          <Table
            caption="あなたを待っていること"
            hideCaption
            columns={[
              { label: 'こと', head: true, cell: (task: Task) => <a href={task.href}>{task.title}</a> },
              { label: '件数', num: true, cell: (task: Task) => `${task.count}件` },
            ]}
            rows={waiting}
          />
        )}
      </Panel>
    </Console>
  )
}
