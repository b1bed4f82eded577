import type { z } from 'zod'
import type { Profile } from '#core/outside.ts'
import { Actions, ButtonLink, DateText, Facts, Note, useDay, useWords } from '#ui/index.ts'
import type { mySignIns } from '../views/my-sign-ins.ts'
import { en } from '../words.identity.en.ts'
import { ja } from '../words.identity.ja.ts'

type SignIns = z.output<typeof mySignIns.output>

const words = { ja, en }

/** What providers have vouched for. */
export const Verified = ({ verified }: Pick<SignIns, 'verified'>) => {
  const w = useWords(words).verified
  const day = useDay()
  const shown = ({ name, value }: SignIns['verified'][number]) => {
    if (name === 'birthdate') return day(value)
    return name === 'gender' ? (w.genders[value as keyof typeof w.genders] ?? value) : value
  }
  return (
    <>
      <h2>{w.title}</h2>
      <p>{w.lead}</p>
      <Facts
        items={verified.map((one) => ({
          label: w.names[one.name],
          value: (
            <>
              {shown(one)}
              <br />
              <span class="small">
                {w.at(w.methods[one.method] ?? one.method)} <DateText date={one.at} />
              </span>
            </>
          ),
        }))}
      />
    </>
  )
}

/** That there is more to see for whoever comes by a surer way, and the way there. */
export const Hidden = ({ way, offers }: { way: Profile } & Pick<SignIns, 'offers'>) => {
  const { profiles, verified: w } = useWords(words)
  return (
    <Note title={w.hiddenTitle(profiles[way])}>
      <p>{w.hidden(profiles[way])}</p>
      <Actions>
        {offers
          .filter(({ profile }) => profile === way)
          .map(({ name, label }) => (
            <ButtonLink kind="secondary" href={`/sign-in/with/${name}?back=/my/account`}>
              {w.see(label)}
            </ButtonLink>
          ))}
      </Actions>
    </Note>
  )
}
