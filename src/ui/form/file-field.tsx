import { formatBytes } from '../parts/number.ts'
import { useUiWords } from '../ui-words.ts'
import { controlOf, describedBy, Field, type FieldProps } from './field.tsx'

/** A file that is already there: staged or kept. `size` in bytes. */
export type AttachedFile = { token: string; name: string; size: number; href?: string }

/**
 * A file to send, with what is already attached and a way to take it back. Without JavaScript the file travels with the form as
 * `name`; with `upload` the browser part sends it at once to that address, shows the progress, and the form carries `name.token`.
 * The size is checked before sending to save a person's time; the server checks again, and the type by content.
 */
export const FileField = ({
  accept,
  maxBytes,
  multiple = false,
  attached = [],
  upload,
  ...field
}: FieldProps & {
  accept?: string
  maxBytes?: number
  multiple?: boolean
  attached?: readonly AttachedFile[]
  upload?: string
}) => {
  const w = useUiWords()
  const { name, id = name } = field
  const limits = [
    accept && w.fileKinds(accept.replaceAll('.', '').replaceAll(',', '、').toUpperCase()),
    maxBytes && w.fileLimit(formatBytes(maxBytes)),
  ].filter(Boolean)
  const limitsId = `${id}-limits`
  const control = controlOf({ ...field, required: field.required && attached.length === 0 })

  return (
    <file-field
      data-upload={upload}
      data-max={maxBytes}
      data-max-words={maxBytes && formatBytes(maxBytes)}
      data-too-large={w.fileTooLarge}
      data-sending={w.fileSending}
      data-sent={w.fileSent}
      data-failed={w.fileFailed}
      data-remove={w.fileRemove('{name}')}
    >
      <Field {...field}>
        {attached.length > 0 && (
          <div class="attached">
            <p class="attached__title">{w.fileAttached}</p>
            <ul>
              {attached.map((file, position) => (
                <Attached key={file.token} file={file} name={name} id={`${id}-remove-${position + 1}`} />
              ))}
            </ul>
          </div>
        )}
        {limits.length > 0 && (
          <p class="hint" id={limitsId}>
            {limits.join(w.stop)}
          </p>
        )}
        <input
          class="file-input"
          type="file"
          {...control}
          aria-describedby={describedBy(control['aria-describedby'], limits.length > 0 && limitsId)}
          accept={accept}
          multiple={multiple}
        />
        <ul class="uploads" hidden />
        <p class="upload-state" role="status" />
      </Field>
    </file-field>
  )
}

const Attached = ({ file, name, id }: { file: AttachedFile; name: string; id: string }) => {
  const w = useUiWords()
  return (
    <li>
      <input type="hidden" name={`${name}.token`} value={file.token} />
      <span class="attached__name">
        {file.href ? <a href={file.href}>{file.name}</a> : file.name}（{formatBytes(file.size)}）
      </span>
      <span class="choice">
        <input type="checkbox" id={id} name={`${name}.remove`} value={file.token} />
        <label for={id}>{w.fileRemove(file.name)}</label>
      </span>
    </li>
  )
}
