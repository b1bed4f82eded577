import { spawnSync } from 'node:child_process'

/** The system user that PostgreSQL runs as; null = the same user as ours. PostgreSQL refuses to run as root. */
export type Account = { name: string; uid: number; gid: number } | null

/** What programs we start may see: none of our own settings, and none of libpq's that would change what they do. */
export const cleanEnvironment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' }

/**
 * Who the database server runs as: ourselves, or as root the system user `postgres`, made if absent.
 * @throws one sentence when root can't make that user
 */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return null
  const present = lookUp('postgres')
  if (present) return present
  const made = spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], {
    env: cleanEnvironment,
    encoding: 'utf8',
  })
  // Asked again whatever useradd said: another start may have made the user at the same instant.
  const account = lookUp('postgres')
  if (account) return account
  const why = (made.error?.message ?? made.stderr ?? '').trim()
  throw new Error(`PostgreSQL does not run as root, and the system user "postgres" could not be made (${why}).`)
}

function lookUp(name: string): Account {
  const id = (flag: string) => spawnSync('id', [flag, name], { env: cleanEnvironment, encoding: 'utf8' })
  const uid = id('-u')
  const gid = id('-g')
  if (uid.status !== 0 || gid.status !== 0) return null
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

/** Runs a short program as the server's user; what it says comes back in one piece. */
export function runAs(account: Account, program: string, args: readonly string[]): { ok: boolean; said: string } {
  const run = spawnSync(program, args, { ...identity(account), env: cleanEnvironment, cwd: '/', encoding: 'utf8' })
  return { ok: run.status === 0, said: [run.error?.message, run.stderr].filter(Boolean).join(' ').trim() }
}

/** The part of spawn's options that makes a program run as the server's user. */
export const identity = (account: Account): { uid?: number; gid?: number } =>
  account ? { uid: account.uid, gid: account.gid } : {}

/** Whether the server's user can get into a folder, through all that lie above it. */
export const canEnter = (account: Account, folder: string): boolean => runAs(account, 'test', ['-x', folder]).ok
