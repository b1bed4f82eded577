import { afterAll } from 'vitest'
import { endAll } from './at-end.ts'

// Run before each test file (vitest.config.ts), so this hook is the outermost: the file's own come before it.
afterAll(endAll)
