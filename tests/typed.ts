import fc from 'fast-check'

/** Text as people and others type it, with what would matter to markup and addresses more often than by chance. */
export const typed = fc.string({
  unit: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        ...' href="/',
        ...`action='src=/<>&;:\\\n\t\0`,
        ' href="/x"',
        '//',
        'あ',
        '&quot;',
        '&#34;',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 1 }) },
  ),
  maxLength: 60,
})
