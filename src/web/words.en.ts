import type { ja } from './words.ja.ts'

export const en: typeof ja = {
  home: 'Home',
  refusals: {
    invalid: { title: 'We could not accept what you entered', text: 'Please go back and enter it again.' },
    signedOut: {
      title: 'Please sign in',
      text: 'You need to sign in to see this page.',
      kept: 'What you typed has been kept, encrypted. Sign in to continue where you were.',
      action: 'Sign in',
    },
    forbidden: {
      title: 'You may not open this page',
      text: 'Staff may ask the administrator of their section for a role. Residents and businesses find their own things on My Page.',
    },
    missing: {
      title: 'We could not find this page',
      text: 'The address may have changed, or the page may have been removed or its time may be over.',
    },
    conflict: {
      title: 'This is not possible in the present state',
      text: 'Somebody else may have been first, or the state has changed. Please look at the latest version.',
    },
  },
  csrf: {
    title: 'Please try again',
    text: 'To be safe, we did not accept this: too much time has passed, the cookie is gone, or you signed in or out on another page. Open the page again and send once more.',
    again: 'Open the page again',
  },
  unreadable: { title: 'We could not read what was sent', text: 'Please go back and send it again.' },
  tooLarge: { title: 'What was sent is too large', text: 'Please make the file smaller or send fewer files.' },
  tooMany: { title: 'Too many requests in a short time', text: 'Please wait a little and try again.' },
  busy: {
    title: 'We are very busy just now',
    text: 'Many people are using this service at the same time. Every application that showed you a receipt number is safely recorded.',
  },
  waiting: {
    itself: (seconds) => `Please keep this page open. It tries again by itself in ${seconds} seconds.`,
    now: 'Try again now',
    notSent: 'This has not been sent yet. What you typed is kept in this page. Please wait a little and send it again.',
    unsure:
      'We could not make sure that this was sent. What you typed is kept in this page. Please wait a little and send it again; an application is never recorded twice.',
    back: 'This has not been sent yet. Please wait a little, go back and send it again. You may have to choose files again.',
    files: 'Please choose your files again afterwards.',
    again: 'Send it again',
  },
  away: {
    title: 'We are busy or under maintenance',
    text: 'Please try again in a few minutes. Every application that showed you a receipt number is safely recorded.',
  },
  fault: {
    title: 'Sorry, this is our fault',
    text: 'It has been recorded. Please try again later. If it is urgent, contact us with this number.',
    number: 'Reference number',
  },
  search: 'Search by words',
  back: 'Back to the home page',
  reload: 'Reload',
  elsewhere: 'You can also apply by telephone, at the window or on paper.',
}
