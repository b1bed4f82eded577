import { z } from 'zod'
import { action } from '#core/action.ts'

/**
 * Leaves in the trail that a provider's answer was not taken, and why in a word. Only for answers to a flow that was
 * begun here: what strangers send to the address leaves nothing.
 */
export const noteFailedSignIn = action({
  name: 'people.note-failed-sign-in',
  title: 'Note that a provider’s answer was not taken',
  pagesOnly: 'part of signing a browser in',
  input: z.object({ provider: z.string().max(41), fault: z.string().max(20) }),
  output: z.object({}),
  allow: () => true,
  run: async () => ({}),
  subjects: ({ provider, fault }) => [
    { module: 'people', kind: 'provider', id: provider },
    { module: 'people', kind: 'sign-in-fault', id: fault },
  ],
})
