import type { ja } from './words.ja.ts'

export const en: typeof ja = {
  types: {
    'application/pdf': 'PDF',
    'image/jpeg': 'JPEG',
    'image/png': 'PNG',
    'image/heic': 'HEIC',
    'text/plain': 'plain text',
    'text/csv': 'CSV',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word (docx)',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel (xlsx)',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint (pptx)',
  },
  anyOf: ', ',
  faults: {
    tooLarge: (limit: string) => `This file is too large. It can have up to ${limit}`,
    wrongType: (kinds: string, several: boolean) =>
      several
        ? `The content is none of these: ${kinds}. Please save the file as one of them and choose it again`
        : `The content is not ${kinds}. Please save the file as ${kinds} and choose it again`,
    empty: 'This file is empty. Please choose one with content',
    cut: 'The file broke off. Please choose it again',
    myNumber:
      'There are twelve digits in it that look like an Individual Number (My Number). We can not take it. Please remove them, save and choose the file again',
    tooMany: 'Many files were sent in a short time. Please try again in about an hour',
    away: 'The place where files are kept cannot be reached. Please try again in a few minutes',
  },
  again: 'The file was not received. Please choose it again',
  choose: 'Please choose a file',
  trouble: {
    policy: 'Please reload this page and choose the file again',
    forged: 'Too much time has passed. Please reload the page and choose the file again',
    unreadable: 'The file could not be read. Please choose it again',
    signedOut: 'Please sign in and choose the file again',
  },
  gone: {
    title: 'This file cannot be fetched',
    text: 'The file is on record, but its content is missing or is not what was received. All other records are unharmed.',
    next: 'Please contact the office in charge. If you still have the original, it may be possible to send it again.',
  },
  away: {
    title: 'The file cannot be fetched now',
    text: 'The place where files are kept cannot be reached. The file is not lost.',
    next: 'Please try again in a few minutes.',
    again: 'Try again',
  },
  home: 'Back to the home page',
}
