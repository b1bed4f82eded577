import type { Child } from '../jsx/element.ts'
import { useShell } from '../shell.tsx'
import { useUiWords } from '../ui-words.ts'

type FormProps = {
  action?: string
  method?: 'post' | 'get'
  multipart?: boolean
  id?: string
  label?: string
  children?: Child
}

/**
 * A form. Posts carry the form token; the browser's own checking is off, as its bubbles can't be styled, translated or kept,
 * and the server answers with sentences. The browser part prevents a second submit.
 */
export const Form = ({ action, method = 'post', multipart = false, id, label, children }: FormProps) => {
  const shell = useShell()
  const w = useUiWords()
  return (
    <form
      id={id}
      action={action}
      method={method}
      enctype={multipart ? 'multipart/form-data' : undefined}
      aria-label={label}
      novalidate
      data-once={method === 'post' ? w.sending : undefined}
    >
      {method === 'post' && <input type="hidden" name="_csrf" value={shell.csrf} />}
      {children}
    </form>
  )
}

/**
 * A form that saves itself: after a pause its values go to `autosave` by POST in the background (any 2xx is "saved"), and a live
 * region says so. Files are not sent. Without JavaScript it is a plain form.
 */
export const DraftForm = ({ autosave, ...form }: FormProps & { autosave: string }) => {
  const w = useUiWords()
  return (
    <draft-form data-autosave={autosave} data-saved={w.saved} data-not-saved={w.notSaved}>
      <Form {...form} />
      <p class="draft-state" role="status" />
    </draft-form>
  )
}

/** A value that travels with the form unseen. Never trust it on the way back. */
export const HiddenField = ({ name, value }: { name: string; value: string }) => (
  <input type="hidden" name={name} value={value} />
)
