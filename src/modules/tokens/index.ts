import { administrationLine } from '#modules/people/index.ts'
import type { Module } from '#web/module.ts'
import { issueToken } from './actions/issue-token.ts'
import { revokeToken } from './actions/revoke-token.ts'
import { place } from './pages/tokens-words.ts'
import { routes } from './routes.tsx'
import { tokens as issued } from './views/tokens.ts'
import { acts } from './words.acts.ja.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

export const tokens: Module = {
  name: 'tokens',
  knownAs: 'people',
  called: { acts },
  routes,
  actions: [issueToken, revokeToken],
  views: [issued],
  jobs: [],
  migrations: [],
  rail: [administrationLine({ href: place, label: { ja: ja.tokens.title, en: en.tokens.title }, order: 920 })],
  async seed() {},
}

export { actorOfToken, namesOfTokens, tokensCalled } from './queries.ts'
