import type { Module } from '#web/module.ts'
import { routes } from './routes.ts'

export const consultations: Module = {
  name: 'consultations',
  routes,
  actions: [],
  views: [],
  jobs: [],
  migrations: [],
  seed: async () => {},
}

export { type Checked, check } from './rules/checking/check.ts'
export { Unreadable } from './rules/checking/files.ts'
export { match, NoAnswer } from './rules/matching/match.ts'
export type { Change, Matching, Problem } from './rules/matching/problem.ts'
export { readProblem } from './rules/matching/read.ts'
export { why } from './rules/matching/why.ts'
export { saidChange, saidWhy } from './words.ja.ts'
