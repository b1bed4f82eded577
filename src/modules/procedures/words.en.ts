import type { ja } from './words.ja.ts'

/** The words of the public pages; the console is in Japanese. */
export type PublicWords = Pick<
  typeof ja,
  | 'menu'
  | 'catalogue'
  | 'opening'
  | 'until'
  | 'from'
  | 'procedure'
  | 'apply'
  | 'gone'
  | 'device'
  | 'receipt'
  | 'filing'
  | 'status'
  | 'states'
  | 'events'
  | 'acting'
>

export const en: PublicWords = {
  acting: {
    changed: 'For whom you act has changed since this page was opened. Please check and press again',
    assurance: 'This needs a surer proof of who you are',
    outside: 'Your mandate does not cover this procedure',
    filing: 'For whom',
    forWhom: (whom) => `This will be filed for ${whom}`,
    change: 'Change',
    whom: 'Applicant',
    by: 'Filed by',
    byShown: (by, whom) => (by ? `${by} (for ${whom})` : `for ${whom}`),
    needs: 'Proof of identity is needed',
    again: 'Back to what you entered',
  },
  menu: 'Procedures',
  catalogue: {
    title: 'Find a procedure',
    search: 'Name or words of the procedure',
    none: 'No procedure matches',
    noneText: 'Try shorter words, or ask us by telephone or at the window.',
    count: (n: number) => `Procedures: ${n}`,
    status: 'See how far your application is',
    statusText: 'With the receipt number and your mail address you can see its present state.',
    every: 'All procedures',
    state: 'State',
  },
  opening: { open: 'Open', 'not-yet': 'Not open yet', over: 'Closed', closed: 'Not open' },
  until: (day: string) => `until ${day}`,
  from: (day: string) => `from ${day}`,
  procedure: {
    what: 'What it is',
    period: 'Period',
    always: 'At any time',
    days: 'Standard processing time',
    daysValue: (n: number) => `${n} ${n === 1 ? 'day' : 'days'} (days of waiting for a correction are not counted)`,
    unknown: 'Not fixed',
    basis: 'Legal basis',
    noBasis: 'A sign-up without a basis in law',
    office: 'Office',
    signIn: 'You need not sign in. If you do, the record stays on My Page.',
    begin: 'Begin',
    resume: 'You have begun this already',
    resumeSeveral: (n: number) => `You have begun this ${n} times already`,
    resumeText: (begun, saved) => `Draft begun at ${begun}, saved at ${saved}.`,
    resumeHidden: (saved) => ` (draft saved at ${saved})`,
    beginAnew: 'Begin another one',
    beginAnewText: 'The drafts above stay as they are.',
    resumeLink: 'Continue',
    other: 'Without a screen',
    otherText: 'We receive it alike by telephone, at the window and on paper.',
    otherLink: 'By telephone, at the window or on paper',
    here: 'Application',
  },
  apply: {
    saved: (days, person) =>
      `What you enter is saved page by page when you go on. For ${days} days you can continue ${person ? 'whenever you sign in' : 'in this browser on this device'}.`,
    carried: 'What you had entered is here again.',
    next: 'Next',
    back: 'Back',
    flow: 'Steps',
    check: 'Check your answers',
    checkText: 'You have not applied yet. Check your answers and press “Apply”.',
    change: 'Change',
    checkMail: 'The copy and all news go to this address. Please check every letter.',
    none: '(nothing entered)',
    submit: 'Apply',
    soft: 'Some questions are not answered. You can file all the same',
    incomplete: 'Something is still missing',
    incompleteLink: 'Go to the page',
  },
  gone: {
    title: 'We can’t find what you had begun',
    text: (days) =>
      `You can’t continue it in this browser: it was begun in another one, the cookie is gone, or ${days} days have passed.`,
    typed: 'What you have just sent is still here',
    typedText: 'Press “Apply with what I entered”: it goes into a new application, which begins at the first page.',
    files: 'Please choose the files again.',
    carry: 'Apply with what I entered',
    anew: 'Begin again',
    find: 'Find a procedure',
    filed: 'If you have applied already, see its state with the receipt number.',
    signIn: 'If you were signed in when you began, sign in to continue.',
    signInLink: 'Sign in and continue',
    other: 'You may also call us.',
  },
  device: {
    title: 'Forget what was entered on this device',
    text: 'Please do so on a device that others use, too. Drafts that were not filed are deleted, and this device no longer shows what you filed. What was filed stays filed.',
    button: 'Forget it',
    done: 'This device has forgotten what was entered. See what you filed with its receipt number and your mail address.',
  },
  receipt: {
    title: 'We have received your application',
    number: 'Receipt number',
    at: 'Received at',
    keep: 'Keep the receipt number. With it and your mail address you can see the state at any time.',
    mail: (mail: string) => `We have sent a copy to ${mail}.`,
    wrongMail:
      'If the address is wrong or nothing has come after an hour, please tell the office named below, with the receipt number.',
    noMail: 'You gave no mail address, so no copy will come. Please keep the receipt number.',
    print: 'You may also print this page or take a picture of it.',
    next: 'You need do nothing now. Somebody will look at it and write to you.',
  },
  filing: {
    surer:
      'What was filed is shown only to those who have signed in as surely as this procedure asks. Please sign in as you did when you applied.',
    title: 'State of your application',
    procedure: 'Procedure',
    history: 'History',
    answers: 'What you applied with',
    withdraw: 'Withdraw the application',
    withdrawText: 'This can’t be undone. You may apply again.',
    withdrawConfirm: 'I withdraw it',
    withdrawNeed: 'Please confirm that you withdraw it',
    withdrawn: 'Your application has been withdrawn.',
    correct: 'Correct it',
    correctText: (day: string) => `Something needs to be corrected. Please do so until ${day}.`,
    correctTitle: 'Please correct what was pointed out',
    correctHint: (reason: string) => `From the office: ${reason}`,
    correctSend: 'Send the correction',
    keepTitle: 'Something is still as it was',
    keepText: 'Please correct it above. To send it as it is, say why it can stay.',
    keep: (label) => `Why “${label}” stays as it is`,
    keepNeeded: 'It has not changed. Correct it above, or say why it can stay',
    keepLong: 'Please use at most 500 characters',
    keepMyNumber: 'Please do not write 12-digit numbers that look like a My Number',
    keptNote: (label, reason) => `${label}: unchanged (${reason})`,
    corrected: 'We have received your correction.',
    edition: (n: number) => `Version ${n}`,
    used: (used: number, days: number) => `${used} of the standard ${days} days have passed`,
    question: 'Please give the receipt number when you ask about this application.',
  },
  status: {
    title: 'See how far your application is',
    lead: 'Enter the receipt number and the mail address of your application.',
    number: 'Receipt number',
    numberHint: 'For example R8-7K3M-2QXD (small letters and missing hyphens are fine)',
    mail: 'Mail address of your application',
    look: 'See the state',
    noNumber: 'Enter the receipt number. You find it in our mail',
    badNumber: 'Please check the receipt number. You find it in our mail, too',
    unknown: 'We find no application with this number and mail address. Please check both in our mail',
    tooMany: 'Too many tries. Please wait about 15 minutes',
  },
  states: {
    received: { short: 'Received', long: 'We have received it. It waits for somebody to look at it.' },
    reviewing: { short: 'In review', long: 'Somebody is looking at it.' },
    correcting: { short: 'To be corrected', long: 'Something needs to be corrected.' },
    approved: {
      short: 'Approved',
      long: 'Your application has been approved. What comes next is in the history below and in our mail; if nothing is said there, you need do nothing.',
    },
    rejected: { short: 'Rejected', long: 'Your application has been rejected. The history says why.' },
    withdrawn: { short: 'Withdrawn', long: 'You have withdrawn the application. You may apply again.' },
  },
  events: {
    arrived: 'The application arrived',
    accepted: 'The review began',
    'correction-asked': 'A correction was asked for',
    corrected: 'The correction arrived',
    approved: 'Approved',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
  },
}
