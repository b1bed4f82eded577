import type { Business, CardAttributes, SignedIn } from '#core/outside.ts'
import type { TestHouse } from './house.ts'

type Browser = ReturnType<TestHouse['browser']>

const nobody: SignedIn = {
  issuer: 'https://idp.example',
  subject: 'nobody',
  name: '',
  mail: null,
  mailVerified: false,
  groups: [],
  profile: 'office',
  attributes: null,
  business: null,
}

/** Whom デジタル認証アプリ vouches for. */
export const cardHolder = (subject: string, attributes: Partial<CardAttributes> = {}): SignedIn => ({
  ...nobody,
  issuer: 'https://card.example',
  subject,
  profile: 'card',
  name: attributes.name ?? '日向 花子',
  attributes: {
    name: '日向 花子',
    address: 'あったか県ひだまり市1',
    birthdate: '1985-05-14',
    gender: 'female',
    ...attributes,
  },
})

/** Whom GビズID vouches for. The default company has a right check digit. */
export const accountHolder = (subject: string, business: Partial<Business> = {}): SignedIn => ({
  ...nobody,
  issuer: 'https://gbizid.example',
  subject,
  profile: 'gbizid',
  name: business.person ?? '日和 みのる',
  business: {
    account: 'prime',
    person: '日和 みのる',
    company: { number: '8000000000001', name: '株式会社ひだまり製作所' },
    delegations: [],
    ...business,
  },
})

/** Whom the office's provider vouches for. */
export const officeHolder = (subject: string, more: Partial<SignedIn> = {}): SignedIn => ({
  ...nobody,
  subject,
  ...more,
})

let count = 0

/** Sends a browser to a provider of a house, which then says this of whoever comes back. Gives the last answer. */
export const playProvider =
  (house: TestHouse, tenant = 'attaka') =>
  async (browser: Browser, signedIn: SignedIn, { back = '/my', link = false } = {}) => {
    const provider = signedIn.profile
    const flow = {
      provider,
      state: `played-${++count}`,
      nonce: 'n',
      verifier: 'v',
      redirectUri: `http://localhost:3000/${tenant}/sign-in/back`,
    }
    const { signIn } = house.outside
    signIn.begin = async () => ({ url: 'http://provider.example/authorize', flow })
    signIn.finish = async () => signedIn
    await browser.get(`/sign-in/with/${provider}?back=${encodeURIComponent(back)}${link ? '&link=yes' : ''}`)
    return browser.get(`/sign-in/back?state=${flow.state}&code=x`)
  }

/** Sends several to a provider of a house, each in a browser of their own. Gives for each how they come back. */
export const playLeaving =
  (house: TestHouse, tenant = 'attaka') =>
  async (all: readonly SignedIn[]): Promise<(() => Promise<Response>)[]> => {
    const { signIn } = house.outside
    const redirectUri = `http://localhost:3000/${tenant}/sign-in/back`
    const sent: { browser: Browser; state: string; signedIn: SignedIn }[] = []
    for (const signedIn of all) {
      const flow = { provider: signedIn.profile, state: `left-${++count}`, nonce: 'n', verifier: 'v', redirectUri }
      signIn.begin = async () => ({ url: 'http://provider.example/authorize', flow })
      const browser = house.browser(tenant)
      await browser.get(`/sign-in/with/${flow.provider}?back=/my`)
      sent.push({ browser, state: flow.state, signedIn })
    }
    signIn.finish = async (_, __, flow) => sent.find(({ state }) => state === flow.state)?.signedIn ?? nobody
    return sent.map(
      ({ browser, state }) =>
        () =>
          browser.get(`/sign-in/back?state=${state}&code=x`),
    )
  }

/** The value of a hidden field of a page. */
export const hidden = (html: string, name: string) =>
  html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? ''
