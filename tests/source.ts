import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'vite'

/** Reads our own source as a tree, so that rules about it hold for what is written, not for how it is laid out. */

export const root = join(import.meta.dirname, '..')

/** What one file asks of another: `to` is a path from the root for our own files, else the package's specifier. */
export type Import = { from: string; to: string; own: boolean; everything: boolean }

// biome-ignore lint/suspicious/noExplicitAny: the syntax tree is walked whole, by the names of its nodes
type Node = any

export type Source = { path: string; text: string; lines: number; tree: Node }

/** Every file below a folder, as paths from the root. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()

export const readSource = (path: string): Source => {
  const text = readFileSync(join(root, path), 'utf8')
  const { program, errors } = parseSync(path, text, { lang: path.endsWith('x') ? 'tsx' : 'ts' })
  if (errors.length > 0) throw new Error(`${path} can't be read: ${errors[0]?.message}`)
  return { path, text, lines: text.split('\n').length - 1, tree: program }
}

/** Calls `visit` with every node of a tree. */
export function walk(node: Node, visit: (node: Node) => void) {
  if (Array.isArray(node)) for (const one of node) walk(one, visit)
  else if (node && typeof node === 'object') {
    if (typeof node.type === 'string') visit(node)
    for (const inner of Object.values(node)) if (inner && typeof inner === 'object') walk(inner, visit)
  }
}

const asking = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

/** Static, type-only, re-exporting and dynamic imports; a dynamic one of a computed name is told as "?". */
export function importsOf({ path, tree }: Source): Import[] {
  const found: Import[] = []
  walk(tree, (node) => {
    if (!asking.has(node.type) || (node.type === 'ExportNamedDeclaration' && !node.source)) return
    const named = typeof node.source?.value === 'string' ? (node.source.value as string) : '?'
    found.push({ from: path, ...resolve(path, named), everything: node.type === 'ExportAllDeclaration' })
  })
  return found
}

function resolve(from: string, named: string): Pick<Import, 'to' | 'own'> {
  const [plain = ''] = named.split('?')
  if (plain.startsWith('#')) return { to: join('src', plain.slice(1)), own: true }
  if (plain.startsWith('.')) return { to: join(dirname(from), plain), own: true }
  return { to: named, own: false }
}

/** Whether an import of one of our own files leads anywhere. */
export const isThere = ({ to, own }: Import) => !own || existsSync(join(root, to))
