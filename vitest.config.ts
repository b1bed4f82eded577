import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/longest-first.ts'

export default defineConfig({
  // As in vite.config.ts; the rest there is about building.
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/journeys/**'],
    globalSetup: ['tests/global-setup.ts'],
    setupFiles: ['tests/each-file.ts'],
    // Every test file asks one database server for a database of its own. Three at a time keep two cores busy: some
    // wait most of the time for programs that they have started.
    pool: 'forks',
    maxWorkers: 3,
    // A worker keeps what it has loaded from one file to the next: the whole house, half a second of work each time.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
