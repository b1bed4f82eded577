import { ButtonLink, DateText, EmptyState, Page, Pagination, Table, useWords } from '#ui/index.ts'
import type { MineShown, OwnNotice } from '../views/my-page.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'
import { MarkAllRead, Notice } from './notice.tsx'

const words = { ja, en }

type Count = { all: number; unread: number }

type MyPageProps = { notices: readonly OwnNotice[]; count: Count; mine: readonly MineShown[]; name: string }

/** What a person finds: notices first, then what the modules keep for them. */
export const MyPage = ({ notices, count, mine, name }: MyPageProps) => {
  const w = useWords(words).my
  return (
    <Page title={w.title}>
      {name && <p>{name.includes('@') ? w.helloMail(name) : w.hello(name)}</p>}
      {name.includes('@') && (
        <p>
          <a href="/my/account/name">{w.enterName}</a>
        </p>
      )}
      <h2>{w.notices}</h2>
      {count.all === 0 ? (
        <EmptyState title={w.noneAtAll} next={{ href: '/', label: w.start }}>
          <p>{w.noneText}</p>
        </EmptyState>
      ) : (
        <p>{count.unread > 0 ? w.unreadCount(count.unread) : w.none}</p>
      )}
      {notices.map((notice) => (
        <Notice key={notice.id} notice={notice} back="/my" />
      ))}
      {count.unread > 1 && <MarkAllRead notices={notices} back="/my" />}
      {count.all > notices.length && (
        <p>
          <a href="/my/notices">{w.all(count.all)}</a>
        </p>
      )}
      {mine
        .filter(({ items, elsewhere }) => items.length > 0 || elsewhere)
        .map((heading) => (
          <Mine key={heading.title} {...heading} />
        ))}
      <h2>{w.account}</h2>
      <p>{w.accountText}</p>
      <p>
        <ButtonLink href="/my/account">{w.accountLink}</ButtonLink>
      </p>
    </Page>
  )
}

const Mine = ({ title, items, elsewhere }: MineShown) => {
  const w = useWords(words).my
  return (
    <>
      <h2>{title}</h2>
      {items.length > 0 && (
        <Table
          caption={title}
          hideCaption
          columns={[
            { label: w.columns.title, head: true, wide: true, cell: (item) => <a href={item.href}>{item.title}</a> },
            { label: w.columns.state, cell: (item) => item.state },
            { label: w.columns.at, cell: (item) => <DateText date={item.at} /> },
          ]}
          rows={items}
        />
      )}
      {elsewhere && (
        <p>
          {elsewhere.text} <a href={elsewhere.href}>{elsewhere.label}</a>
        </p>
      )}
    </>
  )
}

type NoticesProps = { notices: readonly OwnNotice[]; count: Count; page: number; pages: number }

/** Every notice, newest first. */
export const NoticesPage = ({ notices, count, page, pages }: NoticesProps) => {
  const w = useWords(words).my
  const href = (n: number) => (n === 1 ? '/my/notices' : `/my/notices?page=${n}`)
  return (
    <Page title={w.list} crumbs={[{ label: w.title, href: '/my' }, { label: w.list }]}>
      {notices.length === 0 && (
        <EmptyState title={w.noneAtAll}>
          <p>{w.noneText}</p>
        </EmptyState>
      )}
      {notices.map((notice) => (
        <Notice key={notice.id} notice={notice} back={href(page)} />
      ))}
      {count.unread > 1 && <MarkAllRead notices={notices} back={href(page)} />}
      <Pagination page={page} pages={pages} href={href} total={count.all} />
    </Page>
  )
}
