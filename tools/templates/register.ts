import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkName, edit, fill, NotSo, root, spellings, template, tidy, writeNew } from './fill.ts'

type Kind = 'action' | 'view'

/** Makes an action or view of a module with its test, and enters it at the module's front door. Returns what was written. */
export function addToModule(kind: Kind, module: string, name: string, ja: string | null): string[] {
  checkName(module, 'The module’s name')
  const index = join('src', 'modules', module, 'index.ts')
  if (!existsSync(join(root, index))) {
    throw new NotSo(`There is no module "${module}" in src/modules: make it first by "npm run new:module ${module}".`)
  }
  const front = readFileSync(join(root, index), 'utf8')
  // A module that was cut out of another goes on under that one's name.
  const known = front.match(/^ {2}knownAs: '([a-z-]+)'/m)?.[1] ?? module
  const values = { ...spellings(name), module: known }
  if (front.includes(`'${known}.${name}'`)) throw new NotSo(`${known}.${name} exists already: choose another name.`)
  if (new RegExp(`\\b${values.camel}\\b`).test(withoutText(front))) {
    throw new NotSo(`The name ${values.camel} is taken in ${index}: choose another noun.`)
  }
  const list = new RegExp(`^  ${kind}s: \\[`, 'm')
  if (!list.test(front)) throw new NotSo(`${index} has no list "${kind}s: [": enter the ${kind} there by hand first.`)

  const files = {
    [join('src', 'modules', module, `${kind}s`, `${name}.ts`)]: fill(template(`${kind}.ts`), values),
    [join('src', 'modules', module, `${name}.test.ts`)]: fill(template(`${kind}.test.ts`), values),
  }
  writeNew(files)
  edit(index, (text) =>
    `import { ${values.camel} } from './${kind}s/${name}.ts'\n${text}`
      .replace(list, `  ${kind}s: [${values.camel}, `)
      // Where it is called something for people; a module that keeps these names elsewhere is left as it is.
      .replace(/^( +acts: \{)/m, `$1\n'${known}.${name}': '${ja ?? values.Title}',`),
  )
  const written = [index, ...Object.keys(files)]
  tidy(written)
  return written
}

/** Without what stands in quotation marks and comments. */
const withoutText = (code: string) => code.replace(/'[^'\n]*'|\/\/.*|\/\*[\s\S]*?\*\//g, '')
