import { defineConfig } from '@playwright/test'
import { installedChromium } from './tools/chromium.ts'

/** Journeys start their own house (tests/journeys); every one runs once with JavaScript and once without. */
export default defineConfig({
  testDir: 'tests/journeys',
  outputDir: 'test-results/journeys',
  reporter: [['list'], ['json', { outputFile: 'test-results/journeys.json' }]],
  fullyParallel: false,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  // A journey takes 5 to 20 seconds; a busy machine may need several times that.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: {
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    // Traces cost a sixth of the time: npm run journeys -- --trace retain-on-failure.
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: installedChromium() ?? undefined,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'with-javascript', use: { javaScriptEnabled: true } },
    { name: 'without-javascript', use: { javaScriptEnabled: false } },
  ],
})
