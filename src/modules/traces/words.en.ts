import type { ja } from './words.ja.ts'

const kinds: typeof ja.kinds = {
  'led-to': {
    there: {
      heading: 'What it led to',
      choice: 'This led to the thing picked',
      news: (own, other) => `“${own}” led to “${other}”.`,
    },
    back: {
      heading: 'What led to it',
      choice: 'The thing picked led to this',
      news: (own, other) => `“${other}” led to “${own}”.`,
    },
  },
  became: {
    there: {
      heading: 'What it became',
      choice: 'This became the thing picked',
      news: (own, other) => `“${own}” became “${other}”.`,
    },
    back: {
      heading: 'What it came from',
      choice: 'The thing picked became this',
      news: (own, other) => `“${other}” became “${own}”.`,
    },
  },
  answers: {
    there: {
      heading: 'What it answers',
      choice: 'This answers the thing picked',
      news: (own, other) => `“${own}” answers “${other}”.`,
    },
    back: {
      heading: 'Answers to it',
      choice: 'The thing picked answers this',
      news: (own, other) => `“${other}” answers “${own}”.`,
    },
  },
  changed: {
    there: {
      heading: 'What this voice changed',
      choice: 'This voice changed the thing picked',
      news: (own, other) => `“${own}” changed “${other}”.`,
    },
    back: {
      heading: 'Voices that changed it',
      choice: 'The thing picked is a voice that changed this',
      news: (own, other) => `“${other}” changed “${own}”.`,
    },
  },
  'counted-in': {
    there: {
      heading: 'Where it is counted',
      choice: 'This is counted in the thing picked',
      news: (own, other) => `“${own}” is counted in “${other}”.`,
    },
    back: {
      heading: 'What it counts',
      choice: 'The thing picked is counted in this',
      news: (own, other) => `“${other}” is counted in “${own}”.`,
    },
  },
  'decided-by': {
    there: {
      heading: 'What decided it',
      choice: 'This was decided by the thing picked',
      news: (own, other) => `“${own}” was decided by “${other}”.`,
    },
    back: {
      heading: 'What it decided',
      choice: 'The thing picked was decided by this',
      news: (own, other) => `“${other}” was decided by “${own}”.`,
    },
  },
  related: {
    there: {
      heading: 'Related',
      choice: 'This and the thing picked are related',
      news: (own, other) => `“${own}” and “${other}” are related.`,
    },
    back: {
      heading: 'Related',
      choice: 'This and the thing picked are related',
      news: (own, other) => `“${own}” and “${other}” are related.`,
    },
  },
}

export const en: typeof ja = {
  kinds,
  title: 'Links',
  none: 'No links yet.',
  because: (reason) => `Reason: ${reason}`,
  made: 'Linked',
  correct: 'See or withdraw',
  correctHidden: (title) => ` (link with ${title})`,
  add: 'Add a link',
  news: { subject: (title) => `About “${title}”`, reason: (reason) => `Reason: ${reason}` },
  picker: {
    title: 'Add a link',
    this: (label) => `This (${label})`,
    search: 'Find the other end',
    words: 'Part of its name or number',
    between: ', ',
    what: (labels) => `What can be found: ${labels}. Only what you may see appears.`,
    hint: 'For example: R8-7K3M-2QXD',
    find: 'Find',
    found: 'Pick the other end',
    foundText: 'Pick one, and say what it has to do with this.',
    none: (words) => `Nothing matches “${words}”`,
    noneText: 'Try fewer or other words. Things that you may not see do not appear here.',
    group: (label) => `The other end (${label})`,
    linked: 'Already linked',
    more: (n) => `The first ${n}. Add words to find others.`,
    kind: 'What kind of link is it?',
    kindHint: '“This” is what stands at the top, “the picked” what you have found and picked.',
    directions: { there: 'From this to the picked', back: 'From the picked to this', both: 'Both ways' },
    reason: 'Reason',
    reasonHint: 'Shown on both pages and told to those who spoke. Please write no personal data.',
    submit: 'Link',
    cancel: 'Go back',
    done: 'Linked. Whoever spoke will be told.',
  },
  one: {
    title: 'Link',
    from: 'From',
    to: 'To',
    kind: 'Link',
    reason: 'Reason',
    madeBy: 'Linked by',
    madeAt: 'Linked',
    withdrawn: 'Withdrawn',
    next: 'What to do next',
    text: 'A withdrawn link is no longer shown on either page. It stays on record.',
    unlink: 'Withdraw this link',
    done: 'The link was withdrawn.',
    gone: 'This link was withdrawn.',
    back: 'Back',
    program: 'The system or a program',
  },
}
