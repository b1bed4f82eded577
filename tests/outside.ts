import { createReadStream } from 'node:fs'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { OutgoingMail, Outside } from '#core/outside.ts'
import { hashToken, newCode, newToken, sealer } from '#platform/sealing.ts'
import { trialMailbox } from '#platform/trial-mailbox.ts'
import { folderWitness } from '#platform/witness/folder.ts'

/** The doors that tests replace: mails stay in a folder, files too, and the identity provider is played. */
export function testOutside(
  folder: string,
  base = 'http://localhost:3000',
): Outside & { sent(tenant: string): Promise<OutgoingMail[]> } {
  const { mail, mailbox } = trialMailbox(join(folder, 'mailbox'))
  return {
    mode: 'trial',
    address: (tenant, path) => `${base}${tenant ? `/${tenant}` : ''}${path}`,
    storage: {
      async put(key, body) {
        const chunks: Uint8Array[] = []
        for await (const chunk of body) chunks.push(chunk)
        await mkdir(dirname(join(folder, key)), { recursive: true })
        await writeFile(join(folder, key), Buffer.concat(chunks))
      },
      async get(key) {
        const found = await stat(join(folder, key)).catch(() => null)
        if (!found) return null
        return {
          stream: Readable.toWeb(createReadStream(join(folder, key))) as ReadableStream<Uint8Array>,
          size: found.size,
        }
      },
      remove: (key) => rm(join(folder, key), { force: true }),
    },
    witnesses: [folderWitness(join(folder, 'witness'))],
    mail,
    mailbox,
    sealer: { ...sealer('a secret for tests only, longer than 32 bytes'), hashToken, newToken, newCode },
    providers: () => [
      { name: 'office', label: '庁内アカウント', profile: 'office' },
      { name: 'card', label: 'マイナンバーカード', profile: 'card' },
      { name: 'gbizid', label: 'GビズID', profile: 'gbizid' },
    ],
    keys: (_, provider) => (provider === 'card' ? { keys: [{ kty: 'EC', kid: 'k1' }] } : null),
    signIn: {
      begin: async () => ({
        url: 'http://provider.example/authorize',
        flow: {
          provider: 'office',
          state: newToken(),
          nonce: newToken(),
          verifier: newToken(),
          redirectUri: 'http://localhost:3000/attaka/sign-in/back',
        },
      }),
      finish: async () => ({
        issuer: 'urn:attaka:trial-provider',
        subject: 'reviewer',
        name: '審査',
        mail: null,
        mailVerified: false,
        groups: [],
        profile: 'office',
        attributes: null,
        business: null,
      }),
    },
    sent: (tenant) => mailbox.list(tenant),
  }
}
