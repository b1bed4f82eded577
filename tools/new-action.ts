import { checkName, NotSo, readArguments, run } from './templates/fill.ts'
import { addToModule } from './templates/register.ts'

/** npm run new:action MODULE VERB-NOUN [--ja 日本語名]: one verb, one file, with a test that passes. */
run(() => {
  const { plain, ja } = readArguments(process.argv.slice(2), 2)
  const [module, name] = plain
  if (plain.length !== 2 || !module) throw new NotSo('Say where and what: npm run new:action MODULE VERB-NOUN')
  const written = addToModule('action', module, checkName(name, 'The action’s name', { words: 2 }), ja)
  console.log(
    ['Written:', ...written.map((path) => `  ${path}`), `Try it: npm run unit -- ${written.at(-1)}`].join('\n'),
  )
})
