import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A wish that can't be fulfilled: one sentence for whoever typed it. */
export class NotSo extends Error {}

/** Where the house stands: tools/node.mjs starts every tool there. */
export const root = process.cwd()

const templates = join(root, 'tools', 'templates')

/** "lost-items" in the spellings that code needs. */
export const spellings = (name: string) => {
  const camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  const words = name.replaceAll('-', ' ')
  return {
    name,
    camel,
    Pascal: camel.charAt(0).toUpperCase() + camel.slice(1),
    snake: name.replaceAll('-', '_'),
    Title: words.charAt(0).toUpperCase() + words.slice(1),
  }
}

/** Puts values into a template's places: `__name__`. An unknown place is a fault of the template. */
export const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/__([A-Za-z]+)__/g, (_, place: string) => {
    const value = values[place]
    if (value === undefined) throw new Error(`no value for __${place}__`)
    return value
  })

/** The text of one template. */
export const template = (name: string) => readFileSync(join(templates, `${name}.txt`), 'utf8')

/** All templates of a folder, as paths relative to it, without `.txt`. */
export const templatesIn = (folder: string): string[] =>
  readdirSync(join(templates, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(templates, folder, path)).isFile())
    .map((path) => path.replace(/\.txt$/, ''))

/** Writes new files, none of which may be there yet. Paths are relative to the house. */
export function writeNew(files: Readonly<Record<string, string>>) {
  const there = Object.keys(files).find((path) => existsSync(join(root, path)))
  if (there) throw new NotSo(`${there} exists already: choose another name.`)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

/** Formats what was written, and sorts its imports. */
export function tidy(paths: readonly string[]) {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const code = paths.filter((path) => /\.(tsx?|md)$/.test(path))
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, 'check', '--write', ...code], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`What was written is not clean:\n${stdout}${stderr}`)
}

/** Checks that this can be a name: small words of letters, joined by hyphens. */
export function checkName(name: string | undefined, what: string, { words = 1 } = {}): string {
  const shape = words > 1 ? 'a verb and a noun, such as "close-idea"' : 'small letters, such as "lost-items"'
  if (!name || !/^[a-z]+(-[a-z]+)*$/.test(name) || name.split('-').length < words) {
    throw new NotSo(`${what} must be ${shape}, joined by hyphens; "${name ?? ''}" is not.`)
  }
  if (name.length > 40) throw new NotSo(`${what} must have at most 40 letters; "${name}" has ${name.length}.`)
  if (reserved.has(spellings(name).camel)) throw new NotSo(`"${name}" is a word of the language: choose another name.`)
  return name
}

/** A name for people, in Japanese or as given. It lands between quotation marks. */
export function checkJapanese(name: string): string {
  if (!/^[\p{L}\p{N}・ー（） -]{1,30}$/u.test(name)) {
    throw new NotSo(`The Japanese name must be 1 to 30 letters, without quotation marks; "${name}" is not.`)
  }
  return name
}

/**
 * `most` words, and the Japanese name after `--ja`. Without "--" before it npm keeps the `--ja` for itself and hands on
 * only what follows, so that one word more than `most` is the Japanese name too.
 */
export function readArguments(args: readonly string[], most: number): { plain: string[]; ja: string | null } {
  const at = args.indexOf('--ja')
  const plain = args.filter((_, position) => at < 0 || (position !== at && position !== at + 1))
  const unknown = plain.find((one) => one.startsWith('-'))
  if (unknown) throw new NotSo(`"${unknown}" is not known here; there is only --ja.`)
  if (at >= 0 && !args[at + 1]) throw new NotSo('After --ja comes the Japanese name.')
  const given = at >= 0 ? args[at + 1] : plain.length > most ? plain.pop() : undefined
  return { plain, ja: given === undefined ? null : checkJapanese(given) }
}

/** Changes one file by a function. */
export const edit = (path: string, change: (text: string) => string) =>
  writeFileSync(join(root, path), change(readFileSync(join(root, path), 'utf8')))

/** Runs a tool: a wish that can't be fulfilled ends with its sentence. */
export function run(work: () => void) {
  try {
    work()
  } catch (error) {
    if (!(error instanceof NotSo)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

const reserved = new Set(
  `abstract any arguments as async await boolean break case catch class const continue debugger default delete do else
  enum eval export extends false finally for from function get if implements import in instanceof interface let module
  new null number object of package private protected public return set static string super switch symbol this throw
  true try type typeof undefined var void while with yield`.split(/\s+/),
)
