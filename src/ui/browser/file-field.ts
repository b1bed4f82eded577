import { within } from './home.ts'

/**
 * `<file-field>`: checks the size before anything is sent and, where `data-upload` names an address, sends each file at once, shows
 * how far it is, and puts the token it gets into the form. If sending fails the person is told and may choose again.
 */
class FileField extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector<HTMLInputElement>('input[type=file]')
    if (!input) return
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])]
      const large = files.find((file) => file.size > Number(this.dataset.max ?? Number.POSITIVE_INFINITY))
      if (large) {
        input.value = ''
        this.#say('tooLarge', large.name, true)
      } else if (this.dataset.upload && files.length > 0) {
        for (const file of files) this.#send(file, input)
      } else {
        this.#say('')
      }
    })
  }

  #say(key: 'tooLarge' | 'sending' | 'sent' | 'failed' | '', name = '', wrong = false, instead = '') {
    const region = this.querySelector<HTMLElement>('.upload-state')
    if (!region) return
    region.toggleAttribute('data-wrong', wrong)
    const words = instead || (this.dataset[key] ?? '')
    region.textContent = words.replace('{name}', name).replace('{size}', this.dataset.maxWords ?? '')
  }

  #send(file: File, input: HTMLInputElement) {
    const form = input.form
    const list = this.querySelector<HTMLElement>('.uploads')
    if (!form || !list) return
    const line = document.createElement('li')
    const bar = Object.assign(document.createElement('progress'), { max: 1, value: 0, ariaLabel: file.name })
    line.append(file.name, bar)
    list.hidden = false
    list.append(line)
    this.#say('sending', file.name)

    const body = new FormData()
    body.append('_csrf', form.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '')
    body.append('file', file)
    // Not fetch: it can't tell how much has been sent.
    const request = new XMLHttpRequest()
    request.open('POST', within(this.dataset.upload ?? ''))
    request.responseType = 'json'
    request.setRequestHeader('accept', 'application/json')
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = loaded / total
    }
    request.onloadend = () => {
      bar.remove()
      const token = request.status < 300 ? request.response?.token : undefined
      if (typeof token !== 'string') {
        line.remove()
        const detail: string | undefined = request.response?.detail
        this.#say('failed', file.name, true, detail && `「${file.name}」：${detail}`)
        return
      }
      this.#keep(line, input, file.name, token)
      this.#say('sent', file.name)
    }
    request.send(body)
    // The token travels, not the file again.
    input.value = ''
  }

  #keep(line: HTMLElement, input: HTMLInputElement, name: string, token: string) {
    if (!input.multiple) {
      // One file only: the new one takes the place of what was there.
      for (const other of this.querySelectorAll(`.uploads li, .attached`)) if (other !== line) other.remove()
    }
    const hidden = Object.assign(document.createElement('input'), {
      type: 'hidden',
      name: `${input.name}.token`,
      value: token,
    })
    const drop = Object.assign(document.createElement('button'), { type: 'button', className: 'button' })
    drop.dataset.kind = 'text'
    drop.dataset.small = ''
    drop.textContent = (this.dataset.remove ?? '').replace('{name}', name)
    drop.addEventListener('click', () => {
      line.remove()
      this.#say('')
      input.focus()
      changed(input)
    })
    line.append(hidden, drop)
    changed(input)
  }
}

/** Tells a draft form around that its values are others now. */
const changed = (input: HTMLElement) => input.dispatchEvent(new Event('input', { bubbles: true }))

export const defineFileField = () => customElements.define('file-field', FileField)
