import type { JSX as Hono } from 'hono/jsx/jsx-runtime'
import { type Child, type Component, Element } from './element.ts'

/** What the compiler writes for `<a href="/x">…</a>` and `<Table rows={rows} />`; see tsconfig.json, `jsxImportSource`. */
export const jsx = (tag: string | Component, props: Record<string, unknown>): Element => new Element(tag, props)

export { jsx as jsxDEV, jsx as jsxs }

/** `<>…</>`. */
export const Fragment = ({ children }: { children?: Child }): Child => children

/** How the compiler checks it: which tags have which attributes is known to Hono. */
export declare namespace JSX {
  type Element = Child
  type ElementType = string | Component
  interface ElementChildrenAttribute {
    children: Child
  }
  type IntrinsicElements = Hono.IntrinsicElements
  interface IntrinsicAttributes {
    key?: string | number | null | undefined
  }
}
