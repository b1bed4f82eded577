import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { isStaff } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { ownersOf } from '#core/scene.ts'
import { holdsWords } from '#core/text.ts'
import type { Tenant } from '#platform/tenants.ts'
import { Gallery, shellPaths } from '#ui/index.ts'
import type { Ctx, Web } from './context.ts'
import type { FixedPage, Module } from './module.ts'
import { openapi } from './openapi.ts'
import { ApiPage } from './pages/api.tsx'
import { ChooseTenant } from './pages/choose-tenant.tsx'
import { ConsoleHome } from './pages/console-home.tsx'
import { Home } from './pages/home.tsx'
import { MailboxPage } from './pages/mailbox.tsx'
import { AccessibilityPage, OtherWaysPage } from './pages/promises.tsx'
import { SearchPage } from './pages/search.tsx'
import { en, ja } from './pages/words.ts'
import { localPath, overTls, page } from './render.ts'

/** Pages that belong to no module: they gather what all modules contribute. */
export const frontRoutes = (modules: readonly Module[], tenants: () => readonly Tenant[]) => {
  const menu = modules.flatMap((module) => module.menu ?? []).sort((a, b) => a.order - b.order)
  const fixed = [...modules.flatMap((module) => module.pages ?? []), ...ownPages]
  const printed = openapi(modules)
  return new Hono<Web>()
    .get('/', async (c) => {
      if (!c.get('tenant')) return page(c, <ChooseTenant tenants={tenants()} />)
      const owners = ownersOf(c.get('scene'))
      const begun =
        owners.length === 0
          ? []
          : await c
              .get('scene')
              .look(async (db) => (await Promise.all(modules.map((module) => module.begun?.(db, owners) ?? []))).flat())
      return page(c, <Home menu={menu} pages={fixed.filter(({ home }) => home)} begun={begun} />)
    })
    .get('/search', async (c) => {
      const words = (c.req.query('q') ?? '').slice(0, 100).trim()
      const found = words
        ? await c
            .get('scene')
            .look(async (db) =>
              (await Promise.all(c.get('scene').registry.search.map((search) => search(db, words)))).flat(),
            )
        : []
      const { language } = c.get('shell')
      const pages = fixed
        .filter(({ title, text, words: others = '' }) =>
          holdsWords([title.ja, title.en, text.ja, text.en, others].join(' '), words),
        )
        .map(({ title, text, href }) => ({ title: title[language], summary: text[language], href }))
      return page(c, <SearchPage words={words} found={[...pages, ...found]} />)
    })
    .get('/console', async (c) => {
      const { actor, registry, look } = c.get('scene')
      if (!actor) throw new Refusal('signed-out', 'console')
      if (!isStaff(actor)) throw new Refusal('forbidden', 'console')
      const tasks = await look(async (db) => (await Promise.all(registry.tasks.map((list) => list(db, actor)))).flat())
      return page(c, <ConsoleHome tasks={tasks} />)
    })
    .get('/language', (c) => {
      const to = c.req.query('to') === 'en' ? 'en' : 'ja'
      setCookie(c, 'attaka-language', to, {
        path: c.get('base') || '/',
        maxAge: 31_536_000,
        sameSite: 'Lax',
        httpOnly: true,
        secure: overTls(c),
      })
      return c.body(null, 303, { location: c.get('base') + localPath(c.req.query('back')) })
    })
    .get('/accessibility', (c) => page(c, <AccessibilityPage />))
    .get('/other-ways', (c) => page(c, <OtherWaysPage />))
    .get('/developers', (c) => {
      const { registry, outside, tenant } = c.get('scene')
      const example = outside.address(tenant, '/api/v1/procedures/catalogue')
      return page(c, <ApiPage printed={printed} titles={registry.titles ?? new Map()} example={example} />)
    })
    .get('/trial/gallery', (c) => {
      trialOnly(c)
      const show = c.req.query('show')
      return page(c, <Gallery show={show === 'form' || show === 'console' ? show : 'parts'} />)
    })
    .get('/trial/mailbox', async (c) => {
      trialOnly(c)
      const { outside, tenant } = c.get('scene')
      if (!outside.mailbox) throw new Refusal('missing', 'mails are really sent')
      return page(c, <MailboxPage mails={await outside.mailbox.list(tenant)} />)
    })
}

/** Pages of the web itself that people look for by name. */
const ownPages: readonly FixedPage[] = [
  {
    href: shellPaths.otherWays,
    title: { ja: ja.otherWays.title, en: en.otherWays.title },
    text: { ja: ja.otherWays.lead, en: en.otherWays.lead },
    words: '郵送 問い合わせ 連絡先',
  },
  {
    href: shellPaths.accessibility,
    title: { ja: ja.accessibility.title, en: en.accessibility.title },
    text: { ja: ja.accessibility.lead, en: en.accessibility.lead },
  },
]

/** Doors that production doesn't have. */
function trialOnly(c: Ctx) {
  if (c.get('scene').outside.mode !== 'trial') throw new Refusal('missing', 'trial only')
}
