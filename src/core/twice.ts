/**
 * Since when the same again is a form that was sent twice, as by a second click without JavaScript: ten minutes ago.
 * Later somebody means it, as where a mail was lost.
 */
export const twiceSince = (now: Date): Date => new Date(now.getTime() - 10 * 60_000)
