import type { Module } from '#web/module.ts'
import { administration } from './administration/index.ts'
import { audit } from './audit/index.ts'
import { consultations } from './consultations/index.ts'
import { evidence } from './evidence/index.ts'
import { files } from './files/index.ts'
import { forms } from './forms/index.ts'
import { notices } from './notices/index.ts'
import { participation } from './participation/index.ts'
import { people } from './people/index.ts'
import { plans } from './plans/index.ts'
import { procedures } from './procedures/index.ts'
import { representation } from './representation/index.ts'
import { signIn } from './sign-in/index.ts'
import { tokens } from './tokens/index.ts'
import { traces } from './traces/index.ts'

/** All rooms, in the order in which they may know each other: lower ones first. */
export const modules: readonly Module[] = [
  people,
  representation,
  signIn,
  tokens,
  administration,
  audit,
  evidence,
  notices,
  files,
  forms,
  traces,
  procedures,
  plans,
  consultations,
  participation,
]
