/**
 * What may stand between tags. Text is always escaped; nothing that was read from a database or typed by somebody can
 * be an `Element`, since only code makes them.
 */
export type Child = string | number | boolean | null | undefined | Element | readonly Child[]

export type Component = (props: never) => Child

/** A tag or a component with its properties, not drawn yet: what surrounds it is known only when the page is drawn. */
export class Element {
  readonly tag: string | Component
  readonly props: Readonly<Record<string, unknown>>

  constructor(tag: string | Component, props: Readonly<Record<string, unknown>>) {
    this.tag = tag
    this.props = props
  }

  /** The HTML of it alone, outside of any shell: for tests. */
  toString(): string {
    return draw(this, '')
  }
}

/**
 * The HTML of a page or a part of it, in one go: components don't wait for anything, data is read before.
 * @param base what is put before addresses within the tenant (`/procedures`), where tenants are told apart by path
 * @throws TypeError on what is no child, no tag and no attribute: a mistake in a page
 */
export function draw(child: Child, base: string): string {
  if (typeof child === 'string') return escaped(child)
  if (child instanceof Element) return drawElement(child, base)
  if (child === null || child === undefined || typeof child === 'boolean') return ''
  if (typeof child === 'number') return String(child)
  if (!Array.isArray(child)) throw new TypeError(`a page can't show ${kindOf(child)}`)
  let all = ''
  for (const one of child as readonly Child[]) all += draw(one, base)
  return all
}

function drawElement({ tag, props }: Element, base: string): string {
  if (typeof tag === 'function') return draw((tag as (props: unknown) => Child)(props), base)
  let text = opening(tag)
  for (const name of Object.keys(props)) {
    if (name !== 'children') text += drawAttribute(name, props[name], base)
  }
  if (empty.has(tag)) return `${text}/>`
  return `${text}>${draw(props.children as Child, base)}</${tag}>`
}

function drawAttribute(name: string, value: unknown, base: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') {
    const put = base && addresses.has(name) && isWithin(value) ? base + value : value
    return `${attribute(name)}"${escaped(put)}"`
  }
  if (typeof value === 'number') return `${attribute(name)}"${value}"`
  if (typeof value !== 'boolean') throw new TypeError(`the attribute ${name} can't be ${kindOf(value)}`)
  // `aria-expanded` is true or false, `checked` is there or not.
  if (flags.has(name)) return value ? `${attribute(name)}""` : ''
  return `${attribute(name)}"${value}"`
}

/** An address within the tenant: neither another site nor a file that all tenants share. */
const isWithin = (address: string) =>
  address.startsWith('/') && !address.startsWith('//') && !address.startsWith('/assets/')

const addresses = new Set(['href', 'action', 'src', 'formaction'])

const special = /[&<>'"]/
const everySpecial = /[&<>'"]/g
const written: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&#39;', '"': '&quot;' }
const escaped = (text: string) =>
  special.test(text) ? text.replace(everySpecial, (character) => written[character] as string) : text

/** Names are checked once each; pages have some hundred different ones. A name that somebody typed never becomes one. */
const openings = new Map<string, string>()
const attributes = new Map<string, string>()
const opening = (tag: string) => openings.get(tag) ?? keep(openings, tag, `<${tag}`)
const attribute = (name: string) => attributes.get(name) ?? keep(attributes, name, ` ${name}=`)

function keep(names: Map<string, string>, name: string, text: string): string {
  if (!/^[a-z][a-z0-9:._-]*$/.test(name) && !capital.has(name))
    throw new TypeError(`${JSON.stringify(name)} is no name of a tag or an attribute`)
  if (names.size < 1_000) names.set(name, text)
  return text
}

const kindOf = (value: unknown) =>
  typeof value === 'object' ? `an object (${value?.constructor?.name ?? 'of no class'})` : `a ${typeof value}`

/** HTML's names have no capitals (`for`, not `htmlFor`, which would be typed and do nothing); of SVG's these two are used. */
const capital = new Set(['viewBox', 'preserveAspectRatio'])

/** Elements without content (HTML Standard, 13.1.2, void elements). */
const empty = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))

/** Attributes that are there or not (HTML Standard, index of attributes: "Boolean attribute"). */
const flags = new Set(
  `allowfullscreen async autofocus autoplay checked controls default defer disabled download formnovalidate hidden inert
   ismap itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected
   shadowrootclonable shadowrootdelegatesfocus shadowrootserializable`.split(/\s+/),
)
