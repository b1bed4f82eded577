import type { Child } from '#ui/index.ts'
import { type AttachedFile, useWords } from '#ui/index.ts'
import {
  type Answers,
  answerOf,
  type Condition,
  conditionInWords,
  type Definition,
  type Field,
  type FileAnswer,
  isPersonal,
  offered,
  type Page,
  pageLogic,
  type ReadPage,
  typedAnswers,
} from '../rules/index.ts'
import { Input } from './input.tsx'
import { fieldWords } from './words.ts'

export type FormFieldsProps = {
  definition: Definition
  page: Page
  /** The draft before this post: it decides which fields the page offers. */
  answers: Answers
  /** ISO date, for what hangs on the day. */
  today: string
  /** What `readAnswers` gave, where the page comes back with errors. */
  read?: Pick<ReadPage, 'typed' | 'errors' | 'wrong'>
  /** What is attached to a file field now, with the tokens of the store; else taken from the draft. */
  attached?: Record<string, readonly AttachedFile[]>
  /** Where a file field sends its files at once. */
  upload?: (field: string) => string
}

/**
 * The fields of one page of a form. All fields that may be needed are there; where JavaScript runs, `<form-logic>` hides
 * those that are not needed now, else a sentence above each says when it is.
 */
export const FormFields = ({ definition, page, answers, today, read, attached = {}, upload }: FormFieldsProps) => {
  const w = useWords(fieldWords)
  const typed = read?.typed ?? typedAnswers(page, answers)
  const logic = pageLogic(definition, page, answers, today)
  const offer = offered(definition, page.id, answers, today).map(({ id, when }) => {
    const field = page.fields.find((one) => one.id === id)!
    return { id, when, field }
  })
  const draw = ({ id, when, field }: (typeof offer)[number]) => {
    const input = (
      <Input
        definition={definition}
        field={field}
        answers={answers}
        today={today}
        typed={typed[id]}
        error={read?.errors[id]}
        wrong={read?.wrong[id]}
        attached={attached[id] ?? kept(answers, field)}
        upload={field.kind === 'file' ? upload?.(id) : undefined}
      />
    )
    const condition = conditionOf(page, field)
    if (when === 'always' || !condition) return input
    return (
      <div data-field={id} key={id}>
        <p class="hint" data-condition>
          {conditionInWords(definition, condition)}
        </p>
        {input}
      </div>
    )
  }
  const blocks = sectionsOf(offer).map((fields) => {
    const section = page.sections?.find(({ id }) => id === fields[0]!.field.section)
    if (!section) return fields.map(draw)
    // Hidden together with its fields, where all of them may be hidden.
    const hides = fields.every(({ when }) => when === 'depends')
    return (
      <section data-section={hides ? section.id : undefined} key={section.id}>
        <h2>{section.title}</h2>
        {section.hint && <p class="hint">{section.hint}</p>}
        {fields.map(draw)}
      </section>
    )
  })
  const purpose = page.purpose ?? definition.purpose
  const asks = offer.some(({ field }) => isPersonal(field) && !('purpose' in field && field.purpose))
  const content: Child = [purpose && asks ? <p class="hint">{w.purpose(purpose)}</p> : null, ...blocks]
  return logic ? <form-logic data-logic={JSON.stringify(logic)}>{content}</form-logic> : content
}

/** What has to hold for a field on its page: its own condition and that of its section. */
function conditionOf(page: Page, field: Field): Condition | undefined {
  const section = page.sections?.find(({ id }) => id === field.section)?.showIf
  if (section && field.showIf) return { all: [section, field.showIf] }
  return section ?? field.showIf
}

/** The fields in runs of the same section, or of none. */
function sectionsOf<T extends { field: Field }>(fields: readonly T[]): T[][] {
  const runs: T[][] = []
  for (const one of fields) {
    const last = runs.at(-1)
    if (last && last[0]!.field.section === one.field.section) last.push(one)
    else runs.push([one])
  }
  return runs
}

const kept = (answers: Answers, field: Field): AttachedFile[] =>
  field.kind === 'file'
    ? ((answerOf(answers, field.id) ?? []) as FileAnswer[]).map(({ file, name, size }) => ({ token: file, name, size }))
    : []
