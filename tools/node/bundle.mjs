// Bundles with Vite: "app OUT" makes OUT/client and OUT/server, "tool FILE OUT" one command-line tool. Runs on our Node.
import { build, createBuilder } from 'vite'

const [what, ...rest] = process.argv.slice(2)

if (what === 'app') {
  const [out] = rest
  const to = (part) => ({ build: { outDir: `${out}/${part}` } })
  const builder = await createBuilder({ logLevel: 'warn', environments: { client: to('client'), ssr: to('server') } })
  await builder.buildApp()
} else {
  const [file, out] = rest
  await build({ logLevel: 'warn', mode: 'tool', build: { ssr: file, outDir: out } })
}
