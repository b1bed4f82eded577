import { describe, expect, test } from 'vitest'
import { Gallery } from './gallery.tsx'
import type { Child } from './jsx/element.ts'
import { Bare, Console, Page } from './page.tsx'
import { drawIn, type Shell } from './shell.tsx'

const shell: Shell = {
  tenant: {
    id: 'attaka',
    name: 'あったか県',
    keyColour: 'purple',
    contact: { office: '推進局', phone: '059-000-0000', mail: null, hours: '平日' },
    fictional: true,
  },
  path: '/ideas?page=2',
  person: null,
  csrf: 'token-of-the-form',
  nav: [{ href: '/ideas', label: '意見', current: true }],
  rail: [{ label: '手続', items: [{ href: '/review', label: '審査', count: 1240, current: true }] }],
  assets: { style: '/assets/a.css', script: '/assets/a.js' },
  confirmation: null,
  trial: false,
  language: 'ja',
}

const render = (page: Child, changes: Partial<Shell> = {}) => drawIn({ ...shell, ...changes }, page)

describe('every page', () => {
  const pages = {
    public: <Page title="題">本文</Page>,
    console: <Console title="題">本文</Console>,
    bare: <Bare title="題">本文</Bare>,
  }

  test.each(Object.entries(pages))('%s begins with the doctype and carries language, hue and assets', (_, page) => {
    const html = render(page)
    expect(html).toMatch(/^<!DOCTYPE html><html lang="ja" data-key="purple">/)
    expect(html).toContain('<title>題 ― あったか県 あったか</title>')
    expect(html).toContain('<link rel="stylesheet" href="/assets/a.css"/>')
    expect(html).toContain('<script type="module" src="/assets/a.js"></script>')
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).toContain('<a class="skip" href="#main">')
    expect(html).toContain('id="main"')
  })

  test.each(['parts', 'form', 'console'] as const)('the gallery (%s) has nothing that the policy refuses', (show) => {
    for (const language of ['ja', 'en'] as const) {
      const html = render(<Gallery show={show} />, { language, trial: true, confirmation: '済み' })
      expect(html).not.toMatch(/\sstyle=/)
      expect(html).not.toMatch(/\son[a-z]+=/)
      expect(html).not.toMatch(/<script(?![^>]* src=)/)
      expect(html).not.toContain('javascript:')
      expect(html).not.toContain('undefined')
      expect(html).not.toContain('[object')
    }
  })

  test('ids are unique and everything that is pointed at exists', () => {
    for (const show of ['parts', 'form', 'console'] as const) {
      const html = render(<Gallery show={show} />)
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!)
      expect(new Set(ids).size, show).toBe(ids.length)
      const pointed = [...html.matchAll(/\s(?:for|aria-describedby|aria-labelledby)="([^"]+)"/g)]
        .flatMap(([, value]) => value!.split(' '))
        .concat([...html.matchAll(/\shref="#([^"]+)"/g)].map(([, id]) => id!))
      expect(pointed.filter((id) => !ids.includes(id))).toEqual([])
    }
  })
})

test('what people typed is text, never markup', () => {
  const html = render(
    <Page title={'<script>"'} crumbs={[{ label: '<b>' }]} errors={{ a: '<i>' }}>
      {'<img src=x>'}
    </Page>,
    { confirmation: '<u>', person: { name: '<s>', staff: false, actsFor: '"' } },
  )
  for (const tag of ['<script>"', '<b>', '<i>', '<img', '<u>', '<s>']) expect(html).not.toContain(tag)
  expect(html).toContain('&lt;img src=x&gt;')
})

describe('a page with errors', () => {
  test('says so in its title, counts them and links to them', () => {
    const html = render(
      <Page title="連絡先" errors={{ mail: '直してください', way: '選んでください', other: undefined }} />,
    )
    expect(html).toContain('<title>エラー：連絡先')
    expect(html).toContain('2か所を直してください')
    expect(html).toContain('<a href="#mail">直してください</a>')
    expect(html).toContain('role="alert" tabindex="-1"')
  })

  test('an error of the whole form has no link', () => {
    const html = render(<Page title="連絡先" errors={{ '': 'もう一度お試しください' }} />)
    expect(html).toContain('<li>もう一度お試しください</li>')
    expect(html).not.toContain('href="#"')
  })

  test('without errors there is neither prefix nor summary', () => {
    const html = render(<Page title="連絡先" errors={{}} />)
    expect(html).not.toContain('エラー：')
    expect(html).not.toContain('role="alert"')
  })
})

describe('the shells', () => {
  test('only the console keeps search engines away, and shows counts', () => {
    expect(render(<Console title="審査" />)).toContain('noindex')
    expect(render(<Console title="審査" />)).toContain('<span class="rail__count">1,240</span>')
    expect(render(<Page title="手続" />)).not.toContain('noindex')
  })

  test('a visitor can sign in and come back; a person can sign out by a post with the token', () => {
    expect(render(<Page title="手続" />)).toContain('href="/sign-in?back=%2Fideas%3Fpage%3D2"')
    const html = render(<Page title="手続" />, { person: { name: '花子', staff: true, actsFor: null } })
    expect(html).toContain(
      '<form method="post" action="/sign-out"><input type="hidden" name="_csrf" value="token-of-the-form"/>',
    )
    expect(html).toContain('href="/console"')
  })

  test('the trial says that it is one, and whether the tenant is invented', () => {
    expect(render(<Page title="手続" />, { trial: true })).toContain('架空')
    expect(render(<Page title="手続" />)).not.toContain('試用')
  })

  test('every address is one that the web layer can move under the tenant', () => {
    const html = render(<Page title="手続" crumbs={[{ label: '手続' }]} />)
    const addresses = [...html.matchAll(/\s(?:href|action|src|formaction)="([^"]*)"/g)].map(([, address]) => address!)
    expect(addresses.filter((address) => !/^(\/|#|tel:|mailto:)/.test(address))).toEqual([])
  })

  test('above all tenants there is no menu that leads nowhere', () => {
    const html = render(<Page title="あったか" />, { tenant: null, nav: [] })
    expect(html).toContain('<title>あったか</title>')
    expect(html).not.toContain('/sign-in')
    expect(html).not.toContain('/other-ways')
  })
})
