import { freeForm } from './send-once.ts'

/**
 * `<live-region>`: a form inside is sent by fetch, and only the element with the same id is taken from the page that answers.
 * Anything unexpected falls back to loading the page as without JavaScript.
 */
class LiveRegion extends HTMLElement {
  connectedCallback() {
    this.addEventListener('submit', (event) => {
      const form = event.target as HTMLFormElement
      const button = event.submitter as HTMLButtonElement | null
      if (event.defaultPrevented || form.enctype === 'multipart/form-data') return
      event.preventDefault()
      if (form.dataset.sent !== undefined) return
      form.dataset.sent = ''
      const data = new FormData(form, button)
      const body = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]))
      const address = new URL(button?.hasAttribute('formaction') ? button.formAction : form.action || location.href)
      const post = form.method === 'post'
      if (!post) address.search = String(body)
      this.#swap(address, post ? { method: 'POST', body } : {}).catch(() => {
        freeForm(form)
        // A post may have arrived although its answer did not: look, don't send again.
        location.assign(post ? location.href : address.href)
      })
    })
    this.#again()
  }

  get #region() {
    return this.firstElementChild as HTMLElement | null
  }

  async #swap(address: URL | string, init: RequestInit) {
    const answer = await fetch(address, init)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const old = this.#region
    const fresh = old && page.getElementById(old.id)
    if (!old || !fresh) {
      location.assign(answer.url)
      return
    }
    const focused = old.contains(document.activeElement) ? document.activeElement?.id : undefined
    // Contents are swapped and the element stays, or screen readers would not notice a change.
    old.replaceChildren(...fresh.childNodes)
    old.toggleAttribute('data-refresh', fresh.hasAttribute('data-refresh'))
    if (fresh.dataset.refresh) old.dataset.refresh = fresh.dataset.refresh
    if (focused) document.getElementById(focused)?.focus()
  }

  /** Fetches the region anew every so many seconds, as long as the server asks for it and the page is seen. */
  #again() {
    const seconds = Number(this.#region?.dataset.refresh)
    if (!seconds) return
    setTimeout(async () => {
      if (!this.isConnected) return
      if (!document.hidden) await this.#swap(location.href, {}).catch(() => undefined)
      this.#again()
    }, seconds * 1000)
  }
}

export const defineLiveRegion = () => customElements.define('live-region', LiveRegion)
