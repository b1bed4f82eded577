import type { Module } from '#web/module.ts'
import { countTry } from './actions/count-try.ts'
import { linkSignIn } from './actions/link-sign-in.ts'
import { noteFailedSignIn } from './actions/note-failed-sign-in.ts'
import { recognise } from './actions/recognise.ts'
import { recogniseBusiness } from './actions/recognise-business.ts'
import { recogniseCard } from './actions/recognise-card.ts'
import { rememberFlow } from './actions/remember-flow.ts'
import { sendCode } from './actions/send-code.ts'
import { signOut } from './actions/sign-out.ts'
import { takeFlow } from './actions/take-flow.ts'
import { unlinkSignIn } from './actions/unlink-sign-in.ts'
import { useCode } from './actions/use-code.ts'
import { deliverCode, sweep } from './jobs.ts'
import { routes } from './routes.tsx'
import { mySignIns } from './views/my-sign-ins.ts'
import { acts } from './words.acts.ja.ts'

export const signIn: Module = {
  name: 'sign-in',
  knownAs: 'people',
  called: { acts },
  routes,
  actions: [
    countTry,
    linkSignIn,
    noteFailedSignIn,
    recognise,
    recogniseBusiness,
    recogniseCard,
    rememberFlow,
    sendCode,
    signOut,
    takeFlow,
    unlinkSignIn,
    useCode,
  ],
  views: [mySignIns],
  jobs: [deliverCode, sweep],
  migrations: [],
  async seed() {},
}

export { surerSignIn } from './routes/surer-sign-in.tsx'
export { trialAccounts, trialCards } from './seed.ts'
