import { open } from 'node:fs/promises'

/** Makes the names in a folder durable: a rename, or a new file, survives a crash only when its folder does (fsync(2)). */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
