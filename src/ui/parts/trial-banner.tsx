import { useShell } from '../shell.tsx'
import { useUiWords } from '../ui-words.ts'

/** Says on every page of a trial that it is one, and whether the tenant is invented. */
export const TrialBanner = () => {
  const { trial, tenant } = useShell()
  const w = useUiWords()
  if (!trial) return null
  return (
    <p class="trial-banner">
      {w.trial}
      {tenant && (tenant.fictional ? w.trialFictional : w.trialPublished)}
    </p>
  )
}
