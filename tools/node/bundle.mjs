// Bundles with Vite, and packs what browsers fetch: "app OUT" makes OUT/client and OUT/server, "tool FILE OUT" one command-line tool. Runs on our Node.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build, createBuilder } from 'vite'

const [what, ...rest] = process.argv.slice(2)

if (what === 'app') {
  const [out] = rest
  const to = (part) => ({ build: { outDir: `${out}/${part}` } })
  const builder = await createBuilder({ logLevel: 'warn', environments: { client: to('client'), ssr: to('server') } })
  await builder.buildApp()
  // Packed once here, with patience, instead of at every request.
  const assets = join(out, 'client', 'assets')
  for (const name of readdirSync(assets)) {
    const bytes = readFileSync(join(assets, name))
    writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes))
    writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  }
} else {
  const [file, out] = rest
  await build({ logLevel: 'warn', mode: 'tool', build: { ssr: file, outDir: out } })
}
