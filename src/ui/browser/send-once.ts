/** When a form that got no new page (a download, a lost connection) can be sent again, in milliseconds. */
const patience = 20_000

/**
 * A second press on a submit button does nothing. The form is marked, not the button removed: a disabled button would not be
 * sent, and its name and value say what to do. Coming back by the back button frees the form again.
 */
export function sendOnce(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (event.defaultPrevented || form.dataset.once === undefined) return
    if (form.dataset.sent !== undefined) {
      event.preventDefault()
      return
    }
    form.dataset.sent = ''
    const button = event.submitter
    // After the browser has collected the form's values.
    setTimeout(() => {
      for (const other of buttons(form)) other.setAttribute('aria-disabled', 'true')
      if (button && form.dataset.once) {
        button.dataset.words = button.textContent ?? ''
        button.textContent = `${form.dataset.once}…`
      }
    })
    setTimeout(() => freeForm(form), patience)
  })
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) freeForm(form)
  })
}

/** Makes a form that was sent ready to be sent again. */
export function freeForm(form: HTMLFormElement): void {
  delete form.dataset.sent
  for (const button of buttons(form)) {
    button.removeAttribute('aria-disabled')
    if (button.dataset.words !== undefined) button.textContent = button.dataset.words
    delete button.dataset.words
  }
}

const buttons = (form: HTMLFormElement) => form.querySelectorAll<HTMLButtonElement>('button:not([type=button])')
