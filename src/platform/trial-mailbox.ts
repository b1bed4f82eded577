import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Mail, Mailbox, OutgoingMail } from '#core/outside.ts'

/** Trial mode without a mail server: mails go to a folder, one file each, and stay there for the mailbox page. */
export function trialMailbox(folder: string): { mail: Mail; mailbox: Mailbox } {
  return {
    mail: {
      async send(message) {
        const place = join(folder, message.tenant)
        await mkdir(place, { recursive: true })
        const file = join(place, `${message.id}.json`)
        await writeFile(`${file}.part`, JSON.stringify({ ...message, at: new Date().toISOString() }), { mode: 0o600 })
        await rename(`${file}.part`, file)
        return { response: 'kept in the trial mailbox' }
      },
    },
    mailbox: {
      async list(tenant) {
        const place = join(folder, tenant)
        const names = (await readdir(place).catch(() => [])).filter((name) => name.endsWith('.json')).sort()
        const read = names.slice(-200).map(async (name) => {
          const kept = JSON.parse(await readFile(join(place, name), 'utf8')) as OutgoingMail & { at: string }
          return { ...kept, at: new Date(kept.at) }
        })
        return (await Promise.all(read)).sort((a, b) => b.at.getTime() - a.at.getTime())
      },
    },
  }
}
