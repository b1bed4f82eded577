import { globSync } from 'node:fs'
import { defineConfig } from 'vite'

/** How browser and server are built; tools/node/bundle.mjs calls it, in mode `tool` for one of tools/*.ts. */
export default defineConfig(({ mode }) => ({
  appType: 'custom',
  publicDir: false,
  // What is shipped needs no names of files and lines in every element.
  oxc: { jsx: { runtime: 'automatic', importSource: '#ui/jsx', development: false } },
  build: {
    target: 'es2022',
    // The content security policy allows no data: addresses for scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  builder: mode === 'tool' ? undefined : {},
  environments: {
    client: {
      build: {
        outDir: 'dist/client',
        // Which file a page has to ask for: src/ui/browser/app.ts → assets/app-….js
        manifest: 'manifest.json',
        rollupOptions: {
          input: globSync(['src/ui/browser/app.ts', 'src/ui/styles/app.css', 'src/modules/*/browser.ts']),
        },
      },
    },
    ssr: {
      build: {
        target: 'node24',
        sourcemap: true,
        ...(mode !== 'tool' && { outDir: 'dist/server', ssr: true, rollupOptions: { input: { main: 'src/main.ts' } } }),
      },
    },
  },
}))
