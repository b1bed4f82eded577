import type { z } from 'zod'
import { mailSignIn } from '#core/policy.ts'
import type { entryShown } from '../views/audit-search.ts'
import { useAudit } from './audit-words.ts'

type Props = {
  entry: z.output<typeof entryShown>
  /** Where the trail is searched by these conditions. */
  address(query: { who?: string; right: string }): string
}

/** Through which sign-in and by which mandate something was done; each leads to all that was done so. */
export const Right = ({ entry: { actor, signIn, mandate, signInProfile, account }, address }: Props) => {
  const { audit: w } = useAudit()
  const way = signInProfile ? w.profiles[signInProfile] : w.takenAway
  const called = signIn === mailSignIn ? w.byMail : `${way}${account ? w.withAccount(w.accounts[account]) : ''}`
  return (
    <>
      {signIn && actor && (
        <div class="small muted">
          {w.cameBy}
          <a href={address({ who: actor, right: signIn })}>{called}</a>
        </div>
      )}
      {mandate && (
        <div class="small muted">
          {w.byMandate}
          <a href={address({ right: mandate })}>{mandate}</a>
        </div>
      )}
    </>
  )
}

/** Says whether the steps on the way of signing in are among the entries; `other` is the address where it is the other way. */
export const SignInSteps = ({ shown, other }: { shown: boolean; other: string }) => {
  const { audit: w } = useAudit()
  return (
    <p class="small">
      {shown ? w.stepsShown : w.stepsHidden}
      <a href={other}>{shown ? w.hideSteps : w.showSteps}</a>
    </p>
  )
}
