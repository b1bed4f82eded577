import { useUiWords } from '../ui-words.ts'

export type DifferencePart = { kind: 'same' | 'deleted' | 'inserted'; text: string }

/** A text with what was struck and what was inserted, in place; said in words to those who don't see the marks. */
export const Difference = ({ parts }: { parts: readonly DifferencePart[] }) => (
  <span class="difference">
    {parts.map((part) => {
      if (part.kind === 'deleted') return <Deleted key={part.text}>{part.text}</Deleted>
      if (part.kind === 'inserted') return <Inserted key={part.text}>{part.text}</Inserted>
      return part.text
    })}
  </span>
)

const Deleted = ({ children }: { children: string }) => {
  const w = useUiWords()
  return (
    <del>
      <span class="visually-hidden">{w.deleted}</span>
      {children}
    </del>
  )
}

const Inserted = ({ children }: { children: string }) => {
  const w = useUiWords()
  return (
    <ins>
      <span class="visually-hidden">{w.inserted}</span>
      {children}
    </ins>
  )
}

/** A whole value that became another. */
export const Change = ({ before, after, note }: { before: string | null; after: string | null; note?: string }) => {
  const w = useUiWords()
  return (
    <span class="difference">
      <span class="visually-hidden">{w.changedFrom}</span>
      <del>{before ?? w.notEntered}</del>
      <span aria-hidden="true"> → </span>
      <span class="visually-hidden">{w.changedTo}</span>
      <ins>{after ?? w.notEntered}</ins>
      {note && <span class="difference__note">{note}</span>}
    </span>
  )
}
