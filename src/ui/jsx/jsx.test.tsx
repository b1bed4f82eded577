import fc from 'fast-check'
import { jsx as honoJsx } from 'hono/jsx/jsx-runtime'
import { describe, expect, test } from 'vitest'
import { typed } from '../../../tests/typed.ts'
import { type Child, draw, Element } from './element.ts'
import { jsx } from './jsx-runtime.ts'

describe('elements', () => {
  test('are written as HTML', () => {
    const List = ({ items, children }: { items: string[]; children?: Child }) => (
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
        {children}
      </ul>
    )
    const Two = () => (
      <>
        {0}
        <br />
      </>
    )
    const html = String(
      <List items={['a & b', '<c>']}>
        <Two />
        {null}
        {undefined}
        {false}
        {true}
        <input type="checkbox" checked={true} disabled={false} aria-checked={false} maxlength={3} value={undefined} />
      </List>,
    )
    expect(html).toBe(
      '<ul><li>a &amp; b</li><li>&lt;c&gt;</li>0<br/><input type="checkbox" checked="" aria-checked="false" maxlength="3"/></ul>',
    )
  })

  test('are written as Hono writes them, whatever stands in them', () => {
    const value = fc.oneof(typed, fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined))
    const props = fc.dictionary(
      fc.constantFrom('title', 'class', 'id', 'hidden', 'checked', 'aria-label', 'data-x', 'href', 'value', 'download'),
      value,
    )
    type Tree = { tag: string; props: Record<string, unknown>; children: (Tree | unknown)[] }
    const { tree } = fc.letrec<{ tree: Tree; child: unknown }>((tie) => ({
      tree: fc.record({
        tag: fc.constantFrom('p', 'b', 'a', 'input', 'button', 'form', 'td', 'br', 'component', 'list'),
        props,
        children: fc.array(tie('child'), { maxLength: 4 }),
      }),
      child: fc.oneof({ depthSize: 'small' }, value, tie('tree')),
    }))
    const isTree = (child: unknown): child is Tree => typeof child === 'object' && child !== null
    /** The same tree by either runtime. */
    const grown = ({ tag, props, children }: Tree, make: (tag: never, props: never) => unknown): unknown => {
      const inner = children.map((child) => (isTree(child) ? grown(child, make) : child))
      if (tag === 'list') return make('ul' as never, { children: [inner, inner] } as never)
      if (tag === 'component') {
        const Part = (given: { children: unknown }) => make('i' as never, { ...props, ...given } as never)
        return make(Part as never, { children: inner } as never)
      }
      const empty = tag === 'input' || tag === 'br'
      return make(tag as never, { ...props, ...(!empty && { children: inner }) } as never)
    }
    fc.assert(
      fc.property(tree, (one) => {
        expect(String(grown(one, jsx as never))).toBe(String(grown(one, honoJsx as never)))
      }),
      { numRuns: 2_000 },
    )
  })

  test('are made by code only: what was read or typed is text, or refused', () => {
    const looksLikeOne = { tag: 'script', props: {}, isEscaped: true, toString: () => '<script>' }
    expect(() => draw(looksLikeOne as never, '')).toThrow("a page can't show")
    expect(() => draw(JSON.parse('{"tag":"b","props":{}}'), '')).toThrow(TypeError)
    expect(() => draw(Promise.resolve('later') as never, '')).toThrow('an object (Promise)')
    expect(() => draw(Object.create(null), '')).toThrow('an object (of no class)')
    expect(() => draw((() => 'x') as never, '')).toThrow('a function')
    expect(() => draw(<p title={{} as never}>x</p>, '')).toThrow('the attribute title')
    expect(() => draw(<p onclick={(() => 1) as never}>x</p>, '')).toThrow('the attribute onclick')
  })

  test('have names of tags and attributes, nothing else', () => {
    for (const name of ['className', 'formAction', 'a b', 'x"', 'x>', 'x/y', "x'", '=', '', '!x', '1x', 'あ']) {
      expect(() => draw(new Element(name, {}), ''), `tag ${name}`).toThrow('is no name')
      expect(() => draw(new Element('p', { [name]: 'v' }), ''), `attribute ${name}`).toThrow('is no name')
    }
  })

  test('never let text out of its place', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const html = String(
          <p title={text} data-x={text}>
            {text}
            <textarea>{text}</textarea>
          </p>,
        )
        expect(html.match(/[<>]/g)?.length).toBe(8)
        expect(html.match(/"/g)?.length).toBe(4)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('addresses within a tenant', () => {
  const based = (page: Child) => draw(page, '/mie')

  test('get its base where tenants are told apart by path; others and assets stay', () => {
    const page = (
      <>
        <a href="/x">.</a>
        <form action="/y" />
        <button type="submit" formaction="/w">
          .
        </button>
        <img src="/z" alt="" />
        <link href="/assets/a.css" />
        <a href="//e">.</a>
        <a href="#f">.</a>
        <a href="https://g">.</a>
        <b title="/t" data-autosave="/d" />
      </>
    )
    expect(based(page)).toBe(
      '<a href="/mie/x">.</a><form action="/mie/y"></form><button type="submit" formaction="/mie/w">.</button><img src="/mie/z" alt=""/>' +
        '<link href="/assets/a.css"/><a href="//e">.</a><a href="#f">.</a><a href="https://g">.</a><b title="/t" data-autosave="/d"></b>',
    )
    expect(draw(page, '')).toBe(String(page))
  })

  test('are never found in what people typed, wherever it stands', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const page = (
          <p title={text} data-x={text}>
            {text}
            <input value={text} />
            <textarea>{text}</textarea>
          </p>
        )
        expect(based(page)).toBe(String(page))
      }),
      { numRuns: 2_000 },
    )
  })

  test('are found once each, whatever surrounds them', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const page = (
          <a title={text} href="/procedures" class={text}>
            {text}
          </a>
        )
        expect(based(page)).toBe(String(page).replace(' href="/procedures"', ' href="/mie/procedures"'))
      }),
      { numRuns: 1_000 },
    )
  })
})
