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
    daysValue: (n: number) => `${n} days (days of waiting for a correction are not counted)`,
    unknown: 'Not fixed',
    basis: 'Legal basis',
    noBasis: 'A sign-up without a basis in law',
    office: 'Office',
    signIn: 'You need not sign in. If you do, the record stays on My Page.',
    begin: 'Begin',
    resume: 'You have begun this already',
    resumeText: (at: string) => `Draft saved at ${at}.`,
    resumeLink: 'Continue',
    other: 'Without a screen',
    otherText: 'We receive it alike by telephone, at the window and on paper.',
    otherLink: 'By telephone, at the window or on paper',
    here: 'Application',
  },
  apply: {
    saved: 'What you enter is saved page by page when you go on. You can continue later.',
    next: 'Next',
    back: 'Back',
    flow: 'Steps',
    check: 'Check your answers',
    checkText: 'You have not applied yet. Check your answers and press “Apply”.',
    change: 'Change',
    none: '(nothing entered)',
    submit: 'Apply',
    soft: 'Some questions are not answered. You can file all the same',
    incomplete: 'Something is still missing',
    incompleteLink: 'Go to the page',
    gone: 'There is no such draft',
  },
  receipt: {
    title: 'We have received your application',
    number: 'Receipt number',
    at: 'Received at',
    keep: 'Keep the receipt number. With it and your mail address you can see the state at any time.',
    mail: (mail: string) => `We have sent a copy to ${mail}.`,
  },
  filing: {
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
    badNumber: 'Please check the receipt number. You find it in our mail, too',
    unknown: 'We find no application with this number and mail address. Please check both in our mail',
    tooMany: 'Too many tries. Please wait about 15 minutes',
  },
  states: {
    received: { short: 'Received', long: 'We have received it. It waits for somebody to look at it.' },
    reviewing: { short: 'In review', long: 'Somebody is looking at it.' },
    correcting: { short: 'To be corrected', long: 'Something needs to be corrected.' },
    approved: { short: 'Approved', long: 'Your application has been approved.' },
    rejected: { short: 'Rejected', long: 'Your application has been rejected. The history says why.' },
    withdrawn: { short: 'Withdrawn', long: 'The application has been withdrawn.' },
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
