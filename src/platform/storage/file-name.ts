const graphemeLimit = 100
const byteLimit = 240 // file systems end at 255 bytes, and a download may get a number added

/** The reserved names of Windows, where nobody can save a file called so. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/**
 * A name under which a file can be kept in a list, shown and downloaded on any system. Japanese stays as it is, with
 * variation sequences; paths, control, bidirectional and invisible characters go, characters that Windows refuses become
 * `_`. At most 100 graphemes and 240 bytes of UTF-8, the ending kept. Never empty.
 */
export function cleanFileName(name: string): string {
  const bare = name
    .toWellFormed()
    .split(/[\\/]/)
    .at(-1)!
    // Macs take が apart; only kana are put together again, since NFC would change kanji such as 神 (U+FA19).
    .replace(/[\u3040-\u30ff][\u3099\u309a]/g, (kana) => kana.normalize('NFC'))
    .replace(
      /[\p{Cc}\p{Co}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu,
      '',
    )
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')

  const [, stem = '', ending = ''] = /^(.*?)(\.[a-z0-9]{1,10})?$/isu.exec(bare) ?? []
  const whole = stem ? bare : `ファイル${ending}`
  const safe = reserved.test(whole) ? `_${whole}` : whole
  return fits(safe) ? safe : shorten(safe.slice(0, safe.length - ending.length), ending)
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })
const graphemes = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment)
const fits = (name: string) => Buffer.byteLength(name) <= byteLimit && graphemes(name).length <= graphemeLimit

function shorten(stem: string, ending: string): string {
  // One grapheme can be thousands of marks long; only the beginning of the name is looked at.
  const kept = graphemes(stem.slice(0, 1000)).slice(0, graphemeLimit - ending.length)
  while (kept.length && Buffer.byteLength(kept.join('') + ending) > byteLimit) kept.pop()
  return (kept.join('').trimEnd() || 'ファイル') + ending
}
