import { type Child, Fragment } from 'hono/jsx'
import {
  type AttachedFile,
  ChoiceField,
  ChoicesField,
  DateField,
  FileField,
  LongTextField,
  MailField,
  PhoneField,
  TextField,
  useWords,
} from '#ui/index.ts'
import {
  type Answers,
  answerOf,
  conditionInWords,
  type Definition,
  type Field,
  type FileAnswer,
  offered,
  type Page,
  pageLogic,
  type ReadPage,
  type Typed,
  typedAnswers,
  usualLength,
} from '../rules/index.ts'

const words = {
  ja: { purpose: (text: string) => `利用目的：${text}` },
  en: { purpose: (text: string) => `Used for: ${text}` },
}

export type FormFieldsProps = {
  definition: Definition
  page: Page
  /** The draft before this post: it decides which fields the page offers. */
  answers: Answers
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
export const FormFields = ({ definition, page, answers, read, attached = {}, upload }: FormFieldsProps) => {
  const typed = read?.typed ?? typedAnswers(page, answers)
  const logic = pageLogic(definition, page, answers)
  const fields = offered(definition, page.id, answers).map(({ id, when }) => {
    const field = page.fields.find((one) => one.id === id)!
    const input = (
      <Input
        field={field}
        typed={typed[id]}
        error={read?.errors[id]}
        wrong={read?.wrong[id]}
        attached={attached[id] ?? kept(answers, field)}
        upload={upload?.(id)}
      />
    )
    if (when === 'always' || !field.showIf) return input
    return (
      <div data-field={id} key={id}>
        <p class="hint" data-condition>
          {conditionInWords(definition, field.showIf)}
        </p>
        {input}
      </div>
    )
  })
  return logic ? <form-logic data-logic={JSON.stringify(logic)}>{fields}</form-logic> : <Fragment>{fields}</Fragment>
}

const kept = (answers: Answers, field: Field): AttachedFile[] =>
  field.kind === 'file'
    ? ((answerOf(answers, field.id) ?? []) as FileAnswer[]).map(({ file, name, size }) => ({ token: file, name, size }))
    : []

type InputProps = {
  field: Field
  typed: Typed | undefined
  error: string | undefined
  wrong: string[] | undefined
  attached: readonly AttachedFile[]
  upload: string | undefined
}

const Input = ({ field, typed, error, wrong, attached, upload }: InputProps) => {
  const w = useWords(words)
  const { hint: given, purpose, required = false } = field as { hint?: string; purpose?: string; required?: boolean }
  const about = [given, purpose && w.purpose(purpose)].filter((text): text is string => !!text)
  const hint: Child | undefined =
    about.length > 0 ? about.flatMap((text, n) => (n ? [<br />, text] : [text])) : undefined
  const common = { name: field.id, label: field.label, hint, error, required }
  const value = typeof typed === 'string' ? typed : ''

  switch (field.kind) {
    case 'text':
      return (
        <TextField
          {...common}
          value={value}
          maxlength={field.maxLength ?? usualLength.text}
          autocomplete={field.autocomplete}
        />
      )
    case 'long-text':
      return <LongTextField {...common} value={value} maxlength={field.maxLength ?? usualLength['long-text']} />
    case 'choice':
      return <ChoiceField {...common} options={field.options} value={value} />
    case 'choices':
      return <ChoicesField {...common} options={field.options} value={Array.isArray(typed) ? typed : []} />
    case 'date': {
      const parts = typeof typed === 'object' && !Array.isArray(typed) ? typed : {}
      return (
        <DateField
          {...common}
          value={parts}
          wrong={wrong as ('year' | 'month' | 'day')[] | undefined}
          era={field.era}
          autocomplete={field.autocomplete}
        />
      )
    }
    case 'file':
      return (
        <FileField
          {...common}
          accept={field.accept?.join(',')}
          maxBytes={field.maxBytes}
          multiple={(field.maxFiles ?? 1) > 1}
          attached={attached}
          upload={upload}
        />
      )
    case 'mail':
      return <MailField {...common} value={value} />
    case 'phone':
      return <PhoneField {...common} value={value} />
  }
}
