import type { Db } from '#core/database.ts'
import type { Scene } from '#core/scene.ts'
import { findTenant } from '#platform/tenants.ts'
import { ja } from './words.ja.ts'

type Contact = {
  tenant: string
  office: string | null
  phone: string | null
  mail: string | null
  hours: string | null
}

/** Whose a mail is, and whom to ask: without it nobody can tell it from fraud. */
export async function letterhead({ tenant, outside }: Pick<Scene, 'tenant' | 'outside'>, db: Db) {
  const office = await findTenant(db, tenant)
  const contact: Contact = {
    tenant: office?.name ?? tenant,
    office: office?.contact_office ?? null,
    phone: office?.contact_phone ?? null,
    mail: office?.contact_mail ?? null,
    hours: office?.contact_hours ?? null,
  }
  return {
    ...contact,
    signature: `----------------------------------------\n${lines(contact).join('\n')}`,
    trial: outside.mode === 'trial' ? ja.letter.trial : null,
  }
}

// Mails are written in Japanese: what their reader chose to read on screen isn't known when they leave.
const lines = ({ tenant, office, phone, mail, hours }: Contact) =>
  [tenant, office, phone && ja.letter.phone(phone, hours), mail && ja.letter.mail(mail)].filter(Boolean)

/** A mail of few words with its letterhead. */
export const signed = (text: string, { signature, trial }: Awaited<ReturnType<typeof letterhead>>): string =>
  `${[text.trimEnd(), signature, trial].filter(Boolean).join('\n\n')}\n`
