import type { ja } from './words.ja.ts'

export const en: typeof ja = {
  signIn: {
    title: 'Sign in',
    lead: 'You can do most things without signing in. Sign in to see your applications and notices in one place.',
    byMail: 'Sign in by mail (residents and businesses)',
    mail: 'Mail address',
    mailHint: 'We will send you a six-digit code.',
    send: 'Send the code',
    byOffice: 'Staff',
    withProvider: (label: string) => `Sign in with ${label}`,
  },
  code: {
    title: 'Enter the code',
    lead: 'Enter the six digits that we sent you within ten minutes.',
    label: 'Code',
    hint: 'If it does not arrive, please look into your spam folder too.',
    use: 'Sign in',
    again: 'Send another code',
    trial: 'This is a trial: no mail is really sent.',
    mailbox: 'Open the trial mailbox',
  },
  signedIn: 'You are signed in.',
  signedOut: 'You are signed out.',
  signedOutEverywhere: 'You are signed out everywhere.',
  failed: {
    title: 'We could not sign you in',
    text: 'Something could not be confirmed on the way. Please begin again.',
    reasons: {
      expired: 'It took too long, or was begun on another page.',
      refused: 'The sign-in was cancelled.',
      unreachable: 'The identity provider could not be reached. Please try again later.',
      untrusted: 'The answer of the identity provider could not be verified.',
    },
    again: 'Begin again',
  },
  codeMail: {
    subject: 'Your sign-in code',
    text: (code: string) =>
      `Your sign-in code is ${code}.\n\nEnter it on the open page within ten minutes.\nIf you did not ask for it, throw this mail away. Tell nobody the code.\n`,
  },
}
