// The project's commands: node tools/node.mjs COMMAND [ARGUMENT …]. Runs on any Node from 20 on; what it starts runs on
// the Node 24 that npm brought along.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build, ensureBuilt, runTool } from './node/build.mjs'
import { asked, flags, root, runNode, stopWith } from './node/run.mjs'
import { check, format, journeys, test, unit } from './node/test.mjs'

/** The application, in its own session so that it is asked to stop exactly once. */
async function start(args) {
  const code = await ensureBuilt()
  if (code !== 0 || asked.toStop) return code || 130
  return runNode([...flags, join(root, 'dist', 'server', 'main.js'), ...args], { ownSession: true })
}

const commands = { start, build, unit, journeys, check, test, format }

const [name = '', ...args] = process.argv.slice(2)
if (Object.hasOwn(commands, name)) process.exit(await commands[name](args))

const tools = join(root, 'tools')
const file = [`${name}.ts`, `${name}.tsx`].find(
  (candidate) => /^[\w-]+$/.test(name) && existsSync(join(tools, candidate)),
)
if (file) process.exit(await runTool(name, join('tools', file), args))

const known = readdirSync(tools).flatMap((entry) => /^([\w-]+)\.tsx?$/.exec(entry)?.[1] ?? [])
stopWith(`There is no command "${name}". There are: ${[...Object.keys(commands), ...known].join(', ')}.`)
