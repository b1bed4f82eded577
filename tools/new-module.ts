import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tokyoDate } from '#core/dates.ts'
import {
  checkJapanese,
  checkName,
  edit,
  fill,
  NotSo,
  readArguments,
  root,
  run,
  spellings,
  template,
  templatesIn,
  tidy,
  writeNew,
} from './templates/fill.ts'

/** What a module's own files already call something. */
const taken = ['entries', 'routes', 'seed', 'ja', 'en', 'index', 'modules']

/** npm run new:module NAME [--ja 日本語名]: a room that runs, is tested and waits to be filled. */
run(() => {
  const { plain, ja } = readArguments(process.argv.slice(2), 1)
  if (plain.length !== 1) throw new NotSo('Say which module: npm run new:module NAME --ja 日本語名')
  const name = checkName(plain[0], 'The module’s name')
  if (taken.includes(name)) throw new NotSo(`"${name}" is a word that every module uses: choose another name.`)
  const folder = join('src', 'modules', name)
  if (existsSync(join(root, folder))) throw new NotSo(`${folder} exists already: choose another name.`)
  const other = addressTakenIn(name)
  if (other) throw new NotSo(`The address /console/${name} is taken by ${other}: choose another name.`)

  const values = { ...spellings(name), ja: checkJapanese(ja ?? spellings(name).Title), date: tokyoDate(new Date()) }
  const files = Object.fromEntries(
    templatesIn('module').map((path) => [
      join(folder, fill(path, values)),
      fill(template(join('module', path)), values),
    ]),
  )
  writeNew(files)
  const list = join('src', 'modules', 'index.ts')
  edit(list, (text) =>
    `import { ${values.camel} } from './${name}/index.ts'\n${text}`.replace(
      /(modules: readonly Module\[\] = \[[^\]]*?),?\s*\]/,
      `$1, ${values.camel}]`,
    ),
  )
  const catalogue = listRights(`${values.snake}_entry`)
  tidy([...Object.keys(files), list, ...catalogue])
  console.log(
    [
      `The module ${name} stands in ${folder} and is entered in ${list}, its table in tests/catalogue.test.ts.`,
      `Try it:   npm run unit -- ${folder}`,
      `See it:   npm start, sign in as staff, open /console/${name}`,
      'Next:     say in its README.md whom it serves; then make it yours, words and table first.',
    ].join('\n'),
  )
})

/** The file that already answers there; null if none does. */
function addressTakenIn(name: string): string | null {
  const source = join(root, 'src')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(?<!\.test)\.tsx?$/.test(path),
  )
  const address = new RegExp(`['"\`]/console/${name}['"\`/?]`)
  return files.find((path) => address.test(readFileSync(join(source, path), 'utf8'))) ?? null
}

/** Lists the new table with its rights where a test expects every table of the house. Returns what was changed. */
function listRights(table: string): string[] {
  const path = join('tests', 'catalogue.test.ts')
  edit(path, (text) =>
    text.replace(/(const rights: Record<string, string> = \{\n)([^}]*)/, (_, head: string, lines: string) => {
      const all = [...lines.trimEnd().split('\n'), `  ${table}: 'insert select',`]
      return `${head}${all.sort().join('\n')}\n`
    }),
  )
  return [path]
}
