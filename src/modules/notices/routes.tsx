import { Hono } from 'hono'
import { show } from '#core/view.ts'
import type { Ctx, Web } from '#web/context.ts'
import { submitForm } from '#web/form.tsx'
import { localPath, page } from '#web/render.ts'
import { markAllRead } from './actions/mark-all-read.ts'
import { markRead } from './actions/mark-read.ts'
import { resend } from './actions/resend.ts'
import { settle } from './actions/settle.ts'
import { DeliveriesPage } from './pages/deliveries.tsx'
import { DeliveryPage } from './pages/delivery.tsx'
import { MyPage, NoticesPage } from './pages/my-page.tsx'
import { deliveries } from './views/deliveries.ts'
import { deliveryPage } from './views/delivery.ts'
import { myPage } from './views/my-page.ts'
import { ownNotices } from './views/own-notices.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

const wordsOf = (c: Ctx) => (c.var.shell.language === 'en' ? en : ja)

const showMyPage = async (c: Ctx) => (
  <MyPage {...(await show(myPage, c.var.scene, {}))} name={c.var.shell.person?.name ?? ''} />
)
const showDelivery = async (c: Ctx) => (
  <DeliveryPage delivery={await show(deliveryPage, c.var.scene, { id: c.req.param('id') })} />
)

const markOne = submitForm(markRead, {
  retry: showMyPage,
  next: (_, c, { back }) => ({ to: localPath(back as string), said: wordsOf(c).my.marked }),
})
const markAll = submitForm(markAllRead, {
  retry: showMyPage,
  next: (_, c, { back }) => ({ to: localPath(back as string), said: wordsOf(c).my.marked }),
})
const sendAgain = submitForm(resend, {
  retry: showDelivery,
  next: ({ id }, c) => ({ to: `/console/notices/${id}`, said: wordsOf(c).console.resent }),
})
const settleIt = submitForm(settle, {
  retry: showDelivery,
  next: ({ id }, c) => ({ to: `/console/notices/${id}`, said: wordsOf(c).console.settled }),
})

export const routes = new Hono<Web>()
  .get('/my', async (c) => page(c, await showMyPage(c)))
  .post('/my', (c) => (c.req.query('all') ? markAll(c) : markOne(c)))
  .get('/my/notices', async (c) =>
    page(c, <NoticesPage {...(await show(ownNotices, c.var.scene, { page: c.req.query('page') }))} />),
  )
  .get('/console/notices', async (c) => {
    const { state, page: number } = c.req.query()
    return page(c, <DeliveriesPage {...(await show(deliveries, c.var.scene, { state, page: number }))} />)
  })
  .get('/console/notices/:id', async (c) => page(c, await showDelivery(c)))
  .post('/console/notices/:id', (c) => (c.req.query('act') === 'settle' ? settleIt(c) : sendAgain(c)))
