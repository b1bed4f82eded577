import { Hono } from 'hono'
import { show } from '#core/view.ts'
import { changeMyName, myAccount, myOffices } from '#modules/people/index.ts'
import type { Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { page } from '#web/render.ts'
import { AccountPage, MyNamePage } from '../pages/account.tsx'
import { mySignIns } from '../views/my-sign-ins.ts'
import { wordsOf } from './browser.ts'

const nameForm: Retry = async (c, typed, errors) => {
  const me = await show(myAccount, c.var.scene, {})
  // A resident who is new is called by the mail address: not a name to begin with.
  const stored = { name: me.name === me.mail ? '' : me.name, reading: me.reading ?? '' }
  return <MyNamePage typed={'name' in typed ? typed : stored} errors={errors} />
}

/** One's own account, for everybody who is signed in. */
export const accountRoutes = new Hono<Web>()
  .get('/my/account', async (c) => {
    const { scene, session } = c.var
    const me = await show(myAccount, scene, { session: session?.id })
    const { offices } = await show(myOffices, scene, {})
    const signIns = await show(mySignIns, scene, {})
    return page(c, <AccountPage {...me} offices={offices} ways={signIns} />)
  })
  .get('/my/account/name', showForm(nameForm))
  .post(
    '/my/account/name',
    submitForm(changeMyName, {
      retry: nameForm,
      next: (_, c) => ({ to: '/my/account', said: wordsOf(c).account.saved }),
    }),
  )
