import type { Profile } from '#core/outside.ts'
import { type Least, leastAccount } from '#core/policy.ts'
import { Actions, ButtonLink, Note } from '#ui/index.ts'
import { useIdentity } from './identity.tsx'

/** One way to be known more surely; `links`: by linking it to the account that one is in. */
export type Way = { profile: Profile; label: string; href: string; links: boolean }

type WaysProps = {
  least: Least
  ways: readonly Way[]
  mail: string | null
  /** Whether something has been typed that is kept. */
  kept: boolean
}

/** What is asked of whoever files, and the ways that lead there. */
export const WaysOn = ({ least, ways, mail, kept }: WaysProps) => {
  const w = useIdentity().surer
  const cards = ways.filter(({ profile }) => profile === 'card')
  const accounts = ways.filter(({ profile }) => profile === 'gbizid')
  const links = ways.some((way) => way.links)
  return (
    <Note kind="warn" title={w.title}>
      <p>{w.people[least.assurance]}</p>
      <p>{w.businesses[leastAccount(least)]}</p>
      <p>{kept ? w.kept : w.first}</p>
      {links && <p>{w.links}</p>}
      <Actions>
        {least.assurance === 'mail' && mail && <ButtonLink href={mail}>{w.byMail}</ButtonLink>}
        {least.assurance !== 'none' &&
          cards.map(({ label, href }) => <ButtonLink href={href}>{w.go(label)}</ButtonLink>)}
        {accounts.map(({ label, href }) => (
          <ButtonLink kind="secondary" href={href}>
            {w.go(label)}
          </ButtonLink>
        ))}
      </Actions>
      <p>
        <a href="/other-ways">{w.other}</a>
      </p>
    </Note>
  )
}
