import { z } from 'zod'
import { action } from '#core/action.ts'
import { line, mailAddress, optionalLine } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { holdTenant, updateTenant } from '#platform/tenants.ts'
import { keyColourContrast, keyColours } from '#ui/index.ts'
import { colourFaults, enough } from '../rules.ts'
import { ja } from '../words.ja.ts'
import { says } from '../words.refusals.ja.ts'

/** Changes what the office says of itself on every page: name, key colour, where to ask. */
export const changeSettings = action({
  name: 'people.change-settings',
  title: 'Change the office’s name, key colour and contact',
  input: z.object({
    name: line({ label: says.changeSettings.name, max: 30 }),
    keyColour: z.enum(keyColours, says.changeSettings.keyColour),
    office: optionalLine({ label: says.changeSettings.office, max: 60 }),
    phone: optionalLine({ label: says.changeSettings.phone, max: 30 }).refine(
      (text) => text === null || /^[0-9０-９+＋()（）ー－-\s-]+$/.test(text),
      {
        error: says.changeSettings.phoneShape,
      },
    ),
    mail: z
      .string()
      .nullish()
      .transform((text) => text?.trim() || null)
      .pipe(mailAddress.nullable()),
    hours: optionalLine({ label: says.changeSettings.hours, max: 60 }),
  }),
  /** Which of the fields now say something else. */
  output: z.object({ changed: z.array(z.string()) }),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, tenant }, { name, keyColour, office, phone, mail, hours }) {
    const faults = colourFaults(keyColourContrast(keyColour))
    if (faults.length > 0) {
      throw new Refusal('invalid', 'contrast', { keyColour: says.contrast(ja.colours[keyColour], faults, enough) })
    }
    if (!office && (phone || mail || hours)) {
      throw new Refusal('invalid', 'contact without office', {
        office: says.changeSettings.contactWithoutOffice,
      })
    }
    const before = await holdTenant(db, tenant)
    if (!before) throw new Refusal('missing', 'no such tenant')
    const after = {
      name,
      key_colour: keyColour,
      contact_office: office,
      contact_phone: phone,
      contact_mail: mail,
      contact_hours: hours,
    }
    await updateTenant(db, tenant, after)
    return { changed: fields.filter(([, column]) => before[column] !== after[column]).map(([field]) => field) }
  },
  // The trail says which fields changed, and never from what to what.
  subjects: (_, { changed }) => [
    { module: 'people', kind: 'settings', id: 'office' },
    ...changed.map((id) => ({ module: 'people', kind: 'setting', id })),
  ],
})

/** The fields of the form, and where they are kept. */
const fields = [
  ['name', 'name'],
  ['keyColour', 'key_colour'],
  ['office', 'contact_office'],
  ['phone', 'contact_phone'],
  ['mail', 'contact_mail'],
  ['hours', 'contact_hours'],
] as const
