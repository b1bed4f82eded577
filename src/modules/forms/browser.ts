/**
 * `<form-logic data-logic="…">`: shows and hides the fields of a page while it is filled in, by the same functions that
 * the server uses (`rules/journey/page-logic.ts`).
 *
 * A hidden field is only hidden, never disabled or emptied: what was typed is posted with the page, the draft keeps
 * it, and it is there again when the field comes back. What a filing contains, the server decides.
 *
 * Without JavaScript nothing here runs: all fields that may be needed are visible, and those with a condition say so
 * in a sentence marked `data-condition`, which this element takes away.
 *
 * The logic comes in an attribute and not in a script block, because pages escape everything they print, and an
 * attribute is read back exactly; a content security policy has nothing to allow.
 */
import type { FileAnswer } from './rules/engine/language.ts'
import { type PageLogic, shownOnPage } from './rules/journey/page-logic.ts'

/** What the form would post now: texts by name, and what its file fields hold. */
function read(form: HTMLFormElement, logic: PageLogic) {
  const data = new FormData(form)
  const texts = (name: string) => data.getAll(name).filter((value) => typeof value === 'string')
  const raw = Object.fromEntries([...new Set(data.keys())].map((name) => [name, texts(name)]))
  const files: Record<string, FileAnswer[]> = {}
  for (const field of logic.fields) {
    if (field.kind !== 'file') continue
    const removed = texts(`${field.id}.remove`)
    // A kept file was checked when it was sent; its name is not at hand here, so it gets one that fits.
    const kept = texts(`${field.id}.token`)
      .filter((token) => token !== '' && !removed.includes(token))
      .map((token) => ({ file: token, name: `kept${field.accept?.[0] ?? ''}`, size: 0, type: '' }))
    const chosen = data
      .getAll(field.id)
      .filter((value) => value instanceof File && value.name !== '')
      .map((value) => value as File)
      .map(({ name, size, type }) => ({ file: name, name, size, type }))
    files[field.id] = [...kept, ...chosen]
  }
  return { raw, files }
}

class FormLogic extends HTMLElement {
  #logic: PageLogic | undefined

  connectedCallback() {
    try {
      this.#logic = JSON.parse(this.dataset.logic ?? '') as PageLogic
    } catch {
      return // A page without its logic stays as it was without JavaScript: everything visible.
    }
    this.handleEvent()
    // Only now: a browser too old for the rules has thrown, and its page needs the sentences.
    for (const hint of this.querySelectorAll<HTMLElement>('[data-condition]')) hint.hidden = true
    this.addEventListener('input', this)
    this.addEventListener('change', this)
  }

  handleEvent() {
    const form = this.closest('form') ?? this.querySelector('form')
    if (!this.#logic || !form) return
    const { raw, files } = read(form, this.#logic)
    const shown = new Set(shownOnPage(this.#logic, raw, files))
    for (const field of this.querySelectorAll<HTMLElement>('[data-field]')) {
      field.hidden = !shown.has(field.dataset.field ?? '')
    }
    for (const section of this.querySelectorAll<HTMLElement>('[data-section]')) {
      section.hidden = !section.querySelector('[data-field]:not([hidden])')
    }
  }
}

if (!customElements.get('form-logic')) customElements.define('form-logic', FormLogic)
