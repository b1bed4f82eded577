import { Hono } from 'hono'
import { migrationsOf } from '#platform/migrate.ts'
import type { Web } from '#web/context.ts'
import type { Module } from '#web/module.ts'
import { countTry } from './actions/count-try.ts'
import { recognise } from './actions/recognise.ts'
import { rememberFlow } from './actions/remember-flow.ts'
import { sendCode } from './actions/send-code.ts'
import { signOut } from './actions/sign-out.ts'
import { takeFlow } from './actions/take-flow.ts'
import { useCode } from './actions/use-code.ts'
import { deliverCode, sweep } from './jobs.ts'
import { seed } from './seed.ts'
import { signInRoutes } from './sign-in-routes.tsx'

export const people: Module = {
  name: 'people',
  routes: new Hono<Web>().route('/', signInRoutes),
  actions: [countTry, recognise, rememberFlow, sendCode, signOut, takeFlow, useCode],
  views: [],
  jobs: [deliverCode, sweep],
  migrations: migrationsOf(
    'people',
    import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
  ),
  seed,
}

export { mailAddress } from './actions/send-code.ts'
export { actorOfPerson, actorOfToken, findPerson, listUnits, namesOf, type Person, type Unit } from './queries.ts'
export { demonstrationPersons, trialIssuer } from './seed.ts'
