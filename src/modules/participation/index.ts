import type { Module } from '#web/module.ts'
import { routes } from './routes.tsx'

export const participation: Module = {
  name: 'participation',
  routes,
  actions: [],
  views: [],
  jobs: [],
  migrations: [],
  // It keeps nothing yet.
  seed: async () => {},

  called: { module: '県民参加', acts: {} },
}

export { type Fault, type File, readPool } from './read-pool.ts'
export type { Pool } from './rules/sortition/pool.ts'
export { replaceMembers, WrongReplacement } from './rules/sortition/replacing.ts'
export { drawPanel } from './rules/sortition/sortition.ts'
