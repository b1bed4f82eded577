import type { Least } from '#core/policy.ts'
import { show } from '#core/view.ts'
import type { Ctx } from '#web/context.ts'
import { type Way, WaysOn } from '../pages/surer.tsx'
import { mySignIns } from '../views/my-sign-ins.ts'
import { providersOf } from './browser.ts'

/**
 * The ways in which whoever asks can be known surely enough, leading back to `back`; `kept`: something was typed already. Somebody who is signed in is led
 * through linking, so that they stay the same person, with what they have begun.
 */
export async function surerSignIn(c: Ctx, least: Least, back: string, { kept }: { kept: boolean }) {
  const { actor } = c.var.scene
  const signedIn = actor?.kind === 'person'
  const mine = signedIn ? await show(mySignIns, c.var.scene, {}) : null
  const linked = new Set(mine?.signIns.map(({ profile }) => profile))
  const returning = encodeURIComponent(back)
  const ways = providersOf(c).flatMap(({ name, label, profile }): Way[] => {
    if (profile === 'office') return []
    const offered = !mine || mine.offers.some((one) => one.name === name)
    if (!offered) return []
    // A second business account is another one: it is linked too. A card is the same card.
    const again = linked.has(profile) && profile === 'card'
    const href =
      !mine || again ? `/sign-in/with/${name}?back=${returning}` : `/my/account/link/${name}?back=${returning}`
    return [{ profile, label, href, links: Boolean(mine) && !again }]
  })
  return <WaysOn kept={kept} least={least} ways={ways} mail={signedIn ? null : `/sign-in?back=${returning}`} />
}
