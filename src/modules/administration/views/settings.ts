import { z } from 'zod'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { findTenant } from '#platform/tenants.ts'
import { keyColourContrast, keyColours } from '#ui/index.ts'

/** What the office says of itself, and the hues it may choose from with their contrasts. */
export const settings = view({
  name: 'people.settings',
  title: 'The office’s name, key colour and contact',
  input: z.object({}),
  output: z.object({
    name: z.string(),
    keyColour: z.string(),
    office: z.string().nullable(),
    phone: z.string().nullable(),
    mail: z.string().nullable(),
    hours: z.string().nullable(),
    /** Contrast ratios of text on white and of white on the dark rail (WCAG 2.2); 4.5 is enough. */
    colours: z.array(z.object({ hue: z.enum(keyColours), text: z.number(), rail: z.number(), passes: z.boolean() })),
  }),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, tenant }) {
    const found = await findTenant(db, tenant)
    if (!found) throw new Refusal('missing', 'no such tenant')
    return {
      name: found.name,
      keyColour: found.key_colour,
      office: found.contact_office,
      phone: found.contact_phone,
      mail: found.contact_mail,
      hours: found.contact_hours,
      colours: keyColours.map(keyColourContrast),
    }
  },
})
