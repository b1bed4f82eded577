import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

export type FolderLock = { release(): void }

/**
 * Takes a folder for this process alone, or refuses with one sentence that names the folder and the process holding it.
 *
 * The lock is the kernel's own lock on a file, so it is free the moment its holder is gone, `kill -9` included, and
 * exactly one of two that start at the same instant gets it. Node has no call for such a lock; SQLite, which is built
 * into Node, takes one when a transaction is begun exclusively. Nobody may open `running.lock` by other means in the
 * holder's process: closing any handle on a file drops the process's locks on it (fcntl, POSIX).
 *
 * @param waitMs how long a holder that is just ending is waited for
 */
export async function lockFolder(folder: string, waitMs: number, log: (line: string) => void): Promise<FolderLock> {
  const file = new DatabaseSync(join(folder, 'running.lock'), { timeout: 0 })
  chmodSync(join(folder, 'running.lock'), 0o600)
  const notePath = join(folder, 'running.pid')
  const deadline = Date.now() + waitMs
  let told = false
  while (!taken(file)) {
    if (Date.now() >= deadline) {
      file.close()
      throw new Error(
        `Attaka is already running on the data folder ${folder} (process ${livingHolder(notePath) ?? 'unknown'}): stop that one first, or give this one another DATA_DIR.`,
      )
    }
    if (!told) log(`the data folder ${folder} is in use; waiting up to ${Math.ceil(waitMs / 1000)} s for it`)
    told = true
    await sleep(50)
  }
  writeFileSync(notePath, `${process.pid}\n`, { mode: 0o600 })
  held.add(file)
  return {
    release() {
      if (held.delete(file)) file.close()
    },
  }
}

/** Kept here so that no garbage collection closes the file, and with it the lock. */
const held = new Set<DatabaseSync>()

function taken(file: DatabaseSync): boolean {
  try {
    file.exec('begin exclusive')
    return true
  } catch (error) {
    // 5 is SQLITE_BUSY: somebody else holds it. Everything else (a full or read-only disk) is a fault of its own.
    if ((error as { errcode?: number }).errcode === 5) return false
    throw error
  }
}

function livingHolder(notePath: string): number | null {
  try {
    const pid = Number(readFileSync(notePath, 'utf8'))
    process.kill(pid, 0)
    return pid
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? Number(readFileSync(notePath, 'utf8')) : null
  }
}
