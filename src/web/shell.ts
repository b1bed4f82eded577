import { getCookie, setCookie } from 'hono/cookie'
import type { Task } from '#core/contributions.ts'
import type { Actor } from '#core/policy.ts'
import type { Tenant } from '#platform/tenants.ts'
import { keyColours } from '#ui/index.ts'
import type { KeyColour, RailGroup, Shell } from '#ui/shell.tsx'
import type { Ctx } from './context.ts'
import { formTokenOf } from './guard.ts'
import type { House, Known } from './house.ts'
import { localPath } from './render.ts'

type Surroundings = { house: House; c: Ctx; tenant: Tenant | null; known: Known | null; tasks: readonly Task[] }

/** What surrounds a page: the tenant's name and colour, menus, who is signed in, the form's token. */
export function shellOf({ house, c, tenant, known, tasks }: Surroundings): Shell {
  const url = new URL(c.req.url)
  const base = c.get('base') ?? ''
  // Pages lead back to it: a path that begins with two slashes would lead to another host.
  const path = localPath(
    (base && url.pathname.startsWith(base) ? url.pathname.slice(base.length) || '/' : url.pathname) + url.search,
  )
  let token: string | undefined
  const language = getCookie(c, 'attaka-language') === 'en' ? 'en' : 'ja'
  return {
    tenant: tenant && {
      id: tenant.tenant,
      name: tenant.name,
      keyColour: colourOf(tenant.key_colour),
      fictional: tenant.fictional,
      contact: tenant.contact_office
        ? {
            office: tenant.contact_office,
            phone: tenant.contact_phone,
            mail: tenant.contact_mail,
            hours: tenant.contact_hours,
          }
        : null,
    },
    path,
    person: known && { name: known.name, staff: known.staff, actsFor: known.actsFor },
    // A getter: only pages that show a form set the cookie that the token is bound to.
    get csrf() {
      token ??= tenant ? formTokenOf(house.outside.sealer, c.get('browser').claim()) : ''
      return token
    },
    // Above tenants there is nothing to go to yet.
    nav: (tenant ? house.modules : [])
      .flatMap(({ menu }) => menu ?? [])
      .sort((a, b) => a.order - b.order)
      .map(({ href, label }) => ({ href, label: label[language], current: within(path, href) })),
    rail: known?.staff ? railOf(house, known.actor, path, language, tasks) : [],
    assets: house.assets,
    confirmation: tenant ? said(c, house, base) : null,
    trial: house.outside.mode === 'trial',
    language,
  }
}

function railOf(house: House, actor: Actor, path: string, language: 'ja' | 'en', tasks: readonly Task[]): RailGroup[] {
  const items = house.modules
    .flatMap(({ rail }) => rail ?? [])
    .filter((item) => item.allow(actor))
    .sort((a, b) => a.order - b.order)
  const groups = new Map<string | null, RailGroup>([
    [null, { label: null, items: [{ href: '/console', label: 'ホーム', current: path === '/console' }] }],
  ])
  for (const { group, href, label } of items) {
    const count = tasks.filter((task) => task.href === href).reduce((sum, task) => sum + task.count, 0)
    const entry = { href, label: label[language], current: within(path, href), count: count || null }
    const found = groups.get(group)
    if (found) found.items.push(entry)
    else groups.set(group, { label: group, items: [entry] })
  }
  return [...groups.values()]
}

/** The sentence that the page before wanted said here, once. */
function said(c: Ctx, house: House, base: string): string | null {
  const sealed = getCookie(c, 'attaka-said')
  if (!sealed || c.req.method !== 'GET') return null
  setCookie(c, 'attaka-said', '', { path: base || '/', maxAge: 0, httpOnly: true, sameSite: 'Lax' })
  return house.outside.sealer.open('said', sealed)
}

const within = (path: string, href: string) => {
  const plain = path.split('?')[0] ?? path
  return plain === href || plain.startsWith(`${href}/`)
}

const colourOf = (name: string): KeyColour => keyColours.find((colour) => colour === name) ?? 'green'
