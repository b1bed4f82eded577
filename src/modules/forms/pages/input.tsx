import type { Child } from '#ui/index.ts'
import {
  type AttachedFile,
  ChoiceField,
  ChoicesField,
  Consent,
  DateField,
  FileField,
  LongTextField,
  MailField,
  NumberField,
  PartsField,
  PhoneField,
  ReadOnlyField,
  TextField,
  useDates,
  useWords,
} from '#ui/index.ts'
import {
  type Answers,
  boundOn,
  type Definition,
  type Field,
  type FieldOf,
  inWords,
  labelsOf,
  partsOfField,
  shownAnswer,
  standingOf,
  type Typed,
  usualLength,
} from '../rules/index.ts'
import { fieldWords } from './words.ts'

type InputProps = {
  definition: Definition
  field: Field
  answers: Answers
  today: string
  typed: Typed | undefined
  error: string | undefined
  wrong: string[] | undefined
  attached: readonly AttachedFile[]
  upload: string | undefined
}

/** One field of a form as its kind is drawn. What can't be drawn is not published (rules/analysis/drawing.ts). */
export const Input = ({ definition, field, answers, today, typed, error, wrong, attached, upload }: InputProps) => {
  const w = useWords(fieldWords)
  const asked = field as Partial<Extract<Field, { kind: 'text' }>>
  const { required = false, requiredIf, softRequired, purpose } = asked
  const example = Object.hasOwn(w.examples, field.kind) ? w.examples[field.kind as keyof typeof w.examples] : undefined
  const when = useWords({ ja: inWords.ja, en: inWords.en })
  const { day } = useDates()
  const days = ({ earliest, latest, workdaysOnly }: FieldOf<'date'>) => {
    const [from, to] = [boundOn(earliest, today), boundOn(latest, today)]
    return w.days(from && day(from), to && day(to), workdaysOnly)
  }
  const about = [
    asked.hint ?? example,
    field.kind === 'date' && days(field),
    !required && requiredIf && w.requiredIf(when(requiredIf, labelsOf(definition))),
    softRequired && w.soft(softRequired.consequence),
    purpose && w.purpose(purpose),
  ].filter((text): text is string => !!text)
  const hint: Child | undefined =
    about.length > 0 ? about.flatMap((text, n) => (n ? [<br />, text] : [text])) : undefined
  const common = { name: field.id, label: field.label, hint, error, required }
  const value = typeof typed === 'string' ? typed : ''
  const parts = typeof typed === 'object' && !Array.isArray(typed) ? typed : {}

  switch (field.kind) {
    case 'text':
      return (
        <TextField
          {...common}
          value={value}
          maxlength={field.mask === undefined ? (field.maxLength ?? usualLength.text) : undefined}
          autocomplete={field.autocomplete}
        />
      )
    case 'long-text':
      return <LongTextField {...common} value={value} maxlength={field.maxLength ?? usualLength['long-text']} />
    case 'choice':
    case 'choices': {
      const without = standingOf(definition, answers, field.id, today)?.without ?? []
      const options = field.options.filter((option) => !without.includes(option.value))
      return field.kind === 'choice' ? (
        <ChoiceField {...common} options={options} value={value} />
      ) : (
        <ChoicesField {...common} options={options} value={Array.isArray(typed) ? typed : []} />
      )
    }
    case 'yes-no': {
      const options = [
        { value: 'yes', label: w.yes },
        { value: 'no', label: w.no },
      ]
      return <ChoiceField {...common} options={options} value={value} />
    }
    case 'scale': {
      const numbers = Array.from({ length: field.to - field.from + 1 }, (_, n) => field.from + n)
      if (numbers.length > 11) return <NumberField {...common} value={value} />
      const options = numbers.map((n) => {
        const end = n === field.from ? field.low : n === field.to ? field.high : undefined
        return { value: String(n), label: w.scaleEnd(n, end) }
      })
      return <ChoiceField {...common} options={options} value={value} />
    }
    case 'declaration':
      return <Consent {...common} value={value} />
    case 'number':
      return <NumberField {...common} value={value} unit={field.unit} decimals={(field.digits ?? 0) > 0} width="m" />
    case 'yen':
      return <NumberField {...common} value={value} unit="円" width="m" />
    case 'date':
      return (
        <DateField
          {...common}
          value={parts}
          wrong={wrong as ('year' | 'month' | 'day')[] | undefined}
          era={field.era}
          autocomplete={field.autocomplete}
        />
      )
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
    case 'kana':
      return <TextField {...common} value={value} autocomplete={field.autocomplete} />
    case 'url':
      return <TextField {...common} value={value} inputmode="url" spellcheck={false} />
    case 'postcode':
    case 'corporate-number':
      return <TextField {...common} value={value} inputmode="numeric" width="m" />
    case 'month':
    case 'time':
    case 'iban':
      return <TextField {...common} value={value} width="m" />
    case 'name':
    case 'address':
    case 'bank-account': {
      const inputs = partsOfField(field).filter(({ hidden }) => !hidden)
      const filled = 'autocomplete' in field && field.autocomplete !== undefined ? field.autocomplete : true
      const drawn = inputs.map(({ autocomplete, ...part }) => ({
        ...part,
        ...(filled && autocomplete && { autocomplete }),
      }))
      return <PartsField {...common} parts={drawn} value={parts} wrong={wrong} />
    }
    case 'note':
      return (
        <div class="field">
          <p class="field__label">{field.label}</p>
          {field.text?.split('\n').map((line) => (
            <p>{line}</p>
          ))}
        </div>
      )
    case 'computed': {
      const answer = standingOf(definition, answers, field.id, today)?.answer
      const shown = answer === undefined ? w.notComputed : shownAnswer(field, answer)
      return <ReadOnlyField label={field.label} id={field.id} value={shown} reason={field.hint ?? w.computed} />
    }
    case 'group':
    case 'table':
    case 'ranking':
    case 'place':
      throw new Error(`a field of the kind ${field.kind} was published, but can't be drawn`)
  }
}
