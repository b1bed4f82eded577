import { within } from './home.ts'

/** How long after the last key a draft is saved, in milliseconds. */
const pauseLength = 1500

/** `<draft-form data-autosave>`: posts the form's values in the background after a pause, and says whether it worked. */
class DraftForm extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined
  #last = ''

  connectedCallback() {
    const form = this.querySelector('form')
    if (!form) return
    this.#last = String(values(form))
    const later = () => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#save(form), pauseLength)
    }
    form.addEventListener('input', later)
    form.addEventListener('change', later)
    // A submit saves anyway; a late autosave must not arrive after it.
    form.addEventListener('submit', () => clearTimeout(this.#timer))
    addEventListener('pagehide', () => {
      if (form.dataset.sent === undefined) this.#save(form)
    })
  }

  async #save(form: HTMLFormElement) {
    clearTimeout(this.#timer)
    const body = values(form)
    const now = String(body)
    if (now === this.#last || form.dataset.sent !== undefined) return
    this.#last = now
    const saved = await fetch(within(this.dataset.autosave ?? ''), {
      method: 'POST',
      body,
      keepalive: now.length < 60_000,
    })
      .then((answer) => answer.ok && !answer.redirected)
      .catch(() => false)
    if (!saved) this.#last = ''
    this.#say((saved ? this.dataset.saved : this.dataset.notSaved) ?? '')
  }

  #say(words: string) {
    const region = this.querySelector('.draft-state')
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' })
    if (region) region.textContent = words && `${words}（${time}）`
  }
}

/** All values but files, which have a way of their own. */
const values = (form: HTMLFormElement) => {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
  return body
}

export const defineDraftForm = () => customElements.define('draft-form', DraftForm)
